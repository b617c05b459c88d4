//! Moments, Indonesian time zones and the service day. Knows no clock: `now` is always passed in.

mod of_day;

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

pub use jiff::civil::Date;
pub use of_day::{NoTimeOfDay, TimeOfDay};

use crate::names::named;

/// A minute in milliseconds.
pub const MINUTE_MILLIS: i64 = 60_000;

/// A moment in UTC milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `millis` milliseconds later (earlier when negative).
    pub fn plus_millis(self, millis: i64) -> Self {
        Timestamp(self.0.saturating_add(millis))
    }

    /// The moment `minutes` minutes later (earlier when negative).
    pub fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_millis(minutes.saturating_mul(MINUTE_MILLIS))
    }

    /// Milliseconds from `earlier` to here; 0 when the clock went back in between.
    pub fn millis_since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }

    /// What clock and calendar show then and there.
    pub fn local(self, zone: Zone) -> LocalTime {
        let local = self.civil(zone);
        LocalTime {
            weekday: local.weekday().to_monday_one_offset(),
            day: local.day(),
            month: local.month(),
            year: local.year(),
            hour: local.hour(),
            minute: local.minute(),
        }
    }

    /// The date there, from midnight to midnight: not the service day.
    pub fn date(self, zone: Zone) -> Date {
        self.civil(zone).date()
    }

    /// The moment at which a clock there shows that date and so many minutes after midnight.
    pub fn at(date: Date, minutes: u16, zone: Zone) -> Self {
        let midnight = zone.offset().to_timestamp(date.at(0, 0, 0, 0));
        Timestamp(midnight.map_or(0, jiff::Timestamp::as_millisecond)).plus_minutes(i64::from(minutes))
    }

    /// RFC 3339 with the zone's offset and whole seconds: `2026-11-20T09:42:00+08:00`.
    pub fn rfc3339(self, zone: Zone) -> String {
        format!("{}{}", self.civil(zone).strftime("%Y-%m-%dT%H:%M:%S"), zone.utc_offset())
    }

    /// Date and time there. A moment outside the years 0–9999, which RFC 3339 and a day's four-digit year cannot write,
    /// comes from no real clock; showing 1970 beats failing.
    fn civil(self, zone: Zone) -> DateTime {
        let there = |moment| zone.offset().to_datetime(moment);
        let shown = jiff::Timestamp::from_millisecond(self.0).map(there).ok();
        shown.filter(|local| local.year() >= 0).unwrap_or_else(|| there(jiff::Timestamp::UNIX_EPOCH))
    }
}

/// A moment as a wall clock and a calendar in one zone show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// 1 = Monday … 7 = Sunday.
    pub weekday: i8,
    /// Day of the month.
    pub day: i8,
    /// 1 = January.
    pub month: i8,
    /// Year.
    pub year: i16,
    /// 0–23.
    pub hour: i8,
    /// 0–59.
    pub minute: i8,
}

named! {
    /// Indonesia's three time zones; none has daylight saving time (Keppres 41/1987).
    #[derive(Default)]
    pub enum Zone {
        /// Waktu Indonesia Barat, UTC+7.
        #[default]
        Wib = "WIB",
        /// Waktu Indonesia Tengah, UTC+8.
        Wita = "WITA",
        /// Waktu Indonesia Timur, UTC+9.
        Wit = "WIT",
    }
}

impl Zone {
    fn hours(self) -> i8 {
        match self {
            Zone::Wib => 7,
            Zone::Wita => 8,
            Zone::Wit => 9,
        }
    }

    fn offset(self) -> Offset {
        Offset::constant(self.hours())
    }

    /// The offset as RFC 3339 writes it, for example `+08:00`.
    pub fn utc_offset(self) -> String {
        format!("+{:02}:00", self.hours())
    }
}

/// The date that numbers belong to. Stored, rolled forward only; see [`ServiceDay::rolled`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceDay(Date);

