//! Which service day it is: the stored one, the one that the clock asks for, and when the clock is not believed.
//!
//! A computer's clock can be wrong by years (an empty battery, a wrong click). Rolling on such a clock would pin the site
//! to a day in the future, so a jump that nobody can explain waits for an admin.

use crate::time::{ServiceDay, Timestamp};

/// While the hub runs it looks at the clock all the time: more than this between two looks is a jump, in minutes.
pub const BELIEVED_RUNNING: i64 = 24 * 60;
/// A PC may be off over the holidays; a start more than this many days after the stored day is a clock to be asked about.
pub const BELIEVED_OFF: i32 = 31;
/// The stored day is wrong when it lies more than this many days ahead of the clock.
pub const BELIEVED_AHEAD: i32 = 1;

/// When the clock was last believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastSeen {
    /// The hub has just started: the stored day tells when it ran before.
    BeforeStart,
    /// The running hub looked at the clock then.
    Running(Timestamp),
}

/// What to do about the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is still the stored day.
    Stay,
    /// This day begins.
    Roll(ServiceDay),
    /// The clock asks for this day and is not believed: the stored day goes on until an admin decides.
    Doubt(ServiceDay),
}

/// The verdict about the stored day when the clock shows `now` and therefore asks for `due`. `confirmed`: an admin said
/// that this clock is right.
pub fn verdict(
    stored: ServiceDay,
    due: ServiceDay,
    now: Timestamp,
    seen: LastSeen,
    confirmed: bool,
) -> Verdict {
    if due == stored {
        return Verdict::Stay;
    }
    if confirmed {
        // Also backwards: numbers of a day that was open before go on where they stopped, so none is given twice.
        return Verdict::Roll(due);
    }
    if due < stored {
        // An hour back at midnight is no reason to bring yesterday back; a stored day far ahead of the clock is wrong.
        return if stored.days_since(due) > BELIEVED_AHEAD { Verdict::Doubt(due) } else { Verdict::Stay };
    }
    let jumped = match seen {
        LastSeen::BeforeStart => due.days_since(stored) > BELIEVED_OFF,
        LastSeen::Running(then) => now.millis_since(then) > BELIEVED_RUNNING * 60_000,
    };
    if jumped { Verdict::Doubt(due) } else { Verdict::Roll(due) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    const NOW: Timestamp = Timestamp(1_795_136_400_000);

    fn day(of: Timestamp) -> ServiceDay {
        ServiceDay::due(of, Zone::Wita, 180)
    }

    fn asked(stored: Timestamp, now: Timestamp, seen: LastSeen) -> Verdict {
        verdict(day(stored), day(now), now, seen, false)
    }

    #[test]
    fn an_ordinary_night_rolls_the_day() {
        let morning = NOW.plus_minutes(24 * 60);
        assert_eq!(
            asked(NOW, morning, LastSeen::Running(morning.plus_minutes(-1))),
            Verdict::Roll(day(morning))
        );
        assert_eq!(asked(NOW, NOW, LastSeen::Running(NOW)), Verdict::Stay);
    }

    #[test]
    fn a_pc_that_was_off_over_the_holidays_opens_as_usual() {
        let back = NOW.plus_minutes(10 * 24 * 60);
        assert_eq!(asked(NOW, back, LastSeen::BeforeStart), Verdict::Roll(day(back)));
    }

    #[test]
    fn a_clock_that_jumps_while_the_hub_runs_waits_for_an_admin() {
        let wrong = NOW.plus_minutes(2 * 24 * 60);
        assert_eq!(asked(NOW, wrong, LastSeen::Running(NOW)), Verdict::Doubt(day(wrong)));
        assert_eq!(
            verdict(day(NOW), day(wrong), wrong, LastSeen::Running(NOW), true),
            Verdict::Roll(day(wrong))
        );
    }

    #[test]
    fn a_start_ten_years_ahead_waits_for_an_admin() {
        let wrong = NOW.plus_minutes(10 * 365 * 24 * 60);
        assert_eq!(asked(NOW, wrong, LastSeen::BeforeStart), Verdict::Doubt(day(wrong)));
    }

    #[test]
    fn a_day_stored_by_a_wrong_clock_can_be_repaired_and_a_small_step_back_changes_nothing() {
        let wrong = NOW.plus_minutes(10 * 365 * 24 * 60);
        assert_eq!(asked(wrong, NOW, LastSeen::Running(NOW)), Verdict::Doubt(day(NOW)));
        assert_eq!(verdict(day(wrong), day(NOW), NOW, LastSeen::Running(NOW), true), Verdict::Roll(day(NOW)));
        let yesterday = NOW.plus_minutes(-24 * 60);
        assert_eq!(asked(NOW, yesterday, LastSeen::Running(NOW)), Verdict::Stay);
    }
}
