//! Ways through the building: the site's templates, and which way a number goes.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::journey::{are_stops, lead_on};
use lobi_core::queue::{Action, Destination, Journey, Service, ServiceId, Ticket, TicketId};
use serde_json::json;

use super::manage::free_slug;
use super::{act_on_ticket, joined, not_now, permission, public, service, step, tell, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::events::{QueueUpdated, TicketEvent};
use crate::queue::store::{journeys, lines, numbers, services, steps, tickets};
use crate::queue::wire::ticket::TicketAnswer;
use crate::site::events::SiteUpdated;

/// How many a site may have: a screen's worth.
const MOST_JOURNEYS: usize = 40;

/// A way as it is to be.
#[derive(Clone, Debug)]
pub struct NewJourney {
    /// Its name.
    pub nama: String,
    /// The stops, by slug.
    pub stops: Vec<String>,
    /// Whether every number of the first stop goes this way.
    pub automatic: bool,
}

/// Adds a way, or changes the one with that slug. Numbers that go it already go on as they were told.
///
/// # Errors
/// No right, no such way or service, too few stops, too many ways, another way that numbers of that service go by themselves; a
/// database error.
pub async fn set_journey(
    hub: &Arc<Hub>,
    caller: Caller,
    slug: Option<String>,
    new: NewJourney,
) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let known = journeys::journeys(act.sql())?;
        let before = match &slug {
            Some(slug) => Some(journey(act, slug)?),
            None if known.len() >= MOST_JOURNEYS => {
                return Err(Refusal::invalid([("nama", "too_many")]).into());
            }
            None => None,
        };
        let NewJourney { nama, stops, automatic } = new;
        let stops = offered(act, &stops)?;
        if !are_stops(&stops) {
            return Err(Refusal::invalid([("poli", "journey_stops")]).into());
        }
        let taken = |slug: &str| Ok(journeys::journey(act.sql(), slug)?.is_some());
        let slug = slug.map_or_else(|| free_slug(&nama, taken), Ok)?;
        let other =
            |other: &&Journey| other.automatic && other.slug != slug && other.stops.first() == stops.first();
        if let Some(other) = known.iter().filter(|_| automatic).find(other) {
            return Err(Refusal::from(Code::JourneyTaken).with("alur", &other.nama).into());
        }
        let journey = Journey { id: 0, slug, nama, stops, automatic };
        journeys::save_journey(act.sql(), &journey)?;
        let (old, new) = (before.map(|before| facts(act, &before)).transpose()?, facts(act, &journey)?);
        act.audit("journey.set", &format!("journey:{}", journey.slug), old.as_ref(), Some(&new))?;
        act.tell(&SiteUpdated::default(), [])
    })
    .await
}

/// Removes a way. Numbers that go it already go on as they were told.
///
/// # Errors
/// No right, no such way; a database error.
pub async fn remove_journey(hub: &Arc<Hub>, caller: Caller, slug: String) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = journey(act, &slug)?;
        journeys::remove_journey(act.sql(), &slug)?;
        let old = facts(act, &before)?;
        act.audit("journey.remove", &format!("journey:{slug}"), Some(&old), None::<&()>)?;
        act.tell(&SiteUpdated::default(), [])
    })
    .await
}

/// Which way a number goes from here.
#[derive(Clone, Debug)]
pub enum Way {
    /// What is left of a way of the site, by slug.
    Template(String),
    /// These stops, by slug; none: it ends here.
    Stops(Vec<String>),
}

