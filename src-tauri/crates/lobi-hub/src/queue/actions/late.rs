//! Who was called and does not come is called again, and skipped by itself, where the site wants that.

use std::sync::Arc;

use lobi_core::queue::late::due;

use super::step;
use crate::act::Caller;
use crate::error::Result;
use crate::hub::Hub;
use crate::queue::store::tickets;
use crate::site::actions::lateness;

/// Calls again and skips whoever that is due for.
///
/// # Errors
/// A database error.
pub async fn look_after(hub: &Arc<Hub>, caller: Caller) -> Result<()> {
    // Without the wish, nothing is written every half a minute.
    if !hub.site().late.otomatis {
        return Ok(());
    }
    hub.act(caller, |act| {
        let late = lateness(act)?;
        for ticket in tickets::open_tickets(act.sql(), act.day())? {
            if let Some(action) = due(&late, &ticket.stage, act.now()) {
                step(act, &ticket, action)?;
            }
        }
        Ok(())
    })
    .await
}
