//! A believable Puskesmas in the middle of its morning, made through the same actions that people use, so that it
//! cannot hold an impossible state. Only ever in an empty folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use lobi_core::access::{Member, Role};
use lobi_core::queue::{Action, CounterNumber, TicketId};
use lobi_core::site::Site;
use lobi_core::time::{Timestamp, Zone};
use serde::Deserialize;

use crate::access::actions::staff as access;
use crate::act::Caller;
use crate::error::{Code, Result};
use crate::fields::Fields;
use crate::hub::Hub;
use crate::people::visitor::Typed;
use crate::queue::actions::issue_ticket::{IssueTicket, issue_ticket};
use crate::queue::actions::{call_next::call_next, move_ticket::move_ticket};
use crate::setup::actions::{NewSite, furnish};
use crate::setup::template::Template;

/// What the demonstration consists of; the words are data, not code.
#[derive(Deserialize)]
struct Facility {
    name: String,
    city: String,
    zone: Zone,
    info_id: String,
    info_en: String,
    password: String,
    #[serde(flatten)]
    template: Template,
    staff: Vec<DemoStaff>,
    /// Invented; the first time around they tell who they are, later only their names.
    visitors: Vec<Typed>,
    minutes_ago: i64,
}

#[derive(Clone, Deserialize)]
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
    let now = hub.now();
    if !set_up(hub, &facility, now).await? {
        return Ok(hub.site().demo.then_some(credentials));
    }
    live_a_morning(hub, &facility, now).await?;
    Ok(Some(credentials))
}

/// Furnishes a site that has nobody and nothing yet, in one action; tells whether it did.
async fn set_up(hub: &Arc<Hub>, facility: &Facility, now: Timestamp) -> Result<bool> {
    if hub.memory().queue.services().next().is_some() || !access::needs_first_admin(hub).await? {
        return Ok(false);
    }
    let site = Site {
        name: facility.name.clone(),
        city: facility.city.clone(),
        zone: facility.zone,
        info_id: facility.info_id.clone(),
        info_en: facility.info_en.clone(),
        demo: true,
        ..Site::default()
    };
    let new = NewSite { site, template: facility.template.clone() };
    let hash = hub.hashing.hash(facility.password.clone()).await?;
    let staff = facility.staff.clone();
    hub.act(Caller::system(now), move |act| {
        let services = furnish(act, new)?;
        for DemoStaff { username, name, role, serves } in staff {
            let own = services.iter().filter(|(slug, _)| serves.contains(slug)).map(|(_, id)| *id).collect();
            let member =
                Member { id: 0, username, name, roles: vec![role], services: own, must_change: false };
            access::add(act, &member, &hash)?;
        }
        Ok(true)
    })
    .await
}

/// Visitors come and are served since `minutes_ago`; the last quarter of an hour leaves people waiting.
async fn live_a_morning(hub: &Arc<Hub>, facility: &Facility, now: Timestamp) -> Result<()> {
    let zone = hub.site().zone;
    let mut visitors = facility.visitors.iter().cycle().zip(0..);
    let first_time = facility.visitors.len();
    let mut free_at: BTreeMap<u32, i64> =
        facility.template.counters.iter().zip(4..).map(|(counter, start)| (counter.number, start)).collect();
    for minute in 0..facility.minutes_ago {
        let at = now.plus_minutes(minute - facility.minutes_ago);
        for (index, service) in (0..).zip(&facility.template.services) {
            // Every service has its own rhythm; nobody throws dice, so every demonstration looks the same.
            let every = [3, 7, 6, 14].get(index).copied().unwrap_or(13);
            if (minute + index as i64) % every == 0 {
                let named = (minute + index as i64) % 3 != 2;
                let told = visitors.next().filter(|_| named).map(|(typed, n)| told(typed, n < first_time));
                let visitor = told.unwrap_or_default().check(&mut Fields::default(), at.date(zone));
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

/// What a visitor of the demonstration tells.
fn told(typed: &Typed, all: bool) -> Typed {
    if all { typed.clone() } else { Typed { nama: typed.nama.clone(), ..Typed::default() } }
}

/// One step of a counter; tells after how many minutes it takes the next.
async fn work(hub: &Arc<Hub>, counter: CounterNumber, at: Timestamp, minute: i64) -> Result<i64> {
    let called = match call_next(hub, Caller::system(at), counter).await {
        Ok(answer) => answer.ticket,
        Err(error) if error.code() == Some(Code::QueueEmpty) => return Ok(2),
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
