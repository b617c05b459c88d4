//! A believable Puskesmas in the middle of its morning, made through the same actions that people use, so that it
//! cannot hold an impossible state. Only ever in an empty folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use lobi_core::people::Name;
use lobi_core::queue::{Action, CounterNumber, Service, ServiceId, TicketId};
use lobi_core::staff::Role;
use lobi_core::time::{Timestamp, Zone};
use serde::Deserialize;

use crate::error::{Error, Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::people::Visitor;
use crate::queue::actions::issue_ticket::{IssueTicket, issue_ticket};
use crate::queue::actions::set_up::{set_counter, set_service};
use crate::queue::actions::start_day::start_day_if_due;
use crate::queue::actions::{call_next::call_next, move_ticket::move_ticket};
use crate::settings::{self, Site};
use crate::staff::StaffMember;
use crate::staff::actions::{NewStaff, add_staff};

/// What the demonstration consists of; the words are data, not code.
#[derive(Deserialize)]
struct Facility {
    name: String,
    city: String,
    zone: Zone,
    info_id: String,
    info_en: String,
    password: String,
    services: Vec<DemoService>,
    counters: Vec<DemoCounter>,
    staff: Vec<DemoStaff>,
    visitors: Vec<String>,
    minutes_ago: i64,
}

#[derive(Deserialize)]
struct DemoService {
    kode: String,
    slug: String,
    nama: String,
    nama_en: String,
    icon: String,
    priority: bool,
}

#[derive(Deserialize)]
struct DemoCounter {
    number: u32,
    serves: Vec<String>,
}

#[derive(Deserialize)]
struct DemoStaff {
    username: String,
    name: String,
    role: Role,
    serves: Vec<String>,
}

/// What to tell whoever starts a demonstration.
pub struct Credentials {
    /// Sign-in names.
    pub usernames: Vec<String>,
    /// The password they share.
    pub password: String,
}

fn facility() -> Facility {
    serde_json::from_str(include_str!("../../../../assets/demo/puskesmas.json"))
        .expect("a test reads this file")
}

/// Fills an empty hub; a hub that has anything at all is left alone. Tells the sign-in names of a demonstration.
///
/// # Errors
/// A database error.
pub async fn fill_if_empty(hub: &Arc<Hub>) -> Result<Option<Credentials>> {
    let facility = facility();
    let usernames = facility.staff.iter().map(|staff| staff.username.clone()).collect();
    let credentials = Credentials { usernames, password: facility.password.clone() };
    if !hub.db.read(|sql| Ok::<_, Error>(settings::store::is_empty(sql)?)).await? {
        return Ok(hub.site().demo.then_some(credentials));
    }
    let now = hub.clock.now();
    set_up(hub, &facility, now).await?;
    live_a_morning(hub, &facility, now).await?;
    Ok(Some(credentials))
}

async fn set_up(hub: &Arc<Hub>, facility: &Facility, now: Timestamp) -> Result<()> {
    let site = Site {
        name: facility.name.clone(),
        city: facility.city.clone(),
        zone: facility.zone,
        info_id: facility.info_id.clone(),
        info_en: facility.info_en.clone(),
        demo: true,
        ..Site::default()
    };
    settings::actions::set_site(hub, Caller::system(now), site).await?;
    // Today begins before the morning is lived through: its earliest hour must not fall into yesterday.
    start_day_if_due(hub, Caller::system(now)).await?;
    for DemoService { kode, slug, nama, nama_en, icon, priority } in &facility.services {
        let service = Service {
            id: ServiceId(0),
            kode: kode.clone(),
            slug: slug.clone(),
            nama: nama.clone(),
            nama_en: nama_en.clone(),
            icon: icon.clone(),
            open: true,
            priority: *priority,
        };
        set_service(hub, Caller::system(now), service).await?;
    }
    for DemoCounter { number, serves } in &facility.counters {
        let nama = format!("Loket {number}");
        set_counter(hub, Caller::system(now), CounterNumber(*number), nama, serves.clone()).await?;
    }
    for DemoStaff { username, name, role, serves } in &facility.staff {
        let member = StaffMember {
            id: 0,
            username: username.clone(),
            name: name.clone(),
            roles: vec![*role],
            services: vec![],
        };
        let new = NewStaff { member, serves: serves.clone(), password: facility.password.clone() };
        add_staff(hub, Caller::system(now), new).await?;
    }
    Ok(())
}

/// Visitors come and are served since `minutes_ago`; the last quarter of an hour leaves people waiting.
async fn live_a_morning(hub: &Arc<Hub>, facility: &Facility, now: Timestamp) -> Result<()> {
    let mut names = facility.visitors.iter().cycle();
    let mut free_at: BTreeMap<u32, i64> =
        facility.counters.iter().zip(4..).map(|(counter, start)| (counter.number, start)).collect();
    for minute in 0..facility.minutes_ago {
        let at = now.plus_minutes(minute - facility.minutes_ago);
        for (index, service) in (0..).zip(&facility.services) {
            // Every service has its own rhythm; nobody throws dice, so every demonstration looks the same.
            let every = [3, 7, 6, 14].get(index).copied().unwrap_or(13);
            if (minute + index as i64) % every == 0 {
                let named = (minute + index as i64) % 3 != 2;
                let nama = names.next().filter(|_| named).and_then(|name| Name::parse(name).ok());
                let visitor = Visitor { nama, ..Visitor::default() };
                let input = IssueTicket { poli: service.slug.clone(), visitor, ..IssueTicket::default() };
                issue_ticket(hub, Caller::system(at), input).await?;
            }
        }
        for (counter, free) in &mut free_at {
            if *free <= minute {
                *free = minute + work(hub, CounterNumber(*counter), at, minute).await?;
            }
        }
    }
    Ok(())
}

/// One step of a counter; tells after how many minutes it takes the next.
async fn work(hub: &Arc<Hub>, counter: CounterNumber, at: Timestamp, minute: i64) -> Result<i64> {
    let called = match call_next(hub, Caller::system(at), counter).await {
        Ok(answer) => answer.ticket,
        Err(Error::Refused(Refusal::QueueEmpty)) => return Ok(2),
        Err(error) => return Err(error),
    };
    let id = TicketId(called.public.id);
    if minute % 23 == 7 {
        // Not everybody is there when called.
        move_ticket(hub, Caller::system(at.plus_millis(50_000)), id, Action::Skip).await?;
        return Ok(1);
    }
    move_ticket(hub, Caller::system(at.plus_millis(40_000)), id, Action::Serve).await?;
    Ok(6 + (minute + i64::from(counter.0)) % 5)
}