impl ServiceDay {
    /// The day that the wall clock asks for: the local date, where a day starts `starts_at` minutes after
    /// midnight (so a night shift's queue is not cut in two at 00:00).
    pub fn due(now: Timestamp, zone: Zone, starts_at: u16) -> Self {
        ServiceDay(now.plus_minutes(-i64::from(starts_at)).civil(zone).date())
    }

    /// The later of the stored day and the day due: a clock that jumps back never brings yesterday's
    /// numbers back.
    pub fn rolled(self, due: ServiceDay) -> ServiceDay {
        self.max(due)
    }

    /// When it ends: numbers begin again then.
    pub fn ends(self, zone: Zone, starts_at: u16) -> Timestamp {
        Timestamp::at(self.0.saturating_add(1.day()), starts_at, zone)
    }

    /// Its date.
    pub fn date(self) -> Date {
        self.0
    }

    /// The day so many days later.
    pub fn plus_days(self, days: u8) -> ServiceDay {
        ServiceDay(self.0.saturating_add(i64::from(days).days()))
    }

    /// Its week: Monday and Sunday.
    pub fn week(self) -> (ServiceDay, ServiceDay) {
        let since_monday = i64::from(self.0.weekday().to_monday_zero_offset());
        let monday = self.0.saturating_sub(since_monday.days());
        (ServiceDay(monday), ServiceDay(monday.saturating_add(6.days())))
    }

    /// Its month: the first day and the last.
    pub fn month(self) -> (ServiceDay, ServiceDay) {
        (ServiceDay(self.0.first_of_month()), ServiceDay(self.0.last_of_month()))
    }

    /// Its year: the first day and the last.
    pub fn year(self) -> (ServiceDay, ServiceDay) {
        (ServiceDay(self.0.first_of_year()), ServiceDay(self.0.last_of_year()))
    }

    /// How many days `earlier` lies before this one; negative when it lies after.
    pub fn days_since(self, earlier: ServiceDay) -> i32 {
        // Two dates of years -9999..9999 are at most 7.3 million days apart.
        earlier.0.until(self.0).map_or(0, |span| span.get_days())
    }
}

