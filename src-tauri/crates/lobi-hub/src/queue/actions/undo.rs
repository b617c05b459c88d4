//! A slip of the hand is taken back: the last step of a number, while nothing newer stands in its way.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::{Ticket, TicketId};

use super::{act_on_ticket, joined, service};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::{steps, tickets};
use crate::queue::wire::ticket::TicketAnswer;

/// How long a step can be taken back, in minutes.
const WITHIN_MINUTES: i64 = 2;

/// Takes the last step of a number back: it stands again where it stood before.
///
/// # Errors
/// No such ticket, no right, nothing to take back any more, or the counter has called somebody else since; a database error.
pub async fn undo(hub: &Arc<Hub>, caller: Caller, id: TicketId) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let present = tickets::ticket(act.sql(), id, act.day())?.ok_or(Code::TicketNotFound)?;
        let step = steps::last(act.sql(), id)?;
        let fresh = step.filter(|step| act.now().millis_since(step.at) <= WITHIN_MINUTES * 60_000);
        let Some((action, before)) = fresh.and_then(|step| Some((step.action, step.before?))) else {
            act.must(Permission::SkipQueue, Reach::Service(present.stage.service))?;
            return Err(Refusal::from(Code::NothingToUndo).with("nomor", nomor(act, &present)?).into());
        };
        // Whoever sent a number on takes it back, though it waits in a line that is not theirs.
        act.must(right_of(&action), Reach::Service(before.stage.service))?;
        if let Some(loket) = before.stage.counter.filter(|_| before.stage.status.at_counter())
            && let Some(other) =
                tickets::at_counter(act.sql(), loket, act.day())?.filter(|other| other.id != id)
        {
            let refusal = Refusal::from(Code::UndoBlocked).with("loket", loket.0);
            return Err(refusal.with("nomor", nomor(act, &other)?).into());
        }
        let after = present.taken_back(before);
        tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
        steps::forget(act.sql(), id)?;
        joined(act, &present, &after)?;
        Ok((after, None))
    })
    .await
}

/// Forgets what cannot be taken back any more.
///
/// # Errors
/// A database error.
pub fn forget_old(act: &Act<'_, '_>) -> Result<()> {
    Ok(steps::forget_old(act.sql(), act.now().plus_minutes(-WITHIN_MINUTES))?)
}

/// Whoever may press a button may take it back.
fn right_of(action: &str) -> Permission {
    match action {
        "call" | "serve" | "hand_over" => Permission::CallQueue,
        "recall" => Permission::RecallQueue,
        "finish" => Permission::FinishQueue,
        _ => Permission::SkipQueue,
    }
}

fn nomor(act: &Act<'_, '_>, ticket: &Ticket) -> Result<String> {
    Ok(service(act, ticket.service)?.number(ticket.number))
}
