//! Staff call one particular number, or call it again.

use std::collections::BTreeMap;
use std::sync::Arc;

use lobi_core::queue::next::run_after;
use lobi_core::queue::{Action, CounterNumber, Ticket, TicketId};

use super::Press;
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::queue::store;
use crate::queue::wire::TicketAnswer;

/// Calls a waiting or skipped ticket to `loket` (whose current visitor is finished), or recalls one that was
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
    hub.act(caller, move |tx, hub, caller| {
        let mut press = Press::begin(tx, hub, caller)?;
        let ticket = press.ticket(id)?;
        let called = if ticket.status.at_counter() {
            press.step(&ticket, Action::Recall)?
        } else {
            let loket = press.counter_for(&ticket, loket)?;
            // Refused before the counter is freed: a finished ticket must not push out the present visitor.
            let (counter, services) = press.counter(loket)?;
            if !services.contains(&ticket.service) {
                return Err(Refusal::Forbidden.into());
            }
            if ticket.after(Action::Call(loket), caller.now).is_ok() {
                press.free(loket)?;
                let priority = press.service(ticket.service).priority;
                store::save_regular_run(press.tx.sql(), loket, run_after(counter.regular_run, priority))?;
            }
            press.step(&ticket, Action::Call(loket))?
        };
        Ok(TicketAnswer { ticket: press.view(&called)? })
    })
    .await
}

impl Press<'_, '_> {
    /// The counter asked for, or the one the ticket was at, or the only one that can be meant.
    fn counter_for(&self, ticket: &Ticket, asked: Option<CounterNumber>) -> Result<CounterNumber> {
        if let Some(loket) = asked.or(ticket.counter) {
            return Ok(loket);
        }
        let counters = store::counters(self.tx.sql())?;
        let mut fitting = counters.iter().filter(|counter| counter.services.contains(&ticket.service));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Ok(only.number),
            _ => Err(Refusal::Invalid(BTreeMap::from([("loket", "loket_required")])).into()),
        }
    }
}