/// Says where one of today's numbers goes from where it is.
///
/// # Errors
/// No such ticket, way or service, a way that does not pass here, not the caller's service, a visit that is over; a database error.
pub async fn route(hub: &Arc<Hub>, caller: Caller, id: TicketId, way: Way) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let before = ticket(act, id, permission(Action::Route))?;
        let here = service(act, before.stage.service)?;
        let stops = match way {
            Way::Template(slug) => rest_of(act, &slug, &here)?,
            Way::Stops(slugs) => {
                let stops = offered(act, &slugs)?;
                if !lead_on(&stops, here.id) {
                    return Err(Refusal::invalid([("poli", "route_stops")]).into());
                }
                stops
            }
        };
        let after = match before.routed(stops) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
        let (old, new) = (slugs(act, &before.route)?, slugs(act, &after.route)?);
        let subject = format!("ticket:{}", id.0);
        act.audit("queue.route", &subject, Some(&json!({ "poli": old })), Some(&json!({ "poli": new })))?;
        let waiting_count = numbers::count_waiting(act.sql(), after.stage.service, act.day(), 0)?;
        let news = TicketEvent { ticket: public(act, &after)?, waiting_count, speech: Vec::new() };
        tell(act, &after, &QueueUpdated(news))?;
        Ok((after, None))
    })
    .await
}

/// The visitor is done here: their visit ends, or they join the line of the next stop of their way by themselves. Services that
/// were given up meanwhile are passed over; one that is shut takes whoever is on their way.
pub(super) fn finish(act: &mut Act<'_, '_>, before: &Ticket) -> Result<Ticket> {
    let gone = |id: &ServiceId| Ok::<_, crate::error::Error>(service(act, *id)?.retired.then_some(*id));
    let gone = before.route.iter().map(gone).collect::<Result<Vec<_>>>()?;
    let Some(next) = before.onward(|service| !gone.contains(&Some(service))) else {
        return step(act, before, Action::Finish);
    };
    let there = Destination { service: next, awaits: None, order: lines::next_order(act.sql())? };
    let after = match before.finished(Some(there), act.moment()?) {
        Ok(after) => after,
        Err(refused) => return Err(not_now(act, before, refused)?.into()),
    };
    tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
    steps::remember(act.sql(), before, Action::Finish.name(), act.now())?;
    joined(act, before, &after)?;
    Ok(after)
}

/// Where a number of that service goes from there: the way that was asked for, or the one that all of its numbers go.
pub(super) fn way_of_new(
    act: &Act<'_, '_>,
    service: &Service,
    asked: Option<&str>,
) -> Result<Vec<ServiceId>> {
    if let Some(slug) = asked {
        act.must(Permission::RegisterVisitor, Reach::Service(service.id))?;
        return rest_of(act, slug, service);
    }
    let automatic = journeys::automatic_of(act.sql(), service.id)?;
    Ok(automatic.and_then(|way| way.left_from(service.id).map(<[ServiceId]>::to_vec)).unwrap_or_default())
}

fn rest_of(act: &Act<'_, '_>, slug: &str, here: &Service) -> Result<Vec<ServiceId>> {
    let known = journeys::journey(act.sql(), slug)?;
    let way = known.ok_or_else(|| Refusal::invalid([("alur", "journey_unknown")]))?;
    let rest = way.left_from(here.id).ok_or_else(|| Refusal::invalid([("alur", "journey_elsewhere")]))?;
    Ok(rest.to_vec())
}

fn journey(act: &Act<'_, '_>, slug: &str) -> Result<Journey> {
    Ok(journeys::journey(act.sql(), slug)?.ok_or(Code::JourneyNotFound)?)
}

/// Services that are not given up, by slug.
fn offered(act: &Act<'_, '_>, slugs: &[String]) -> Result<Vec<ServiceId>> {
    let one = |slug: &String| {
        let found = services::service(act.sql(), slug)?.filter(|service| !service.retired);
        Ok(found.ok_or_else(|| Refusal::no_service(slug))?.id)
    };
    slugs.iter().map(one).collect()
}

fn slugs(act: &Act<'_, '_>, ids: &[ServiceId]) -> Result<Vec<String>> {
    ids.iter().map(|id| Ok(service(act, *id)?.slug)).collect()
}

/// What the audit trail keeps of a way.
fn facts(act: &Act<'_, '_>, journey: &Journey) -> Result<serde_json::Value> {
    let stops = slugs(act, &journey.stops)?;
    Ok(json!({ "nama": journey.nama, "poli": stops, "otomatis": journey.automatic }))
}
