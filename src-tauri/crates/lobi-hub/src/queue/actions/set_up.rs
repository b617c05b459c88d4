//! Services and counters are set up.

use std::collections::BTreeMap;
use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::next::Turns;
use lobi_core::queue::{self, CounterNumber, Service, ServiceId};
use serde_json::json;

use super::transfer::move_line;
use crate::act::{Act, Caller};
use crate::error::{Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::counters::{self, Counter, Presence};
use crate::queue::store::services;
use crate::site::events::SiteUpdated;

/// How much services weigh at a counter, by slug: 1 unless said otherwise.
pub type Bobot = BTreeMap<String, u32>;

/// The services and counters that a site has.
#[derive(Clone, Debug, Default)]
pub struct Furnished {
    /// In the order in which they were made.
    pub services: Vec<Service>,
    /// Numbers with what they serve, in the order of the slugs.
    pub counters: Vec<(u32, Vec<String>)>,
    /// What counters are called.
    pub names: BTreeMap<u32, String>,
}

impl Furnished {
    fn of(services: Vec<Service>, counters: Vec<Counter>) -> Self {
        let slug = |id: &ServiceId| Some(services.iter().find(|one| one.id == *id)?.slug.clone());
        let names = counters.iter().map(|counter| (counter.number.0, counter.nama.clone())).collect();
        let counters = counters
            .into_iter()
            .map(|counter| {
                let mut serves: Vec<String> = counter.services.iter().filter_map(slug).collect();
                serves.sort();
                (counter.number.0, serves)
            })
            .collect();
        Furnished { services, counters, names }
    }

    /// As they are, inside an action.
    ///
    /// # Errors
    /// A database error.
    pub fn within(act: &Act<'_, '_>) -> Result<Self> {
        Ok(Self::of(services::services(act.sql())?, counters::counters(act.sql())?))
    }

    /// As they are now.
    ///
    /// # Errors
    /// A database error.
    pub async fn now(hub: &Hub) -> Result<Self> {
        Ok(hub.db.read(|sql| Ok(Self::of(services::services(sql)?, counters::counters(sql)?))).await?)
    }
}

/// Adds a service or replaces the one with the same slug; `id` in the input is ignored.
///
/// # Errors
/// No right; a database error.
pub async fn set_service(hub: &Arc<Hub>, caller: Caller, service: Service) -> Result<ServiceId> {
    hub.act(caller, move |act| put_service(act, service)).await
}

/// As [`set_service`], inside an action.
///
/// # Errors
/// As [`set_service`].
pub fn put_service(act: &mut Act<'_, '_>, service: Service) -> Result<ServiceId> {
    act.must(Permission::ManageSite, Reach::Site)?;
    let before = services::service(act.sql(), &service.slug)?;
    let id = services::save_service(act.sql(), &service)?;
    let service = Service { id, ..service };
    act.audit("service.set", &service.slug, before.as_ref().map(facts).as_ref(), Some(&facts(&service)))?;
    let event = SiteUpdated { poli: Some(service.slug.clone()), ..SiteUpdated::default() };
    act.tell(&event, [Change::Queue(queue::Change::Service(Box::new(service)))])?;
    Ok(id)
}

/// What the audit trail keeps of a service.
fn facts(service: &Service) -> serde_json::Value {
    let Service { kode, slug, nama, nama_en, icon, open, priority, retired, hours, .. } = service;
    json!({ "kode": kode, "slug": slug, "nama": nama, "nama_en": nama_en, "icon": icon, "open": open, "priority": priority,
            "retired": retired, "hours": hours })
}

/// Adds a counter that serves these services (by slug), or changes the one with this number.
///
/// # Errors
/// No right, no such service; a database error.
pub async fn set_counter(
    hub: &Arc<Hub>,
    caller: Caller,
    number: CounterNumber,
    nama: String,
    serves: Vec<String>,
) -> Result<()> {
    hub.act(caller, move |act| put_counter(act, number, nama, &serves, &Bobot::new())).await
}

/// As [`set_counter`], inside an action.
///
/// # Errors
/// As [`set_counter`].
pub fn put_counter(
    act: &mut Act<'_, '_>,
    number: CounterNumber,
    nama: String,
    serves: &[String],
    bobot: &Bobot,
) -> Result<()> {
    act.must(Permission::ManageSite, Reach::Site)?;
    let mut services = Vec::with_capacity(serves.len());
    for slug in serves {
        let service = services::service(act.sql(), slug)?.ok_or_else(|| Refusal::no_service(slug))?;
        services.push(service.id);
    }
    let weight = |slug: &String| bobot.get(slug).copied().unwrap_or(1);
    let weights = services.iter().copied().zip(serves.iter().map(weight)).collect();
    let presence = Presence::default();
    let counter = Counter { number, nama, turns: Turns::default(), services, weights, presence };
    counters::save_counter(act.sql(), &counter)?;
    // Nobody waits for a counter that does not serve them any more.
    move_line(act, &counter, Some(&counter))?;
    let after = json!({ "nama": counter.nama, "serves": serves, "bobot": bobot });
    act.audit("counter.set", &format!("loket:{}", number.0), None::<&()>, Some(&after))?;
    act.tell(&SiteUpdated { loket: Some(number.0), ..SiteUpdated::default() }, [])
}
