//! Moments, Indonesian time zones and the service day. Knows no clock: `now` is always passed in.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::names::named;

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
        self.plus_millis(minutes.saturating_mul(60_000))
    }

    /// Milliseconds from `earlier` to here; 0 when the clock went back in between.
    pub fn millis_since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }

    /// What clock and calendar show then and there.
    pub fn local(self, zone: Zone) -> LocalTime {
        let instant = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        let local = zone.offset().to_datetime(instant);
        LocalTime {
            weekday: local.weekday().to_monday_one_offset(),
            day: local.day(),
            month: local.month(),
            year: local.year(),
            hour: local.hour(),
            minute: local.minute(),
        }
    }

    /// RFC 3339 with the zone's offset and whole seconds: `2026-11-20T09:42:00+08:00`.
    pub fn rfc3339(self, zone: Zone) -> String {
        // A moment outside year -9999..9999 cannot come from a real clock; showing 1970 beats failing.
        let instant = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        let local = zone.offset().to_datetime(instant);
        format!("{}{}", local.strftime("%Y-%m-%dT%H:%M:%S"), zone.utc_offset())
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
        let shifted = now.plus_minutes(-i64::from(starts_at));
        let instant = jiff::Timestamp::from_millisecond(shifted.0).unwrap_or_default();
        ServiceDay(TimeZone::fixed(zone.offset()).to_datetime(instant).date())
    }

    /// The later of the stored day and the day due: a clock that jumps back never brings yesterday's
    /// numbers back.
    pub fn rolled(self, due: ServiceDay) -> ServiceDay {
        self.max(due)
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

    proptest::proptest! {
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
