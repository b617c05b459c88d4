//! Calling as a plan: who is finished, who is called, how the counter's turn-taking goes on. The hub carries the plan out
//! in one transaction; the scenarios in `tests/` run the very same one.

use super::next::{Head, Reason, next_up, run_after};
use super::service::CounterNumber;
use super::states::{Action, Refused, TicketId};
use super::ticket::Ticket;

/// What happens when a counter calls, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who is at the counter and is finished first.
    pub finish: Option<TicketId>,
    /// The counter's run of regular calls from now on; nothing: it stays.
    pub regular_run: Option<u32>,
    /// Whom the call is about.
    pub ticket: TicketId,
    /// [`Action::Call`] or [`Action::Recall`].
    pub action: Action,
    /// Why it is this one; nothing when staff chose it.
    pub reason: Option<Reason>,
}

/// A counter as far as calling goes.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The counter.
    pub counter: CounterNumber,
    /// Who is there now.
    pub present: Option<TicketId>,
    /// Its run of regular calls, see [`next_up`].
    pub regular_run: u32,
}

/// The counter's next visitor out of the heads of its lines; nothing when nobody waits, and who is there stays.
pub fn call_next(caller: Caller, heads: &[Head]) -> Option<Plan> {
    let next = next_up(heads, caller.regular_run)?;
    Some(Plan {
        finish: caller.present,
        regular_run: Some(next.regular_run),
        ticket: next.id,
        action: Action::Call(caller.counter),
        reason: Some(next.reason),
    })
}

/// One particular ticket, called again where it is: its counter stays and only the recall counts.
pub fn recall(ticket: &Ticket) -> Plan {
    Plan { finish: None, regular_run: None, ticket: ticket.id, action: Action::Recall, reason: None }
}

/// One particular ticket, called to a counter whose present visitor is finished. `priority`: of the service it waits for.
///
/// # Errors
/// The ticket cannot be called; then nobody is pushed out.
pub fn call_one(caller: Caller, ticket: &Ticket, priority: bool) -> Result<Plan, Refused> {
    let action = Action::Call(caller.counter);
    if !ticket.stage.status.can_be_called() {
        return Err(Refused { status: ticket.stage.status, action });
    }
    Ok(Plan {
        finish: caller.present,
        regular_run: Some(run_after(caller.regular_run, priority)),
        ticket: ticket.id,
        action,
        reason: None,
    })
}
