//! `GET /health`: is the hub alive, does its disk take writes?

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::Condition;
use crate::http::App;
use crate::reach::views::{Phones, phones};

/// How the hub is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`; `read_only` while the disk refuses writes; `tail_lost` when the newest data is missing and nobody decided yet;
    /// `damaged` until a backup is restored; `writer_stopped` until a restart.
    #[schema(example = "ok")]
    status: &'static str,
    /// The program's version.
    version: &'static str,
    /// The number of the last event.
    last_event: i64,
    /// The service day.
    #[schema(example = "2026-11-20")]
    service_day: String,
    /// Whether phones reach the hub by the address that its QR codes hold: `never` when numbers were given and none ever came.
    phones: Phones,
    /// Screens that listen.
    listeners: usize,
    /// Whether this is a demonstration.
    demo: bool,
    /// How often the state in memory had to be built anew since the start: 0 unless the program has a fault.
    memory_rebuilt: u64,
}

/// Liveness with version and last event number.
#[utoipa::path(get, path = "/health", tag = "site", responses((status = 200, body = Health)))]
pub async fn health(State(hub): State<App>) -> Json<Health> {
    let status = match hub.db.condition() {
        _ if !hub.db.writer_alive() => "writer_stopped",
        Condition::Fine => "ok",
        Condition::DiskRefuses => "read_only",
        Condition::TailLost(_) => "tail_lost",
        Condition::Damaged { .. } => "damaged",
    };
    let phones = phones(&hub);
    let memory = hub.memory();
    Json(Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
        last_event: memory.seq,
        service_day: memory.day.to_string(),
        phones,
        listeners: hub.live.listeners(),
        demo: memory.site.demo,
        memory_rebuilt: hub.times_rebuilt(),
    })
}
