//! Calling as a plan: who is finished, who is called, how the counter's turn-taking goes on. The hub carries the plan out
//! in one transaction; the scenarios in `tests/` run the very same one.

use super::next::{Head, Lane, Reason, Turns, next_up};
use super::service::CounterNumber;
use super::shares::Weights;
use super::states::{Action, Refused, TicketId};
use super::ticket::Ticket;

/// What happens when a counter calls, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who is at the counter and is finished first.
    pub finish: Option<TicketId>,
    /// The counter's turns from now on; nothing: they stay.
    pub turns: Option<Turns>,
    /// Whom the call is about.
    pub ticket: TicketId,
    /// [`Action::Call`] or [`Action::Recall`].
    pub action: Action,
    /// Why it is this one; nothing when staff chose it.
    pub reason: Option<Reason>,
}

/// A counter as far as calling goes.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The counter.
    pub counter: CounterNumber,
    /// Who is there now.
    pub present: Option<TicketId>,
    /// Its turns, see [`next_up`].
    pub turns: Turns,
    /// How much its services weigh there.
    pub weights: Weights,
}

/// The counter's next visitor out of the heads of its lines; nothing when nobody waits, and who is there stays.
pub fn call_next(caller: &Caller, heads: &[Head]) -> Option<Plan> {
    let next = next_up(heads, &caller.turns, &caller.weights)?;
    Some(Plan {
        finish: caller.present,
        turns: Some(next.turns),
        ticket: next.id,
        action: Action::Call(caller.counter),
        reason: Some(next.reason),
    })
}

/// One particular ticket, called again where it is: its counter stays and only the recall counts.
pub fn recall(ticket: &Ticket) -> Plan {
    Plan { finish: None, turns: None, ticket: ticket.id, action: Action::Recall, reason: None }
}

/// One particular ticket, called to a counter whose present visitor is finished. `lane`: the one that it waits in.
///
/// # Errors
/// The ticket cannot be called; then nobody is pushed out.
pub fn call_one(caller: Caller, ticket: &Ticket, lane: Lane) -> Result<Plan, Refused> {
    let action = Action::Call(caller.counter);
    if !ticket.stage.status.can_be_called() {
        return Err(Refused { status: ticket.stage.status, action });
    }
    Ok(Plan {
        finish: caller.present,
        turns: Some(caller.turns.after(lane)),
        ticket: ticket.id,
        action,
        reason: None,
    })
}
