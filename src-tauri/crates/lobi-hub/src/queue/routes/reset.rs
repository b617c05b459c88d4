//! `/api/reset`: all of today's open numbers end at once; the same day it can be taken back.

use axum::Json;
use axum::extract::State;

use crate::error::Refusal;
use crate::http::auth::Intent;
use crate::http::body::Body;
use crate::http::{Answer, App};
use crate::queue::actions::reset;
use crate::queue::wire::desk::{Reset, ResetWish, Restored};

/// The word that has to be said.
const WORD: &str = "RESET";

/// End today's open numbers: who is being served is done, the others are cancelled. Numbering goes on.
#[utoipa::path(post, path = "/api/reset", tag = "admin", request_body = ResetWish,
    responses((status = 200, body = Reset)))]
pub async fn reset_day(State(hub): State<App>, intent: Intent, body: Body<ResetWish>) -> Answer<Reset> {
    let caller = intent.caller(&body.raw);
    if body.value.konfirmasi != WORD {
        return Err(Refusal::invalid([("konfirmasi", "reset_word")]).into());
    }
    Ok(Json(reset::reset(&hub, caller).await?))
}

/// Take the day's last reset back: each number stands again where it stood, unless somebody has called or returned it since.
#[utoipa::path(post, path = "/api/reset/undo", tag = "admin", responses((status = 200, body = Restored)))]
pub async fn undo_reset(State(hub): State<App>, intent: Intent) -> Answer<Restored> {
    Ok(Json(reset::undo_reset(&hub, intent.caller(&[])).await?))
}
