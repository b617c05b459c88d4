//! `/api/journeys` and `/api/queue/{id}/journey`: ways through the building.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::queue::{Journey, TicketId};

use super::manage::name;
use crate::fields::Fields;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};
use crate::queue::actions::journeys::{self as actions, NewJourney, Way};
use crate::queue::store::journeys as rows;
use crate::queue::wire::journeys::{GiveWay, JourneyView, Journeys, SetJourney};
use crate::queue::wire::ticket::TicketAnswer;
use crate::wire::Poli;

/// The site's ways through the building.
#[utoipa::path(get, path = "/api/journeys", tag = "staff", responses((status = 200, body = Journeys)))]
pub async fn journeys(State(hub): State<App>) -> Answer<Journeys> {
    Ok(Json(journeys_now(&hub).await?))
}

async fn journeys_now(hub: &App) -> Result<Journeys, ApiError> {
    let found = hub.db.read(rows::journeys).await?;
    let memory = hub.memory();
    let view = |journey: Journey| JourneyView {
        poli: journey.stops.iter().filter_map(|id| memory.queue.service(*id)).map(Poli::from).collect(),
        slug: journey.slug,
        nama: journey.nama,
        otomatis: journey.automatic,
    };
    Ok(Journeys { alur: found.into_iter().map(view).collect() })
}

/// Add a way through the building.
#[utoipa::path(post, path = "/api/journeys", tag = "admin", request_body = SetJourney,
    responses((status = 201, body = Journeys)))]
pub async fn add_journey(
    State(hub): State<App>,
    intent: Intent,
    body: Body<SetJourney>,
) -> Result<(StatusCode, Json<Journeys>), ApiError> {
    let caller = intent.caller(&body.raw);
    actions::set_journey(&hub, caller, None, checked(body.value)?).await?;
    Ok((StatusCode::CREATED, Json(journeys_now(&hub).await?)))
}

/// Change a way; numbers that go it already go on as they were told.
#[utoipa::path(put, path = "/api/journeys/{slug}", tag = "admin", params(("slug" = String, Path, description = "Slug")),
    request_body = SetJourney, responses((status = 200, body = Journeys)))]
pub async fn change_journey(
    State(hub): State<App>,
    Path(slug): Path<String>,
    intent: Intent,
    body: Body<SetJourney>,
) -> Answer<Journeys> {
    let caller = intent.caller(&body.raw);
    actions::set_journey(&hub, caller, Some(slug), checked(body.value)?).await?;
    Ok(Json(journeys_now(&hub).await?))
}

/// Remove a way; numbers that go it already go on as they were told.
#[utoipa::path(delete, path = "/api/journeys/{slug}", tag = "admin", params(("slug" = String, Path, description = "Slug")),
    responses((status = 200, body = Journeys)))]
pub async fn remove_journey(
    State(hub): State<App>,
    Path(slug): Path<String>,
    intent: Intent,
) -> Answer<Journeys> {
    actions::remove_journey(&hub, intent.caller(&[]), slug).await?;
    Ok(Json(journeys_now(&hub).await?))
}

fn checked(input: SetJourney) -> Result<NewJourney, ApiError> {
    let SetJourney { nama, poli: stops, otomatis: automatic } = input;
    let mut fields = Fields::default();
    let nama = name(&mut fields, "nama", &nama);
    fields.done()?;
    Ok(NewJourney { nama, stops, automatic })
}

/// Say where a number goes from where it is: what is left of a way, or stops of its own.
#[utoipa::path(put, path = "/api/queue/{id}/journey", tag = "staff", request_body = GiveWay,
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn give_way(
    State(hub): State<App>,
    intent: Intent,
    Path(id): Path<i64>,
    body: Body<GiveWay>,
) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    let mut fields = Fields::default();
    let way = match (body.value.alur, body.value.poli) {
        (Some(slug), None) => Way::Template(slug),
        (None, Some(stops)) => Way::Stops(stops),
        _ => {
            fields.check(false, "alur", "journey_one");
            Way::Stops(Vec::new())
        }
    };
    fields.done()?;
    Ok(Json(actions::route(&hub, caller, TicketId(id), way).await?))
}
