//! What happened is taken up to be told: after each commit, and every half a minute for whoever rested.

use std::sync::Arc;

use lobi_core::time::Timestamp;
use lobi_core::webhooks::TRIED_DAYS;

use crate::act::{Act, Caller};
use crate::db::events;
use crate::error::Result;
use crate::hub::Hub;
use crate::webhooks::record::Delivery;
use crate::webhooks::{due, store};

/// How many events are taken up for one program at a time.
const AT_ONCE: usize = 500;
/// Of so many events that concern nobody is noted that they were looked at: to look again costs more than to write.
const FAR_BEHIND: i64 = 1_000;
/// How long it is remembered what became of a telling, in days.
const KEPT_DAYS: i64 = 14;

/// Takes up what happened since the last time and lets it be told. Costs one look where nobody is to be told.
///
/// # Errors
/// A database error.
pub async fn take_up(hub: &Arc<Hub>, now: Timestamp) -> Result<()> {
    let last = hub.memory().seq;
    let behind: bool = hub
        .db
        .read(move |sql| {
            let mut hooks = store::all(sql)?.into_iter().filter(|hook| hook.active && hook.seq < last);
            hooks.try_fold(false, |behind, hook| {
                let far = last - hook.seq > FAR_BEHIND;
                Ok(behind || far || !events::after(sql, hook.seq, last, &hook.events, 1)?.is_empty())
            })
        })
        .await?;
    if !behind {
        return Ok(());
    }
    hub.act(Caller::system(now), move |act| {
        let last = events::last_seq(act.sql())?;
        for hook in store::all(act.sql())?.into_iter().filter(|hook| hook.active && hook.seq < last) {
            let found = events::after(act.sql(), hook.seq, last, &hook.events, AT_ONCE)?;
            let any = !found.is_empty();
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
            if any {
                due::tell_soon(act, hook.id)?;
            }
        }
        Ok(())
    })
    .await
}

/// Lets be told what is due again: what was refused earlier, and what a restart found.
///
/// # Errors
/// A database error.
pub async fn take_up_again(hub: &Arc<Hub>, now: Timestamp) -> Result<()> {
    take_up(hub, now).await?;
    if hub.db.read(move |sql| store::with_due(sql, now)).await?.is_empty() {
        return Ok(());
    }
    hub.act(Caller::system(now), move |act| {
        store::with_due(act.sql(), act.now())?
            .into_iter()
            .try_for_each(|id| due::tell_soon(act, id).map(drop))
    })
    .await
}

/// Gives up what could not be told for three days, and forgets what ended long ago.
///
/// # Errors
/// A database error.
pub fn keep_house(act: &Act<'_, '_>) -> Result<()> {
    store::give_up_old(act.sql(), act.now().plus_minutes(-TRIED_DAYS * 24 * 60))?;
    Ok(store::forget(act.sql(), act.now().plus_minutes(-KEPT_DAYS * 24 * 60))?)
}
