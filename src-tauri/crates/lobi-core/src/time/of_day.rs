//! A time of the wall clock, as people write it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A time of the wall clock, written `07:30`; `24:00` is the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Minutes after local midnight, 0–1440.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

/// No clock shows that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a time of day is HH:MM, from 00:00 to 24:00")]
pub struct NoTimeOfDay;

impl TryFrom<u16> for TimeOfDay {
    type Error = NoTimeOfDay;

    fn try_from(minutes: u16) -> Result<Self, NoTimeOfDay> {
        if minutes <= DAY { Ok(TimeOfDay(minutes)) } else { Err(NoTimeOfDay) }
    }
}

impl FromStr for TimeOfDay {
    type Err = NoTimeOfDay;

    /// `03:00`, and as it is also written here: `3.00`.
    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        let (hour, minute) = text.trim().split_once([':', '.']).ok_or(NoTimeOfDay)?;
        let number = |part: &str, shortest: usize, below: u16| {
            let digits =
                (shortest..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let number = part.parse::<u16>().ok();
            number.filter(|number| digits && *number < below).ok_or(NoTimeOfDay)
        };
        (number(hour, 1, 25)? * 60 + number(minute, 2, 60)?).try_into()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NoTimeOfDay;

    fn try_from(text: String) -> Result<Self, NoTimeOfDay> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for TimeOfDay {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        String::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for TimeOfDay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it_and_written_in_one_way() {
        for (typed, written) in
            [("07:30", "07:30"), ("7.30", "07:30"), (" 0:00 ", "00:00"), ("24:00", "24:00")]
        {
            assert_eq!(typed.parse::<TimeOfDay>().map(String::from), Ok(written.to_owned()), "{typed}");
        }
        for no_time in ["", "7", "24:01", "25:00", "7:5", "07:60", "-1:00", "+7:30", "007:30", "07:30:00"] {
            assert_eq!(no_time.parse::<TimeOfDay>(), Err(NoTimeOfDay), "{no_time}");
        }
    }
}
