//! A counter that is free calls the next by itself, where the site wants that and somebody sits there.

use std::sync::Arc;

use lobi_core::queue::{CounterNumber, CounterState, Stage};
use lobi_core::time::Timestamp;

use super::call_next::call_next;
use crate::act::Caller;
use crate::error::{Code, Error, Result};
use crate::hub::Hub;
use crate::queue::store::counters::{self, Counter};

/// Calls the next visitor at every counter that has been free long enough.
///
/// # Errors
/// A database error.
pub async fn call_at_idle(hub: &Arc<Hub>, now: Timestamp) -> Result<()> {
    let after = hub.site().auto_call;
    if after == 0 {
        return Ok(());
    }
    for counter in hub.db.read(counters::counters).await? {
        let free = free_since(hub, &counter);
        if free.is_some_and(|since| now.millis_since(since) >= i64::from(after) * 1_000) {
            match call_next(hub, Caller::system(now), counter.number).await {
                Ok(_) => {}
                Err(Error::Refused(refusal)) if refusal.code == Code::QueueEmpty => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// Since when somebody sits at an open counter where nobody is; nothing: it is not so.
fn free_since(hub: &Hub, counter: &Counter) -> Option<Timestamp> {
    let seated = hub.live.presence.since(counter.number.0)?;
    let memory = hub.memory();
    let board = &memory.queue;
    if counter.presence.state != CounterState::Open || board.at_counter(counter.number).is_some() {
        return None;
    }
    let here = |stage: &&Stage| stage.counter == Some(CounterNumber(counter.number.0));
    let stages = board.tickets().flat_map(|ticket| ticket.past.iter().chain([&ticket.stage]));
    let last = stages.filter(here).filter_map(|stage| stage.finished_at().max(stage.called_at())).max();
    [Some(seated), counter.presence.since, last].into_iter().flatten().max()
}
