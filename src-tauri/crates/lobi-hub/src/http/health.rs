//! `GET /health`: is the hub alive, does its disk take writes.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use crate::db::Condition;

/// How the hub is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `read_only` while the disk refuses writes.
    #[schema(example = "ok")]
    status: &'static str,
    /// The program's version.
    version: &'static str,
    /// The number of the last event.
    last_event: i64,
    /// The service day.
    #[schema(example = "2026-11-20")]
    service_day: String,
    /// Screens that listen.
    listeners: usize,
    /// Whether this is a demonstration.
    demo: bool,
}

/// Liveness with version and last event number.
#[utoipa::path(get, path = "/health", tag = "site", responses((status = 200, body = Health)))]
pub async fn health(State(hub): State<App>) -> Json<Health> {
    let board = hub.board();
    Json(Health {
        status: match hub.db.condition() {
            Condition::Fine => "ok",
            Condition::DiskRefuses => "read_only",
            Condition::TailLost(_) => "tail_lost",
            Condition::Damaged { .. } => "damaged",
        },
        version: env!("CARGO_PKG_VERSION"),
        last_event: board.seq,
        service_day: board.day.to_string(),
        listeners: hub.live.listeners(),
        demo: hub.site().demo,
    })
}
