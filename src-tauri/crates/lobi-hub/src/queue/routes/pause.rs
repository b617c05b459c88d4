//! `/api/counters/{n}/pause`, `open`, `close`: whether somebody is to be expected at a counter.

use axum::Json;
use axum::extract::State;
use lobi_core::queue::{CounterNumber, CounterState};

use super::dashboard::counters_now;
use crate::fields::{Fields, one_line};
use crate::http::auth::{By, Intent};
use crate::http::body::{Body, Path};
use crate::http::{Answer, App};
use crate::queue::actions::pause::set_presence;
use crate::queue::wire::desk::{Counters, Pause};

/// The longest reason in characters.
const LONGEST_REASON: usize = 100;

/// Pause a counter: it leaves the estimates, and colleagues see why and since when. Calling there opens it again.
#[utoipa::path(post, path = "/api/counters/{n}/pause", tag = "staff", request_body = Pause,
    params(("n" = u32, Path, description = "Its number")), responses((status = 200, body = Counters)))]
pub async fn pause(
    State(hub): State<App>,
    Path(n): Path<u32>,
    By(asks): By,
    intent: Intent,
    body: Body<Pause>,
) -> Answer<Counters> {
    let caller = intent.caller(&body.raw);
    let reason = one_line(&body.value.alasan);
    let mut fields = Fields::default();
    fields.check((1..=LONGEST_REASON).contains(&reason.chars().count()), "alasan", "pause_reason");
    fields.done()?;
    set_presence(&hub, caller, CounterNumber(n), CounterState::Paused, reason).await?;
    Ok(Json(counters_now(&hub, &asks).await?))
}

/// Open a counter again.
#[utoipa::path(post, path = "/api/counters/{n}/open", tag = "staff", params(("n" = u32, Path, description = "Its number")),
    responses((status = 200, body = Counters)))]
pub async fn open(
    State(hub): State<App>,
    Path(n): Path<u32>,
    By(asks): By,
    intent: Intent,
) -> Answer<Counters> {
    set_presence(&hub, intent.caller(&[]), CounterNumber(n), CounterState::Open, String::new()).await?;
    Ok(Json(counters_now(&hub, &asks).await?))
}

/// Close a counter for the rest of the day.
#[utoipa::path(post, path = "/api/counters/{n}/close", tag = "staff", params(("n" = u32, Path, description = "Its number")),
    responses((status = 200, body = Counters)))]
pub async fn close(
    State(hub): State<App>,
    Path(n): Path<u32>,
    By(asks): By,
    intent: Intent,
) -> Answer<Counters> {
    set_presence(&hub, intent.caller(&[]), CounterNumber(n), CounterState::Closed, String::new()).await?;
    Ok(Json(counters_now(&hub, &asks).await?))
}
