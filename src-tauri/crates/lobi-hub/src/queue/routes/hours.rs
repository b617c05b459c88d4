//! `/api/services/{slug}/hours`: when a service gives numbers, and how many a day.

use axum::Json;
use axum::extract::State;
use lobi_core::site::Hours;

use crate::error::Refusal;
use crate::fields::Fields;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, App};
use crate::queue::actions::hours::set_hours;

/// Hours of a week that a service may have.
const MOST_SPANS: usize = 42;

/// When the service gives numbers, and how many a day.
#[utoipa::path(get, path = "/api/services/{slug}/hours", tag = "visitor", params(("slug" = String, Path, description = "Slug")),
    responses((status = 200, body = Hours)))]
pub async fn hours(State(hub): State<App>, Path(slug): Path<String>) -> Answer<Hours> {
    let memory = hub.memory();
    let service = memory.queue.service_by_slug(&slug).ok_or_else(|| Refusal::no_service(&slug))?;
    Ok(Json(service.hours.clone()))
}

/// Set when the service gives numbers: kiosks show it at once. Without `jam` it gives them at any time, also on holidays.
#[utoipa::path(put, path = "/api/services/{slug}/hours", tag = "admin", params(("slug" = String, Path, description = "Slug")),
    request_body = Hours, responses((status = 200, body = Hours)))]
pub async fn change_hours(
    State(app): State<App>,
    Path(slug): Path<String>,
    intent: Intent,
    body: Body<Hours>,
) -> Answer<Hours> {
    let caller = intent.caller(&body.raw);
    let mut fields = Fields::default();
    fields.check(body.value.jam.len() <= MOST_SPANS && body.value.make_sense(), "jam", "hours");
    fields.done()?;
    set_hours(&app, caller, slug.clone(), body.value).await?;
    hours(State(app), Path(slug)).await
}
