//! Staff call one particular number, or call it again.

use std::sync::Arc;

use lobi_core::access::Permission;
use lobi_core::queue::calling;
use lobi_core::queue::{CounterNumber, Ticket, TicketId};

use super::call_next::{carry_out, counter};
use super::{act_on_ticket, not_now, service, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::counters;
use crate::queue::wire::ticket::TicketAnswer;

/// Calls a waiting, skipped or (by mistake) finished ticket to `loket` (whose current visitor is finished), or recalls one that was
/// called already: then its counter stays and only the recall counts.
///
/// # Errors
/// No such ticket or counter, not the caller's service, a state that cannot be called; a database error.
pub async fn call_ticket(
    hub: &Arc<Hub>,
    caller: Caller,
    id: TicketId,
    loket: Option<CounterNumber>,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let ticket = ticket(act, id, Permission::CallQueue)?;
        if ticket.stage.status.at_counter() {
            let here = ticket.stage.counter.unwrap_or(CounterNumber(0));
            return Ok((carry_out(act, here, &calling::recall(&ticket))?, None));
        }
        let loket = counter_for(act, &ticket, loket)?;
        let (counter, services) = counter(act, loket)?;
        if !services.contains(&ticket.stage.service) {
            return Err(Code::Forbidden.into());
        }
        let priority = service(act, ticket.stage.service)?.priority;
        match calling::call_one(counter, &ticket, priority) {
            Ok(plan) => Ok((carry_out(act, loket, &plan)?, None)),
            Err(refused) => Err(not_now(act, &ticket, refused)?.into()),
        }
    })
    .await
}

/// The counter asked for, or the one the ticket was at, or the only one that can be meant.
fn counter_for(act: &Act<'_, '_>, ticket: &Ticket, asked: Option<CounterNumber>) -> Result<CounterNumber> {
    if let Some(loket) = asked.or(ticket.stage.counter) {
        return Ok(loket);
    }
    let counters = counters::counters(act.sql())?;
    let mut fitting = counters.iter().filter(|counter| counter.services.contains(&ticket.stage.service));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only.number),
        _ => Err(Refusal::invalid([("loket", "loket_required")]).into()),
    }
}
