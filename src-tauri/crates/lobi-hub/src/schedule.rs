//! What happens by itself: the day rolls, old sessions and first answers are forgotten. Small, bounded steps, so
//! that no visitor ever waits for housekeeping.

use std::sync::Arc;
use std::time::Duration;

use lobi_core::time::Timestamp;

use crate::db::{DbError, idempotency};
use crate::error::Result;
use crate::http::serve::until_true;
use crate::hub::{Caller, Hub};
use crate::queue::actions::start_day::start_day_if_due;
use crate::staff;

const EVERY: Duration = Duration::from_secs(30);

/// Runs until the hub stops.
pub async fn run(hub: Arc<Hub>) {
    let mut stopping = hub.live.stopping();
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => {
                if let Err(error) = step(&hub, hub.clock.now()).await {
                    tracing::warn!(%error, "housekeeping failed, it will be tried again");
                }
            }
            () = until_true(&mut stopping) => return,
        }
    }
}

/// One round of housekeeping at `now`.
///
/// # Errors
/// A database error; the next round tries again.
pub async fn step(hub: &Arc<Hub>, now: Timestamp) -> Result<()> {
    start_day_if_due(hub, Caller::system(now)).await?;
    hub.db
        .write(move |tx| {
            staff::store::delete_ended(tx.sql(), now)?;
            idempotency::forget_old(tx.sql(), now)?;
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(())
}
