//! When a service day begins: a time of the site's wall clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::{NoTimeOfDay, TimeOfDay};

/// When a service day begins, written `03:00`. Numbers start again from 1 then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayStart(u16);

impl DayStart {
    /// Minutes after local midnight.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl Default for DayStart {
    /// 03:00: a night shift's queue is not cut in two at midnight.
    fn default() -> Self {
        DayStart(3 * 60)
    }
}

impl TryFrom<u16> for DayStart {
    type Error = NoTimeOfDay;

    fn try_from(minutes: u16) -> Result<Self, NoTimeOfDay> {
        if minutes < 24 * 60 { Ok(DayStart(minutes)) } else { Err(NoTimeOfDay) }
    }
}

impl FromStr for DayStart {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        text.parse::<TimeOfDay>()?.minutes().try_into()
    }
}

impl fmt::Display for DayStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for DayStart {
    type Error = NoTimeOfDay;

    fn try_from(text: String) -> Result<Self, NoTimeOfDay> {
        text.parse()
    }
}

impl From<DayStart> for String {
    fn from(start: DayStart) -> String {
        start.to_string()
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for DayStart {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        String::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for DayStart {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for (typed, read) in [
            ("03:00", "03:00"),
            ("3.00", "03:00"),
            (" 23:59 ", "23:59"),
            ("00:00", "00:00"),
            ("7:05", "07:05"),
        ] {
            assert_eq!(typed.parse::<DayStart>().unwrap().to_string(), read);
        }
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for typed in
            ["", "3", "24:00", "03:60", "3:0", "03:000", "-3:00", "+3:00", "03:00:00", "٠٣:٠٠", "tiga"]
        {
            assert_eq!(typed.parse::<DayStart>(), Err(NoTimeOfDay), "{typed}");
        }
    }
}
