//! Setting the site up.

use std::sync::Arc;

use lobi_core::queue::{CounterNumber, Service, ServiceId};
use lobi_core::time::ServiceDay;

use super::template::{Facility, NewCounter, NewService, Template};
use super::{Site, store};
use crate::db::{Change, NewEvent, WriteTx};
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::queue::actions::set_up::{set_counter, set_service};
use crate::queue::actions::start_day::start_day_if_due;
use crate::staff::actions::{self as staff, NewStaff};
use crate::texts::text;

/// Makes `day` the day that numbers belong to, inside the transaction that rolls it.
///
/// # Errors
/// A database error.
pub fn roll_day(tx: &WriteTx<'_>, day: ServiceDay) -> Result<()> {
    Ok(store::save_day(tx.sql(), day)?)
}

/// Makes a new site ready to open: its facts, the services and counters of its kind, its first admin. The admin comes
/// last, so that a set-up which was cut off can be done again.
///
/// # Errors
/// The site is set up already; a database error.
pub async fn set_up(
    hub: &Arc<Hub>,
    caller: Caller,
    site: Site,
    facility: Facility,
    admin: NewStaff,
) -> Result<()> {
    if !staff::needs_first_admin(hub).await? {
        return Err(Refusal::AlreadySetUp.into());
    }
    let Template { services, counters } = facility.template();
    set_site(hub, caller.clone(), site).await?;
    start_day_if_due(hub, caller.clone()).await?;
    for NewService { kode, slug, nama, nama_en, icon, priority } in services {
        let service = Service { id: ServiceId(0), kode, slug, nama, nama_en, icon, open: true, priority };
        set_service(hub, caller.clone(), service).await?;
    }
    for NewCounter { number, serves } in counters {
        let nama = text("common", "counter_n", &[("n", &number.to_string())]);
        set_counter(hub, caller.clone(), CounterNumber(number), nama, serves).await?;
    }
    staff::add_first_admin(hub, caller, admin).await?;
    Ok(())
}

/// Sets the site's facts; every screen hears `SiteUpdated`.
///
/// # Errors
/// A database error.
pub async fn set_site(hub: &Arc<Hub>, caller: Caller, site: Site) -> Result<()> {
    let site = Site { id: hub.site().id.clone(), ..site };
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
