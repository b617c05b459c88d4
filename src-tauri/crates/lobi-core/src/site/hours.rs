//! When a service gives numbers: its hours of the week, the last number of a day, how many a day; and the site's holidays.
//! A service without hours gives them at any time, also on holidays, as an emergency room does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::{Date, TimeOfDay, Timestamp, Zone};

/// The site's holidays by date, with their names.
pub type Holidays = BTreeMap<Date, String>;

/// How far ahead the next opening is looked for, in days: longer than any holiday.
const LOOKED_AHEAD: u16 = 60;

/// Hours on one day of the week; a day may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// 1 = Monday … 7 = Sunday.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 7))]
    pub hari: i8,
    /// From when.
    #[cfg_attr(feature = "schema", schema(example = "07:30"))]
    pub buka: TimeOfDay,
    /// Until when; `24:00` is midnight.
    #[cfg_attr(feature = "schema", schema(example = "14:00"))]
    pub tutup: TimeOfDay,
}

/// How many numbers a service gives on one service day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Quota {
    /// In all; nothing: as many as come.
    pub total: Option<u32>,
    /// Of those, taken online.
    pub online: Option<u32>,
}

/// When a service gives numbers, and how many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// The week; empty: at any time.
    pub jam: Vec<Span>,
    /// How many a day.
    pub kuota: Quota,
    /// No new number from then on, while those who wait are still called; nothing: until the end of the hours.
    pub terakhir: Option<TimeOfDay>,
}

/// Why no number is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Not in these hours.
    Hours,
    /// A holiday, by its name.
    Holiday(String),
    /// The numbers of the day are given.
    Quota,
}

/// Whether numbers are given at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are, until then; nothing: without end.
    Open(Option<Timestamp>),
    /// They are not. When they are again; nothing: not within two months.
    Shut(Why, Option<Timestamp>),
}

/// A moment at the site, and what its calendar says of it.
#[derive(Clone, Copy, Debug)]
pub struct When<'a> {
    /// The moment.
    pub now: Timestamp,
    /// The site's zone.
    pub zone: Zone,
    /// The site's holidays.
    pub holidays: &'a Holidays,
    /// When the service day ends: numbers begin again then.
    pub day_ends: Timestamp,
}

impl Hours {
    /// Whether this week makes sense: days of the week, opened before closed, nothing twice.
    pub fn make_sense(&self) -> bool {
        let apart = |one: &Span, other: &Span| {
            one.hari != other.hari || one.tutup <= other.buka || other.tutup <= one.buka
        };
        self.jam.iter().enumerate().all(|(at, span)| {
            let proper = (1..=7).contains(&span.hari) && span.buka < span.tutup;
            proper && self.jam.iter().skip(at + 1).all(|other| apart(span, other))
        })
    }

    /// The hours of a date in which numbers are given, the earliest first; as minutes after midnight.
    fn on(&self, date: Date, holidays: &Holidays) -> Vec<(u16, u16)> {
        if holidays.contains_key(&date) {
            return Vec::new();
        }
        let weekday = date.weekday().to_monday_one_offset();
        let last = self.terakhir.map_or(u16::MAX, TimeOfDay::minutes);
        let span = |span: &Span| (span.buka.minutes(), span.tutup.minutes().min(last));
        let mut spans: Vec<(u16, u16)> =
            self.jam.iter().filter(|one| one.hari == weekday).map(span).collect();
        spans.retain(|(from, to)| from < to);
        spans.sort_unstable();
        spans
    }

    /// Whether a number is given, where so many were given today: in all, and online where one is asked for online.
    pub fn gives(&self, when: &When<'_>, given: u32, online: Option<u32>) -> Standing {
        match self.standing(when) {
            Standing::Open(_) if self.full(given, online) => {
                Standing::Shut(Why::Quota, self.opens_after(when, when.day_ends))
            }
            standing => standing,
        }
    }

    /// When numbers are first given on that date; nothing: at any time, or not at all.
    pub fn opens_on(&self, date: Date, holidays: &Holidays, zone: Zone) -> Option<Timestamp> {
        let (from, _) = *self.on(date, holidays).first()?;
        Some(Timestamp::at(date, from, zone))
    }

    /// Why no number of that later day is given, where so many of it were given already: in all, and online where one is asked for
    /// online; nothing: one is.
    pub fn refuse_on(&self, date: Date, holidays: &Holidays, given: u32, online: Option<u32>) -> Option<Why> {
        if !self.jam.is_empty() && self.on(date, holidays).is_empty() {
            return Some(holidays.get(&date).map_or(Why::Hours, |name| Why::Holiday(name.clone())));
        }
        self.full(given, online).then_some(Why::Quota)
    }

