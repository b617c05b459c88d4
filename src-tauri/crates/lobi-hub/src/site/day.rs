//! The service day belongs to the site: stored, rolled when the clock asks for it, doubted when the clock jumped.

use std::collections::BTreeMap;
use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::site;
use lobi_core::site::day::{LastSeen, Verdict, verdict};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::Connection;

use super::events::DayStarted;
use super::store;
use crate::act::{Act, Caller, Today};
use crate::db::DbError;
use crate::error::{Code, Result};
use crate::hub::Hub;

/// Which day it is at `now`.
///
/// # Errors
/// A database error.
pub fn today(sql: &Connection, now: Timestamp, seen: LastSeen) -> Result<Today, DbError> {
    let stored = store::stored_day(sql)?;
    let due = ServiceDay::due(now, stored.zone, stored.starts_at.minutes());
    let (roll, doubted) = match verdict(stored.day, due, now, seen, false) {
        Verdict::Stay => (None, None),
        Verdict::Roll(day) => (Some(day), None),
        Verdict::Doubt(day) => (None, Some(day)),
    };
    Ok(Today { day: stored.day, roll, doubted, zone: stored.zone })
}

/// Makes the act's day the stored one and tells everybody; `closed` and `kept` tell what the old day left open,
/// `resumed` what the new one has already.
///
/// # Errors
/// A database error.
pub fn begin(
    act: &mut Act<'_, '_>,
    from: ServiceDay,
    closed: BTreeMap<String, usize>,
    kept: usize,
    resumed: Vec<Change>,
) -> Result<()> {
    let day = act.day();
    tracing::info!(%from, to = %day, "a new service day");
    store::save_day(act.sql(), day)?;
    let event = DayStarted { service_day: day.to_string(), closed, kept };
    let began = Change::Site(site::Change::Day(day));
    act.tell(&event, std::iter::once(began).chain(resumed))
}

/// Rolls the day if it is due, even when nobody presses anything; looks at the clock first.
///
/// # Errors
/// A database error.
pub async fn start_day_if_due(hub: &Arc<Hub>, caller: Caller) -> Result<()> {
    let (now, seen, today) = (caller.now, hub.last_seen(), hub.hooks.day.today);
    let due = hub.db.read(move |sql| today(sql, now, seen)).await?;
    if let Some(day) = due.doubted {
        tracing::warn!(stored = %due.day, clock = %day, "the clock is not believed; an admin has to confirm the day");
    }
    if due.roll.is_some() {
        hub.act(caller, |_| Ok(())).await?;
    }
    hub.look_at_clock(now).await?;
    Ok(())
}

/// An admin says that the clock is right: the day that it asks for begins, also one that lies before the stored one.
///
/// # Errors
/// The clock is believed already; no right; a database error.
pub async fn confirm_clock(hub: &Arc<Hub>, caller: Caller) -> Result<()> {
    let now = caller.now;
    hub.act(caller, |act| {
        act.must(Permission::ManageHub, Reach::Site)?;
        let (from, to) = (act.day(), act.doubted_day().ok_or(Code::ClockAgrees)?);
        act.begin_day(to)?;
        act.audit("hub.clock", "site", Some(&from.to_string()), Some(&to.to_string()))
    })
    .await?;
    hub.look_at_clock(now).await?;
    Ok(())
}
