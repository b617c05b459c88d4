//! The date in HTTP headers, on any clock. The crate of this name, which hyper writes its `Date` header with, panics when
//! the clock stands before 1970 or after 9999, and takes every connection of that thread with it. A PC whose battery is
//! empty starts like that. `[patch.crates-io]` in the workspace puts this one in its place; it has what hyper calls.

use std::fmt;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// A moment as HTTP writes it (RFC 9110 §5.6.7), between the years 1970 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpDate(Timestamp);

impl From<SystemTime> for HttpDate {
    /// The nearest moment that can be written.
    fn from(time: SystemTime) -> Self {
        let before_1970 = time < SystemTime::UNIX_EPOCH;
        let beyond = if before_1970 { Timestamp::UNIX_EPOCH } else { Timestamp::MAX };
        let moment = Timestamp::try_from(time).unwrap_or(beyond);
        HttpDate(moment.max(Timestamp::UNIX_EPOCH))
    }
}

impl fmt::Display for HttpDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&self.0).map_err(|_| fmt::Error)?;
        formatter.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn written(time: SystemTime) -> String {
        HttpDate::from(time).to_string()
    }

    #[test]
    fn a_date_is_written_as_the_standard_says() {
        assert_eq!(
            written(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)),
            "Sun, 06 Nov 1994 08:49:37 GMT"
        );
    }

    #[test]
    fn a_clock_that_is_far_out_panics_nowhere() {
        let day = Duration::from_secs(86_400);
        let earliest = "Thu, 01 Jan 1970 00:00:00 GMT";
        assert_eq!(written(SystemTime::UNIX_EPOCH), earliest);
        assert_eq!(written(SystemTime::UNIX_EPOCH - Duration::from_nanos(1)), earliest);
        assert_eq!(written(SystemTime::UNIX_EPOCH - day * 36_500), earliest);
        let far = written(SystemTime::UNIX_EPOCH + day * 365 * 20_000);
        assert_eq!((far.len(), &far[12..16]), ("Sun, 06 Nov 1994 08:49:37 GMT".len(), "9999"));
    }
}
