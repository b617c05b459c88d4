//! Setting a new site up: one action, so that a set-up that was cut off left nothing behind.

use std::sync::Arc;

use lobi_core::access::{Member, Permission, Reach};
use lobi_core::queue::{CounterNumber, Service, ServiceId};
use lobi_core::site::{Hours, Site};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kind::{Plan, plan};
use super::template::{Facility, NewService, Template};
use crate::access::actions::staff as access;
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::queue::actions::set_up::{Bobot, Furnished, put_counter, put_service};
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

/// What becomes of a site that is of another kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KindChange {
    /// Services that open, by name.
    pub buka: Vec<String>,
    /// Services that close; their numbers are still called.
    pub tutup: Vec<String>,
    /// Services that stay open.
    pub tetap: Vec<String>,
    /// Counters whose services change, by number.
    pub loket: Vec<u32>,
}

fn described(before: &Furnished, plan: &Plan) -> KindChange {
    let was_open = |slug: &str| before.services.iter().any(|one| one.open && one.slug == slug);
    let names = |wanted: &dyn Fn(&Service) -> bool| -> Vec<String> {
        plan.services.iter().filter(|one| wanted(one)).map(|one| one.nama.clone()).collect()
    };
    let changed = plan.counters.iter().filter(|counter| !before.counters.contains(counter));
    KindChange {
        buka: names(&|one| one.open && !was_open(&one.slug)),
        tutup: names(&|one| !one.open && was_open(&one.slug)),
        tetap: names(&|one| one.open && was_open(&one.slug)),
        loket: changed.map(|(number, _)| *number).collect(),
    }
}

/// What would become of the site if it were of that kind; nothing is changed.
///
/// # Errors
/// A database error.
pub async fn look_at_kind(hub: &Arc<Hub>, kind: Facility) -> Result<KindChange> {
    let before = Furnished::now(hub).await?;
    let plan = plan(&before, kind.template());
    Ok(described(&before, &plan))
}

/// Makes the site one of that kind. Numbers that were given stay and are called.
///
/// # Errors
/// No right; a database error.
pub async fn change_kind(hub: &Arc<Hub>, caller: Caller, kind: Facility) -> Result<KindChange> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = Furnished::within(act)?;
        let plan = plan(&before, kind.template());
        let change = described(&before, &plan);
        for service in plan.services {
            if before.services.iter().all(|one| *one != service) {
                put_service(act, service)?;
            }
        }
        for (number, serves) in plan.counters.into_iter().filter(|counter| !before.counters.contains(counter))
        {
            let usual = || text("common", "counter_n", &[("n", &number.to_string())]);
            let nama = before.names.get(&number).cloned().unwrap_or_else(usual);
            put_counter(act, CounterNumber(number), nama, &serves, &Bobot::new())?;
        }
        act.audit("site.kind", "site", None::<&()>, Some(&change))?;
        Ok(change)
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
            hours: Hours::default(),
        };
        services.push((name, put_service(act, service)?));
    }
    for counter in template.counters {
        let nama = text("common", "counter_n", &[("n", &counter.number.to_string())]);
        put_counter(act, CounterNumber(counter.number), nama, &counter.serves, &Bobot::new())?;
    }
    Ok(services)
}