impl fmt::Display for ServiceDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for ServiceDay {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(ServiceDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-19 19:00:00 UTC, which is 02:00 WIB, 03:00 WITA and 04:00 WIT of the 20th.
    const NIGHT: Timestamp = Timestamp(1_795_114_800_000);

    #[test]
    fn a_moment_is_written_with_the_offset_of_the_site() {
        assert_eq!(NIGHT.rfc3339(Zone::Wib), "2026-11-20T02:00:00+07:00");
        assert_eq!(NIGHT.rfc3339(Zone::Wita), "2026-11-20T03:00:00+08:00");
        assert_eq!(NIGHT.rfc3339(Zone::Wit), "2026-11-20T04:00:00+09:00");
    }

    #[test]
    fn a_week_begins_on_monday_and_a_month_ends_with_its_last_day() {
        let day = |text: &str| text.parse::<ServiceDay>().unwrap();
        for (of, monday, sunday) in [
            ("2026-11-26", "2026-11-23", "2026-11-29"),
            ("2026-11-23", "2026-11-23", "2026-11-29"),
            ("2026-11-29", "2026-11-23", "2026-11-29"),
            ("2027-01-01", "2026-12-28", "2027-01-03"),
        ] {
            assert_eq!(day(of).week(), (day(monday), day(sunday)), "{of}");
        }
        assert_eq!(day("2028-02-10").month(), (day("2028-02-01"), day("2028-02-29")));
        assert_eq!(day("2026-12-31").month(), (day("2026-12-01"), day("2026-12-31")));
    }

    #[test]
    fn a_calendar_shows_the_day_of_the_site() {
        // 23:30 UTC on a Friday is Saturday morning in Makassar.
        let local = Timestamp(1_795_217_400_000).local(Zone::Wita);
        let shown = (local.weekday, local.day, local.month, local.year, local.hour, local.minute);
        assert_eq!(shown, (6, 21, 11, 2026, 7, 30));
    }

    #[test]
    fn the_day_starts_at_the_set_local_time() {
        let three = 3 * 60;
        assert_eq!(ServiceDay::due(NIGHT, Zone::Wib, three).to_string(), "2026-11-19");
        assert_eq!(ServiceDay::due(NIGHT, Zone::Wita, three).to_string(), "2026-11-20");
        assert_eq!(ServiceDay::due(NIGHT.plus_millis(-1), Zone::Wita, three).to_string(), "2026-11-19");
        assert_eq!(ServiceDay::due(NIGHT, Zone::Wib, 0).to_string(), "2026-11-20");
    }

    #[test]
    fn a_clock_before_1970_or_beyond_the_calendar_is_shown_all_the_same() {
        assert_eq!(Timestamp(-1_000).rfc3339(Zone::Wib), "1970-01-01T06:59:59+07:00");
        assert_eq!(Timestamp(-86_400_000).rfc3339(Zone::Wit), "1969-12-31T09:00:00+09:00");
        for no_clock in [i64::MIN, i64::MIN + 1, -80_000_000_000_000, i64::MAX] {
            assert_eq!(Timestamp(no_clock).rfc3339(Zone::Wib), "1970-01-01T07:00:00+07:00", "{no_clock}");
            assert_eq!(ServiceDay::due(Timestamp(no_clock), Zone::Wib, 180).to_string(), "1970-01-01");
        }
        assert_eq!(Timestamp(i64::MIN).millis_since(Timestamp(i64::MAX)), 0);
        assert_eq!(Timestamp(i64::MAX).millis_since(Timestamp(i64::MIN)), i64::MAX);
        assert_eq!(Timestamp(i64::MIN).plus_minutes(i64::MIN), Timestamp(i64::MIN));
    }

    /// Any clock, and more often those around the ends of calendars.
    fn any_clock() -> impl proptest::strategy::Strategy<Value = Timestamp> {
        use proptest::prelude::*;
        prop_oneof![
            any::<i64>(),
            -400_000_000_000_000i64..400_000_000_000_000,
            253_402_000_000_000i64..253_403_000_000_000,
            -62_168_000_000_000i64..-62_167_000_000_000,
            -100_000_000i64..100_000_000,
        ]
        .prop_map(Timestamp)
    }

    proptest::proptest! {
        #[test]
        fn no_clock_makes_times_fail_or_be_written_in_another_shape(
            clock in any_clock(), other in any_clock(), starts_at in 0u16..1440, zone in 0usize..3,
        ) {
            let zone = [Zone::Wib, Zone::Wita, Zone::Wit][zone];
            let written = clock.rfc3339(zone);
            proptest::prop_assert_eq!(written.len(), "2026-11-20T02:00:00+07:00".len(), "{}", written);
            proptest::prop_assert!(written.parse::<jiff::Timestamp>().is_ok(), "{}", written);
            let day = ServiceDay::due(clock, zone, starts_at);
            proptest::prop_assert_eq!(day.to_string().len(), 10);
            proptest::prop_assert_eq!(day.to_string().parse::<ServiceDay>().unwrap(), day);
            let local = clock.local(zone);
            proptest::prop_assert!((1..=7).contains(&local.weekday) && (0..=9999).contains(&local.year));
            proptest::prop_assert!(clock.millis_since(other) >= 0);
            let _ = clock.plus_minutes(other.0).plus_millis(other.0);
        }

        #[test]
        fn the_day_never_goes_back_whatever_the_clock_does(
            clock in proptest::collection::vec(-2_000_000_000_000i64..4_000_000_000_000, 1..50),
        ) {
            let mut day = ServiceDay::due(Timestamp(clock[0]), Zone::Wita, 180);
            for now in clock {
                let rolled = day.rolled(ServiceDay::due(Timestamp(now), Zone::Wita, 180));
                proptest::prop_assert!(rolled >= day);
                day = rolled;
            }
        }
    }
}
