//! `/api/stats`: how today stands (seed 1).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use lobi_core::access::{Permission, Reach};
use lobi_core::queue::ServiceId;

use crate::http::App;
use crate::http::auth::By;
use crate::queue::wire::stats::{CounterStanding, ServiceStanding, Standing, TodayStats};

/// How today stands: of all services for an admin and a front desk, of the own ones for others.
#[utoipa::path(get, path = "/api/stats", tag = "reports", responses((status = 200, body = TodayStats)))]
pub async fn stats(State(hub): State<App>, By(asks): By) -> Json<TodayStats> {
    let memory = hub.memory();
    let board = &memory.queue;
    let mut standing = Standing::default();
    let mut services: BTreeMap<ServiceId, Standing> = BTreeMap::new();
    let mut counters: BTreeMap<u32, Standing> = BTreeMap::new();
    let own = |service| asks.may(Permission::ViewOwnPoliQueue, Reach::Service(service));
    for ticket in board.tickets().filter(|ticket| own(ticket.service)) {
        standing.add(ticket);
        services.entry(ticket.service).or_default().add(ticket);
        if let Some(counter) = ticket.stage.counter {
            counters.entry(counter.0).or_default().add(ticket);
        }
    }
    let per_poli = board.services().filter_map(|service| {
        Some(ServiceStanding { poli: service.into(), standing: *services.get(&service.id)? })
    });
    let per_loket = counters.into_iter().map(|(loket, standing)| CounterStanding { loket, standing });
    Json(TodayStats {
        tanggal: memory.day.to_string(),
        standing,
        per_poli: per_poli.collect(),
        per_loket: per_loket.collect(),
    })
}