    /// Whether numbers are given then, quota aside.
    fn standing(&self, when: &When<'_>) -> Standing {
        if self.jam.is_empty() {
            return Standing::Open(None);
        }
        let today = when.now.date(when.zone);
        for (from, to) in self.on(today, when.holidays) {
            let (opens, closes) =
                (Timestamp::at(today, from, when.zone), Timestamp::at(today, to, when.zone));
            if (opens..closes).contains(&when.now) {
                return Standing::Open(Some(closes));
            }
        }
        let why = when.holidays.get(&today).map_or(Why::Hours, |name| Why::Holiday(name.clone()));
        Standing::Shut(why, self.opens_after(when, when.now))
    }

    /// When numbers are given next, at `after` or later.
    fn opens_after(&self, when: &When<'_>, after: Timestamp) -> Option<Timestamp> {
        if self.jam.is_empty() {
            return Some(after);
        }
        let mut date = after.date(when.zone);
        for _ in 0..LOOKED_AHEAD {
            for (from, to) in self.on(date, when.holidays) {
                let (opens, closes) =
                    (Timestamp::at(date, from, when.zone), Timestamp::at(date, to, when.zone));
                if closes > after {
                    return Some(opens.max(after));
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// Whether the numbers of the day are given: so many in all, and so many of them online where one more is asked for online.
    fn full(&self, given: u32, online: Option<u32>) -> bool {
        self.kuota.total.is_some_and(|most| given >= most)
            || online.zip(self.kuota.online).is_some_and(|(given, most)| given >= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thursday, 26 November 2026, at so many minutes after midnight.
    fn thursday(minutes: u16) -> Timestamp {
        Timestamp::at(Date::constant(2026, 11, 26), minutes, Zone::Wita)
    }

    fn span(hari: i8, buka: &str, tutup: &str) -> Span {
        Span { hari, buka: buka.parse().unwrap(), tutup: tutup.parse().unwrap() }
    }

    /// Monday to Saturday 07:30–12:00, on Thursdays also 13:00–15:00.
    fn clinic() -> Hours {
        let mut jam: Vec<Span> = (1..=6).map(|day| span(day, "07:30", "12:00")).collect();
        jam.push(span(4, "13:00", "15:00"));
        Hours { jam, ..Hours::default() }
    }

    fn on_holidays(hours: &Hours, now: Timestamp, holidays: &Holidays) -> Standing {
        let day_ends = thursday(27 * 60);
        hours.gives(&When { now, zone: Zone::Wita, holidays, day_ends }, 0, None)
    }

    fn at(hours: &Hours, now: Timestamp) -> Standing {
        on_holidays(hours, now, &Holidays::new())
    }

    #[test]
    fn numbers_are_given_within_the_hours_and_the_next_opening_is_known() {
        let hours = clinic();
        assert_eq!(at(&hours, thursday(450)), Standing::Open(Some(thursday(720))));
        assert_eq!(at(&hours, thursday(449)), Standing::Shut(Why::Hours, Some(thursday(450))));
        assert_eq!(at(&hours, thursday(720)), Standing::Shut(Why::Hours, Some(thursday(780))), "the break");
        let friday = thursday(24 * 60 + 450);
        assert_eq!(at(&hours, thursday(900)), Standing::Shut(Why::Hours, Some(friday)));
        let (saturday, monday) = (thursday(2 * 24 * 60 + 720), thursday(4 * 24 * 60 + 450));
        assert_eq!(at(&hours, saturday), Standing::Shut(Why::Hours, Some(monday)), "over the Sunday");
    }

    #[test]
    fn without_hours_numbers_are_given_at_any_time_also_on_holidays() {
        let holidays = Holidays::from([(Date::constant(2026, 11, 26), "Libur".to_owned())]);
        assert_eq!(on_holidays(&Hours::default(), thursday(3), &holidays), Standing::Open(None));
    }

    #[test]
    fn a_later_day_gives_numbers_unless_it_is_shut_or_full() {
        let sunday = Date::constant(2026, 11, 29);
        let holidays = Holidays::from([(Date::constant(2026, 11, 30), "Libur".to_owned())]);
        let kuota = Quota { total: Some(10), online: Some(2) };
        let hours = Hours { kuota, ..clinic() };
        let why =
            |day: i8, given, online| hours.refuse_on(Date::constant(2026, 12, day), &holidays, given, online);
        assert_eq!(hours.refuse_on(sunday, &holidays, 0, None), Some(Why::Hours));
        assert_eq!(
            hours.refuse_on(Date::constant(2026, 11, 30), &holidays, 0, None),
            Some(Why::Holiday("Libur".into()))
        );
        assert_eq!(
            (why(1, 9, Some(1)), why(1, 10, None), why(1, 5, Some(2))),
            (None, Some(Why::Quota), Some(Why::Quota))
        );
        assert_eq!(
            Hours::default().refuse_on(sunday, &holidays, 500, None),
            None,
            "without hours at any time"
        );
        let opens = |date| hours.opens_on(date, &holidays, Zone::Wita);
        assert_eq!((opens(Date::constant(2026, 11, 26)), opens(sunday)), (Some(thursday(450)), None));
    }

    #[test]
    fn a_holiday_closes_and_says_its_name() {
        let holidays = Holidays::from([
            (Date::constant(2026, 11, 26), "Pilkada".to_owned()),
            (Date::constant(2026, 11, 27), "Cuti bersama".to_owned()),
        ]);
        let saturday = thursday(2 * 24 * 60 + 450);
        let shut = Standing::Shut(Why::Holiday("Pilkada".into()), Some(saturday));
        assert_eq!(on_holidays(&clinic(), thursday(500), &holidays), shut);
    }

    #[test]
    fn after_the_last_number_of_the_day_the_next_day_is_named() {
        let hours = Hours { terakhir: Some("11:00".parse().unwrap()), ..clinic() };
        assert_eq!(at(&hours, thursday(600)), Standing::Open(Some(thursday(660))));
        let friday = thursday(24 * 60 + 450);
        assert_eq!(
            at(&hours, thursday(660)),
            Standing::Shut(Why::Hours, Some(friday)),
            "also not after the break"
        );
    }

    #[test]
    fn a_service_that_never_opens_promises_nothing() {
        let hours = Hours { terakhir: Some("07:00".parse().unwrap()), ..clinic() };
        assert_eq!(at(&hours, thursday(600)), Standing::Shut(Why::Hours, None));
    }

    #[test]
    fn a_quota_counts_all_and_those_online() {
        let quota = |total, online| Hours { kuota: Quota { total, online }, ..Hours::default() };
        assert!(!quota(None, None).full(9_999, Some(9_999)));
        assert!(quota(Some(40), None).full(40, None) && !quota(Some(40), None).full(39, None));
        assert!(quota(Some(40), Some(10)).full(12, Some(10)), "online is full");
        assert!(!quota(Some(40), Some(10)).full(12, None), "the kiosk goes on");
    }

    #[test]
    fn when_all_numbers_are_given_the_next_day_is_named() {
        let (holidays, day_ends) = (Holidays::new(), thursday(27 * 60));
        let when = When { now: thursday(500), zone: Zone::Wita, holidays: &holidays, day_ends };
        let kuota = Quota { total: Some(40), online: None };
        let friday = thursday(24 * 60 + 450);
        assert_eq!(
            Hours { kuota, ..clinic() }.gives(&when, 40, None),
            Standing::Shut(Why::Quota, Some(friday))
        );
        let always = Hours { kuota, ..Hours::default() };
        assert_eq!(always.gives(&when, 40, None), Standing::Shut(Why::Quota, Some(day_ends)));
        assert_eq!(always.gives(&when, 39, None), Standing::Open(None));
    }

    #[test]
    fn a_week_makes_sense() {
        assert!(clinic().make_sense() && Hours::default().make_sense());
        for wrong in [
            vec![span(0, "07:30", "12:00")],
            vec![span(8, "07:30", "12:00")],
            vec![span(1, "12:00", "12:00")],
            vec![span(1, "13:00", "12:00")],
            vec![span(1, "07:30", "12:00"), span(1, "11:59", "13:00")],
        ] {
            assert!(!Hours { jam: wrong.clone(), ..Hours::default() }.make_sense(), "{wrong:?}");
        }
        let whole = vec![span(1, "00:00", "24:00"), span(2, "00:00", "24:00")];
        assert!(Hours { jam: whole, ..Hours::default() }.make_sense());
    }

    proptest::proptest! {
        /// Whatever the week and the clock: who is told to come back then finds it open, and not a moment earlier.
        #[test]
        fn when_it_opens_again_it_is_open(
            days in proptest::collection::vec((1i8..=7, 0u16..1380, 1u16..600), 0..6),
            last in proptest::option::of(0u16..1440),
            minutes in 0u16..1440,
        ) {
            let time = |minutes: u16| TimeOfDay::try_from(minutes.min(1440)).unwrap();
            let jam = days.iter().map(|(hari, from, long)| Span {
                hari: *hari, buka: time(*from), tutup: time(from + long),
            }).collect();
            let hours = Hours { jam, terakhir: last.map(time), ..Hours::default() };
            let now = thursday(minutes);
            if let Standing::Shut(_, Some(again)) = at(&hours, now) {
                proptest::prop_assert!(again > now);
                proptest::prop_assert!(matches!(at(&hours, again), Standing::Open(_)));
                proptest::prop_assert!(matches!(at(&hours, again.plus_minutes(-1).max(now)), Standing::Shut(..)));
            }
            if let Standing::Open(Some(until)) = at(&hours, now) {
                proptest::prop_assert!(matches!(at(&hours, until.plus_minutes(-1).max(now)), Standing::Open(_)));
            }
        }
    }
}
