//! A counter asks for its next visitor.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::calling::{self, Plan};
use lobi_core::queue::next::Head;
use lobi_core::queue::{Action, CounterNumber, ServiceId, Ticket};

use super::journeys::finish;
use super::pause::opened_by_a_call;
use super::{act_on_ticket, step, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::{counters, lines, tickets};
use crate::queue::wire::ticket::TicketAnswer;

/// Finishes the counter's current visitor and calls the next one (seed 1, "Panggil Berikutnya").
///
/// # Errors
/// No such counter, none of its services is the caller's, nobody waits (then the current visitor stays); a
/// database error.
pub async fn call_next(hub: &Arc<Hub>, caller: Caller, loket: CounterNumber) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let (counter, services) = counter(act, loket)?;
        let heads = heads(act, loket, services)?;
        let plan = calling::call_next(&counter, &heads).ok_or(Code::QueueEmpty)?;
        Ok((carry_out(act, loket, &plan)?, None))
    })
    .await
}

/// The heads of those services' lines, as that counter sees them.
pub(super) fn heads(act: &Act<'_, '_>, loket: CounterNumber, services: Vec<ServiceId>) -> Result<Vec<Head>> {
    let mut heads = Vec::with_capacity(services.len());
    for service in services {
        heads.extend(lines::heads(act.sql(), service, loket, act.day(), act.now())?);
    }
    Ok(heads)
}

/// The counter as far as calling goes, and those of its services that the caller may call; at least one.
pub(super) fn counter(act: &Act<'_, '_>, loket: CounterNumber) -> Result<(calling::Caller, Vec<ServiceId>)> {
    let not_there = || Refusal::from(Code::CounterNotFound).with("loket", loket.0);
    let counter = counters::counter(act.sql(), loket)?.ok_or_else(not_there)?;
    let may = |service: &ServiceId| act.by().may(Permission::CallQueue, Reach::Service(*service));
    let services: Vec<ServiceId> = counter.services.into_iter().filter(may).collect();
    if services.is_empty() {
        return Err(Code::Forbidden.into());
    }
    let present = tickets::at_counter(act.sql(), loket, act.day())?.map(|ticket| ticket.id);
    Ok((
        calling::Caller { counter: loket, present, turns: counter.turns, weights: counter.weights },
        services,
    ))
}

/// Does what the plan says; gives the ticket that the call is about.
pub(super) fn carry_out(act: &mut Act<'_, '_>, loket: CounterNumber, plan: &Plan) -> Result<Ticket> {
    if let Some(present) = plan.finish {
        // Whoever may call at this counter may let its present visitor go, whatever that one came for.
        let present = tickets::ticket(act.sql(), present, act.day())?.ok_or(Code::TicketNotFound)?;
        finish(act, &present)?;
    }
    if matches!(plan.action, Action::Call(_)) {
        opened_by_a_call(act, loket)?;
    }
    if let Some(turns) = &plan.turns {
        counters::save_turns(act.sql(), loket, turns)?;
    }
    let called = ticket(act, plan.ticket, super::permission(plan.action))?;
    step(act, &called, plan.action)
}
