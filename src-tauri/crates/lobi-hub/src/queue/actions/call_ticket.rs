//! Staff call one particular number, or call it again.

use std::sync::Arc;

use lobi_core::access::Permission;
use lobi_core::queue::board::lane;
use lobi_core::queue::calling;
use lobi_core::queue::next::{Lane, next_up};
use lobi_core::queue::{CounterNumber, ServiceId, Ticket, TicketId};
use serde_json::json;

use super::call_next::{carry_out, counter, heads};
use super::{act_on_ticket, class_of, not_now, service, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::counters;
use crate::queue::wire::ticket::TicketAnswer;

/// Calls a waiting, skipped or (by mistake) finished ticket to `loket` (whose current visitor is finished), or recalls one that was
/// called already: then its counter stays and only the recall counts. `alasan`: why somebody who waits is called before their
/// turn, for the record.
///
/// # Errors
/// No such ticket or counter, not the caller's service, a state that cannot be called, not its turn and no reason; a database error.
pub async fn call_ticket(
    hub: &Arc<Hub>,
    caller: Caller,
    id: TicketId,
    loket: Option<CounterNumber>,
    alasan: String,
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
        if ticket.waits() && !is_next(act, &ticket, services, &counter)? {
            if alasan.is_empty() {
                return Err(Refusal::invalid([("alasan", "out_of_turn")]).into());
            }
            let why = json!({ "loket": loket.0, "alasan": alasan });
            act.audit("queue.out_of_turn", &format!("ticket:{}", id.0), None::<&()>, Some(&why))?;
        }
        let lane = lane_of(act, &ticket)?;
        match calling::call_one(counter, &ticket, lane) {
            Ok(plan) => Ok((carry_out(act, loket, &plan)?, None)),
            Err(refused) => Err(not_now(act, &ticket, refused)?.into()),
        }
    })
    .await
}

/// Whether it is that ticket's turn at the counter.
fn is_next(
    act: &Act<'_, '_>,
    ticket: &Ticket,
    services: Vec<ServiceId>,
    counter: &calling::Caller,
) -> Result<bool> {
    let next = next_up(&heads(act, counter.counter, services)?, &counter.turns, &counter.weights);
    Ok(next.is_some_and(|next| next.id == ticket.id))
}

/// The lane in which that ticket waits.
fn lane_of(act: &Act<'_, '_>, ticket: &Ticket) -> Result<Lane> {
    let priority = service(act, ticket.stage.service)?.priority;
    let waited = act.now().millis_since(ticket.joined_at());
    Ok(lane(class_of(act, ticket)?.as_ref(), priority, waited))
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
