//! The clinic of most tests, as a furnishing.

use std::sync::Arc;

use lobi_core::access::{Member, Role};
use lobi_core::queue::{CounterNumber, Service, ServiceId};
use lobi_core::site::Site;
use lobi_core::time::{Timestamp, Zone};
use lobi_hub::Hub;
use lobi_hub::access::actions::staff::add_staff;
use lobi_hub::act::Caller;
use lobi_hub::queue::actions::set_up::{set_counter, set_service};
use lobi_hub::site::actions::set_site;

use super::opening::Furnishing;

/// Everybody's.
pub const PASSWORD: &str = "rahasia-uji";

/// A small clinic: Umum A and Lansia D (priority) at counters 1 and 3, Gigi B at 2, KIA C (closed) at 4;
/// staff `admin`, `rina` (Umum, Lansia), `dewi` (Gigi).
pub fn clinic() -> Furnishing {
    Furnishing::new(set_up_clinic)
}

async fn set_up_clinic(hub: Arc<Hub>, now: Timestamp) {
    let by = || Caller::system(now);
    set_up_site(&hub, now).await;
    for (kode, slug, open, priority) in [
        ("A", "umum", true, false),
        ("B", "gigi", true, false),
        ("C", "kia", false, false),
        ("D", "lansia", true, true),
    ] {
        set_service(&hub, by(), a_service(kode, slug, open, priority)).await.unwrap();
    }
    for (number, serves) in
        [(1, vec!["umum", "lansia"]), (2, vec!["gigi"]), (3, vec!["umum", "lansia"]), (4, vec!["kia"])]
    {
        let serves = serves.into_iter().map(str::to_owned).collect();
        set_counter(&hub, by(), CounterNumber(number), format!("Loket {number}"), serves).await.unwrap();
    }
    add_colleague(&hub, now, "admin", &[Role::Admin], &[]).await;
    add_colleague(&hub, now, "rina", &[Role::Petugas], &["umum", "lansia"]).await;
    add_colleague(&hub, now, "dewi", &[Role::Petugas], &["gigi"]).await;
}

fn a_service(kode: &str, slug: &str, open: bool, priority: bool) -> Service {
    Service {
        id: ServiceId(0),
        kode: kode.into(),
        slug: slug.into(),
        nama: format!("Poli {slug}"),
        nama_en: format!("{slug} clinic"),
        icon: "stethoscope".into(),
        open,
        retired: false,
        priority,
        hours: lobi_core::site::Hours::default(),
    }
}

pub async fn set_up_site(hub: &Arc<Hub>, now: Timestamp) {
    let site =
        Site { name: "Puskesmas Uji".into(), city: "Makassar".into(), zone: Zone::Wita, ..Site::default() };
    hub.act(Caller::system(now), move |act| set_site(act, site)).await.unwrap();
}

/// A colleague with own services, given by slug.
pub async fn add_colleague(hub: &Arc<Hub>, now: Timestamp, username: &str, roles: &[Role], serves: &[&str]) {
    let services = {
        let memory = hub.memory();
        serves.iter().map(|slug| memory.queue.service_by_slug(slug).unwrap().id).collect()
    };
    let (username, name, roles) = (username.to_owned(), username.to_owned(), roles.to_vec());
    let member = Member { id: 0, username, name, roles, services, must_change: false };
    add_staff(hub, Caller::system(now), member, PASSWORD.into()).await.unwrap();
}
