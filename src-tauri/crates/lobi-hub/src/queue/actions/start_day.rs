//! A new service day begins: numbers restart, what yesterday left open is closed.

use std::sync::Arc;

use lobi_core::time::ServiceDay;
use serde_json::json;

use crate::db::{Change, NewEvent, WriteTx};
use crate::error::Result;
use crate::hub::{Caller, Hub};
use crate::queue::store;
use crate::settings::actions::roll_day;
use crate::settings::store as settings;

/// Rolls the day if it is due, even when nobody presses anything: called by the schedule.
///
/// # Errors
/// A database error.
pub async fn start_day_if_due(hub: &Arc<Hub>, caller: Caller) -> Result<()> {
    let stored = hub.board().day;
    let due = hub.db.read(settings::stored_day).await?;
    if stored.rolled(ServiceDay::due(caller.now, due.zone, due.starts_at)) == stored {
        return Ok(());
    }
    hub.act(caller, |tx, _, caller| roll(tx, caller).map(drop)).await
}

/// Today's service day; rolls the stored one first where the clock asks for a later one. It never goes back.
///
/// # Errors
/// A database error.
pub(super) fn roll(tx: &mut WriteTx<'_>, caller: &Caller) -> Result<ServiceDay> {
    let stored = settings::stored_day(tx.sql())?;
    let today = stored.day.rolled(ServiceDay::due(caller.now, stored.zone, stored.starts_at));
    if today != stored.day {
        // The day never goes back, so a clock that runs ahead should be noticed by whoever reads the log.
        tracing::info!(from = %stored.day, to = %today, "a new service day");
        let (done, cancelled) = store::close_day(tx.sql(), stored.day, caller.now)?;
        roll_day(tx, today)?;
        tx.record(NewEvent {
            at: caller.now,
            day: today,
            channel: "display".into(),
            counter: None,
            kind: "DayStarted",
            actor: "system".into(),
            data:
                json!({ "service_day": today.to_string(), "closed": { "selesai": done, "batal": cancelled } })
                    .to_string(),
            change: Change::Day(today),
        })?;
    }
    Ok(today)
}
