//! A counter opens, pauses with a reason, or closes for the day.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::{self, CounterNumber, CounterState};
use serde_json::json;

use super::transfer::move_line;
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::counters::{self, Presence};
use crate::queue::store::tickets;
use crate::site::events::SiteUpdated;

/// Says whether somebody is to be expected at the counter. Who is there is let go first.
///
/// # Errors
/// No such counter, no right at any of its services, somebody is still there; a database error.
pub async fn set_presence(
    hub: &Arc<Hub>,
    caller: Caller,
    loket: CounterNumber,
    state: CounterState,
    reason: String,
) -> Result<()> {
    hub.act(caller, move |act| {
        let not_there = || Refusal::from(Code::CounterNotFound).with("loket", loket.0);
        let counter = counters::counter(act.sql(), loket)?.ok_or_else(not_there)?;
        let may = |service: &_| act.by().may(Permission::CallQueue, Reach::Service(*service));
        if !counter.services.iter().any(may) {
            act.must(Permission::ManageSite, Reach::Site)?;
        }
        if state != CounterState::Open && tickets::at_counter(act.sql(), loket, act.day())?.is_some() {
            return Err(Refusal::from(Code::CounterBusy).with("loket", loket.0).into());
        }
        let since = Some(act.now());
        let presence = Presence { state, reason, since };
        if presence.state == counter.presence.state && presence.reason == counter.presence.reason {
            return Ok(());
        }
        put(act, loket, &counter.presence, &presence)?;
        if state == CounterState::Closed {
            // Nobody waits for a counter where nobody is to be expected today.
            move_line(act, &counter, None)?;
        }
        Ok(())
    })
    .await
}

/// Whoever calls at a counter is there.
pub(super) fn opened_by_a_call(act: &mut Act<'_, '_>, loket: CounterNumber) -> Result<()> {
    let before = counters::presence(act.sql(), loket)?;
    if before.state == CounterState::Open {
        return Ok(());
    }
    let since = Some(act.now());
    put(act, loket, &before, &Presence { since, ..Presence::default() })
}

fn put(act: &mut Act<'_, '_>, loket: CounterNumber, before: &Presence, after: &Presence) -> Result<()> {
    counters::save_presence(act.sql(), loket, after)?;
    let said = |of: &Presence| json!({ "keadaan": of.state, "alasan": of.reason });
    let (old, new) = (said(before), said(after));
    act.audit("counter.presence", &format!("loket:{}", loket.0), Some(&old), Some(&new))?;
    let changed = Change::Queue(queue::Change::Counter(loket, after.state));
    act.tell(&SiteUpdated { loket: Some(loket.0), ..SiteUpdated::default() }, [changed])
}
