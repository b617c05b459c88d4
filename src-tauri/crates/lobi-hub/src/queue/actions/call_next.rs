//! A counter asks for its next visitor.

use std::sync::Arc;

use lobi_core::queue::next::next_up;
use lobi_core::queue::{Action, CounterNumber, ServiceId};

use super::Press;
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::queue::store::{self, Counter};
use crate::queue::wire::TicketAnswer;

/// Finishes the counter's current visitor and calls the next one (seed 1, "Panggil Berikutnya").
///
/// # Errors
/// No such counter, none of its services is the caller's, nobody waits (then the current visitor stays); a
/// database error.
pub async fn call_next(hub: &Arc<Hub>, caller: Caller, loket: CounterNumber) -> Result<TicketAnswer> {
    hub.act(caller, move |tx, hub, caller| {
        let mut press = Press::begin(tx, hub, caller)?;
        let (counter, services) = press.counter(loket)?;
        let mut heads = Vec::with_capacity(services.len());
        for service in services {
            heads.extend(store::head(press.tx.sql(), service, press.day)?);
        }
        let next = next_up(&heads, counter.regular_run).ok_or(Refusal::QueueEmpty)?;
        press.free(loket)?;
        store::save_regular_run(press.tx.sql(), loket, next.regular_run)?;
        let waiting = press.ticket(next.id)?;
        let called = press.step(&waiting, Action::Call(loket))?;
        Ok(TicketAnswer { ticket: press.view(&called)? })
    })
    .await
}

impl Press<'_, '_> {
    /// The counter and those of its services that the caller may call; at least one.
    pub(super) fn counter(&self, loket: CounterNumber) -> Result<(Counter, Vec<ServiceId>)> {
        let counter = store::counter(self.tx.sql(), loket)?.ok_or(Refusal::CounterNotFound(loket.0))?;
        let services: Vec<ServiceId> =
            counter.services.iter().copied().filter(|service| self.may_act_in(*service)).collect();
        if services.is_empty() { Err(Refusal::Forbidden.into()) } else { Ok((counter, services)) }
    }

    /// Finishes who is at the counter, so that it can call somebody else.
    pub(super) fn free(&mut self, loket: CounterNumber) -> Result<()> {
        if let Some(current) = store::at_counter(self.tx.sql(), loket, self.day)? {
            self.step(&current, Action::Finish)?;
        }
        Ok(())
    }
}
