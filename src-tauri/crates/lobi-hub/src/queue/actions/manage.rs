//! An admin changes what can be waited for, and where. Nothing that somebody waits for disappears.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::{self, CounterNumber, CounterState, Service, ServiceId};
use lobi_core::site::Hours;

use super::set_up::{Bobot, put_counter, put_service};
use super::transfer::move_line;
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::{counters, numbers, services, tickets};
use crate::site::events::SiteUpdated;

/// A new service.
#[derive(Clone, Debug)]
pub struct NewService {
    /// The letter that its numbers begin with.
    pub kode: String,
    /// Its name, Indonesian and English.
    pub names: (String, String),
    /// A lucide icon name.
    pub icon: String,
    /// Whether numbers are given at once.
    pub open: bool,
    /// Whether its visitors come first.
    pub priority: bool,
}

/// What is to change about a service; what is left out stays.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "as in NewService")]
pub struct ServiceChange {
    pub kode: Option<String>,
    pub nama: Option<String>,
    pub nama_en: Option<String>,
    pub icon: Option<String>,
    pub open: Option<bool>,
    pub priority: Option<bool>,
    /// Given up, or taken up again.
    pub retired: Option<bool>,
}

/// Adds a service. Tells its slug, which is made of its name and never changes.
///
/// # Errors
/// No right, the letter is taken; a database error.
pub async fn add_service(hub: &Arc<Hub>, caller: Caller, new: NewService) -> Result<String> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let taken = |slug: &str| Ok(services::service(act.sql(), slug)?.is_some());
        let slug = free_slug(&new.names.0, taken)?;
        free_kode(act, &new.kode, &slug)?;
        let NewService { kode, names: (nama, nama_en), icon, open, priority } = new;
        let service = Service {
            id: ServiceId(0),
            kode,
            slug: slug.clone(),
            nama,
            nama_en,
            icon,
            open,
            retired: false,
            priority,
            hours: Hours::default(),
        };
        put_service(act, service)?;
        Ok(slug)
    })
    .await
}

/// Changes a service.
///
/// # Errors
/// No right, no such service, the letter is taken or was given today, somebody waits for what is to be given up; a database
/// error.
pub async fn change_service(
    hub: &Arc<Hub>,
    caller: Caller,
    slug: String,
    change: ServiceChange,
) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = services::service(act.sql(), &slug)?.ok_or_else(|| Refusal::no_service(&slug))?;
        let was = before.clone();
        let mut after = Service {
            kode: change.kode.unwrap_or(was.kode),
            nama: change.nama.unwrap_or(was.nama),
            nama_en: change.nama_en.unwrap_or(was.nama_en),
            icon: change.icon.unwrap_or(was.icon),
            open: change.open.unwrap_or(was.open),
            priority: change.priority.unwrap_or(was.priority),
            retired: change.retired.unwrap_or(was.retired),
            ..before.clone()
        };
        let (given, waiting) = numbers::given_and_waiting(act.sql(), before.id, act.day())?;
        if after.kode != before.kode {
            free_kode(act, &after.kode, &slug)?;
            if given {
                return Err(numbers_given(&before.kode).into());
            }
        }
        if after.retired {
            after.open = false;
            if waiting > 0 {
                let refusal = Refusal::from(Code::ServiceHasWaiting).with("jumlah", waiting);
                return Err(refusal.with("poli", &before.nama).into());
            }
        }
        put_service(act, after).map(drop)
    })
    .await
}

fn numbers_given(kode: &str) -> Refusal {
    Refusal::from(Code::NumbersGiven).with("kode", kode).about("kode", "kode_in_use")
}

fn free_kode(act: &Act<'_, '_>, kode: &str, slug: &str) -> Result<()> {
    if services::kode_taken(act.sql(), kode, slug)? {
        return Err(Refusal::from(Code::KodeTaken).with("kode", kode).about("kode", "taken").into());
    }
    Ok(())
}

/// A slug of a name that is not `taken` yet: "Poli Gigi" → `gigi`, then `gigi-2`.
pub(super) fn free_slug(nama: &str, taken: impl Fn(&str) -> Result<bool>) -> Result<String> {
    let slug = queue::service::slug_of(nama);
    let mut free = slug.clone();
    for n in 2.. {
        if !taken(&free)? {
            break;
        }
        free = format!("{slug}-{n}");
    }
    Ok(free)
}

/// Adds a counter.
///
/// # Errors
/// No right, no such service, the number is taken; a database error.
pub async fn add_counter(
    hub: &Arc<Hub>,
    caller: Caller,
    number: CounterNumber,
    nama: String,
    serves: Vec<String>,
    bobot: Bobot,
) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        if counters::counter(act.sql(), number)?.is_some() {
            return Err(Refusal::from(Code::CounterTaken)
                .with("loket", number.0)
                .about("number", "taken")
                .into());
        }
        put_counter(act, number, nama, &serves, &bobot)
    })
    .await
}

/// Changes a counter; what is left out stays.
///
/// # Errors
/// No right, no such counter or service; a database error.
pub async fn change_counter(
    hub: &Arc<Hub>,
    caller: Caller,
    number: CounterNumber,
    nama: Option<String>,
    serves: Option<Vec<String>>,
    bobot: Option<Bobot>,
) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let known = counters::counter(act.sql(), number)?.ok_or_else(|| no_counter(number))?;
        let served: Bobot = services::services(act.sql())?
            .into_iter()
            .filter(|service| known.services.contains(&service.id))
            .map(|service| (service.slug, known.weights.of(service.id)))
            .collect();
        let serves = serves.unwrap_or_else(|| served.keys().cloned().collect());
        put_counter(act, number, nama.unwrap_or(known.nama), &serves, &bobot.unwrap_or(served))
    })
    .await
}

fn no_counter(number: CounterNumber) -> crate::error::Error {
    Refusal::from(Code::CounterNotFound).with("loket", number.0).into()
}

/// Gives a counter up.
///
/// # Errors
/// No right, no such counter, somebody is at it; a database error.
pub async fn retire_counter(hub: &Arc<Hub>, caller: Caller, number: CounterNumber) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let known = counters::counter(act.sql(), number)?.ok_or_else(|| no_counter(number))?;
        if tickets::at_counter(act.sql(), number, act.day())?.is_some() {
            return Err(Refusal::from(Code::CounterBusy).with("loket", number.0).into());
        }
        counters::retire_counter(act.sql(), number)?;
        move_line(act, &known, None)?;
        act.audit("counter.retire", &format!("loket:{}", number.0), Some(&known.nama), None::<&()>)?;
        let gone = Change::Queue(queue::Change::Counter(number, CounterState::Open));
        act.tell(&SiteUpdated { loket: Some(number.0), ..SiteUpdated::default() }, [gone])
    })
    .await
}
