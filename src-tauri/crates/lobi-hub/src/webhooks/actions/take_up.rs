//! What happened is taken up to be told: after each commit, and every half a minute for whoever rested.

use std::sync::Arc;

use lobi_core::time::Timestamp;

use crate::act::{Act, Caller};
use crate::db::events;
use crate::error::Result;
use crate::hub::Hub;
use crate::webhooks::record::Delivery;
use crate::webhooks::{due, store};

/// How many events are taken up for one program at a time.
const AT_ONCE: usize = 500;
/// How long it is remembered what became of a telling, in days.
const KEPT_DAYS: i64 = 14;

/// Takes up what happened since the last time, and lets be told what is due. Costs one look where nobody is to be told.
///
/// # Errors
/// A database error.
pub async fn take_up(hub: &Arc<Hub>, now: Timestamp) -> Result<()> {
    let last = hub.memory().seq;
    let (behind, due) = hub
        .db
        .read(move |sql| Ok((store::any_behind(sql, last)?, !store::with_due(sql, now)?.is_empty())))
        .await?;
    if !behind && !due {
        return Ok(());
    }
    hub.act(Caller::system(now), move |act| {
        let last = events::last_seq(act.sql())?;
        for hook in store::all(act.sql())?.into_iter().filter(|hook| hook.active && hook.seq < last) {
            let found = events::after(act.sql(), hook.seq, last, &hook.events, AT_ONCE)?;
            let upto =
                if found.len() < AT_ONCE { last } else { found.last().map_or(last, |event| event.seq) };
            for event in found {
                let delivery = Delivery {
                    due_at: act.now(),
                    ..Delivery::of(hook.id, Some(event.seq), &event.kind, event.at)
                };
                store::insert_delivery(act.sql(), &delivery)?;
            }
            store::looked_at(act.sql(), hook.id, upto)?;
        }
        for id in store::with_due(act.sql(), act.now())? {
            due::tell_soon(act, id)?;
        }
        Ok(())
    })
    .await
}

/// Forgets what ended long ago.
///
/// # Errors
/// A database error.
pub fn keep_house(act: &Act<'_, '_>) -> Result<()> {
    Ok(store::forget(act.sql(), act.now().plus_minutes(-KEPT_DAYS * 24 * 60))?)
}
