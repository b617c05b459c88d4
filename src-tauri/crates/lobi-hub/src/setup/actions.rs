//! Setting a new site up: one action, so that a set-up that was cut off left nothing behind.

use std::sync::Arc;

use lobi_core::access::Member;
use lobi_core::queue::{CounterNumber, Service, ServiceId};
use lobi_core::site::Site;

use super::template::{NewService, Template};
use crate::access::actions::staff as access;
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::queue::actions::set_up::{put_counter, put_service};
use crate::site::actions::set_site;
use crate::texts::text;

/// What a new site begins with.
pub struct NewSite {
    /// Its facts.
    pub site: Site,
    /// Its services and counters.
    pub template: Template,
}

/// Makes a new site ready to open: its facts, the services and counters of its kind, its first admin with this password.
///
/// # Errors
/// The site is set up already; a database error.
pub async fn set_up(
    hub: &Arc<Hub>,
    caller: Caller,
    new: NewSite,
    admin: Member,
    password: String,
) -> Result<()> {
    if !access::needs_first_admin(hub).await? {
        return Err(Code::AlreadySetUp.into());
    }
    let hash = hub.hashing.hash(password).await?;
    hub.act(caller, move |act| {
        if !access::nobody_yet(act)? {
            return Err(Code::AlreadySetUp.into());
        }
        furnish(act, new)?;
        access::add(act, &admin, &hash).map(drop)
    })
    .await
}

/// Facts, services and counters, inside an action; tells the services' ids.
///
/// # Errors
/// A database error.
pub fn furnish(
    act: &mut Act<'_, '_>,
    NewSite { site, template }: NewSite,
) -> Result<Vec<(String, ServiceId)>> {
    set_site(act, site)?;
    let mut services = Vec::with_capacity(template.services.len());
    for NewService { kode, slug, nama, nama_en, icon, priority } in template.services {
        let name = slug.clone();
        let service = Service {
            id: ServiceId(0),
            kode,
            slug,
            nama,
            nama_en,
            icon,
            open: true,
            retired: false,
            priority,
        };
        services.push((name, put_service(act, service)?));
    }
    for counter in template.counters {
        let nama = text("common", "counter_n", &[("n", &counter.number.to_string())]);
        put_counter(act, CounterNumber(counter.number), nama, &counter.serves)?;
    }
    Ok(services)
}
