//! Who is called next at a counter, and why. Fair and explainable in one sentence: first come, first served;
//! a priority visitor waits for at most [`REGULAR_BEFORE_PRIORITY`] regular ones.

use serde::{Deserialize, Serialize};

use super::stage::Place;
use super::states::TicketId;

/// How many regular numbers a counter calls between two priority ones while both wait.
pub const REGULAR_BEFORE_PRIORITY: u32 = 2;

/// The first in line of one service that the counter serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place.
    pub place: Place,
    /// Whether its service has priority.
    pub priority: bool,
}

/// Why this ticket is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It came first; nobody of the other kind waits.
    FirstCome,
    /// A priority visitor waits and enough regular numbers were called.
    PriorityTurn,
    /// A priority visitor waits too, but it is still the turn of a regular number.
    RegularTurn,
}

/// The ticket to call next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextUp {
    /// The ticket.
    pub id: TicketId,
    /// Why it.
    pub reason: Reason,
    /// How many regular numbers are still called before the waiting priority one; 0 when it is its turn or
    /// none waits.
    pub regular_before_priority: u32,
    /// The counter's run of regular calls after this one (see [`next_up`]).
    pub regular_run: u32,
}

/// Picks among the heads of the counter's services. `regular_run` is how many regular numbers the counter
/// called since its last priority one; a counter that never called one starts with the full run, so that the
/// first priority visitor of the day is not made to wait.
pub fn next_up(heads: &[Head], regular_run: u32) -> Option<NextUp> {
    let first =
        |priority: bool| heads.iter().filter(|head| head.priority == priority).min_by_key(|head| head.place);
    let picked = match (first(true), first(false)) {
        (None, None) => return None,
        (Some(only), None) | (None, Some(only)) => (only, Reason::FirstCome),
        (Some(priority), Some(_)) if regular_run >= REGULAR_BEFORE_PRIORITY => {
            (priority, Reason::PriorityTurn)
        }
        (Some(_), Some(regular)) => (regular, Reason::RegularTurn),
    };
    let (head, reason) = picked;
    let regular_before_priority = match reason {
        Reason::RegularTurn => REGULAR_BEFORE_PRIORITY - regular_run,
        Reason::FirstCome | Reason::PriorityTurn => 0,
    };
    Some(NextUp {
        id: head.place.ticket,
        reason,
        regular_before_priority,
        regular_run: run_after(regular_run, head.priority),
    })
}

/// The counter's run of regular calls once a ticket of that kind was called.
pub fn run_after(regular_run: u32, priority: bool) -> u32 {
    if priority { 0 } else { (regular_run + 1).min(REGULAR_BEFORE_PRIORITY) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(id: i64, priority: bool) -> Head {
        Head { place: Place { order: id, ticket: TicketId(id) }, priority }
    }

    fn pick(heads: &[Head], run: u32) -> (i64, Reason, u32) {
        let next = next_up(heads, run).unwrap();
        (next.id.0, next.reason, next.regular_before_priority)
    }

    #[test]
    fn nobody_waits_nobody_is_next() {
        assert_eq!(next_up(&[], 0), None);
    }

    #[test]
    fn among_equals_who_came_first_is_first() {
        assert_eq!(pick(&[head(5, false), head(3, false)], 0), (3, Reason::FirstCome, 0));
        assert_eq!(pick(&[head(5, true), head(4, true)], 0), (4, Reason::FirstCome, 0));
    }

    #[test]
    fn a_priority_visitor_waits_for_two_regular_ones_at_most() {
        let both = [head(1, false), head(9, true)];
        assert_eq!(pick(&both, 0), (1, Reason::RegularTurn, 2));
        assert_eq!(pick(&both, 1), (1, Reason::RegularTurn, 1));
        assert_eq!(pick(&both, 2), (9, Reason::PriorityTurn, 0));
    }

    #[test]
    fn priority_never_starves_regular_visitors() {
        let mut run = REGULAR_BEFORE_PRIORITY;
        let mut called = String::new();
        for _ in 0..9 {
            let next = next_up(&[head(1, false), head(2, true)], run).unwrap();
            called.push(if next.id.0 == 2 { 'P' } else { 'r' });
            run = next.regular_run;
        }
        assert_eq!(called, "PrrPrrPrr");
    }
}
