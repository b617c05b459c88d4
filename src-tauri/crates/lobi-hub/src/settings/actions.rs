//! Setting the site up.

use std::sync::Arc;

use lobi_core::time::ServiceDay;

use super::{Site, store};
use crate::db::{Change, NewEvent, WriteTx};
use crate::error::Result;
use crate::hub::{Caller, Hub};

/// Makes `day` the day that numbers belong to, inside the transaction that rolls it.
///
/// # Errors
/// A database error.
pub fn roll_day(tx: &WriteTx<'_>, day: ServiceDay) -> Result<()> {
    Ok(store::save_day(tx.sql(), day)?)
}

/// Sets the site's facts; every screen hears `SiteUpdated`.
///
/// # Errors
/// A database error.
pub async fn set_site(hub: &Arc<Hub>, caller: Caller, site: Site) -> Result<()> {
    let saved = site.clone();
    hub.act(caller, move |tx, _, caller| {
        store::save_site(tx.sql(), &saved)?;
        let day = store::stored_day(tx.sql())?.day;
        tx.record(NewEvent {
            at: caller.now,
            day,
            channel: "display".into(),
            counter: None,
            kind: "SiteUpdated",
            actor: caller.actor.name(),
            data: "{}".into(),
            change: Change::None,
        })?;
        Ok(())
    })
    .await?;
    hub.set_site(site);
    Ok(())
}
