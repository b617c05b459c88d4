//! Services and counters are set up.

use std::sync::Arc;

use lobi_core::queue::next::REGULAR_BEFORE_PRIORITY;
use lobi_core::queue::{CounterNumber, Service, ServiceId};

use crate::db::{Change, NewEvent};
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::queue::store::{self, Counter};
use crate::settings::store as settings;

/// Adds a service or replaces the one with the same slug; `id` in the input is ignored.
///
/// # Errors
/// A database error.
pub async fn set_service(hub: &Arc<Hub>, caller: Caller, service: Service) -> Result<ServiceId> {
    hub.act(caller, move |tx, _, caller| {
        let id = store::save_service(tx.sql(), &service)?;
        let service = Service { id, ..service };
        let day = settings::stored_day(tx.sql())?.day;
        tx.record(NewEvent {
            at: caller.now,
            day,
            channel: "display".into(),
            counter: None,
            kind: "SiteUpdated",
            actor: caller.actor.name(),
            data: serde_json::json!({ "poli": service.slug }).to_string(),
            change: Change::Service(service),
        })?;
        Ok(id)
    })
    .await
}

/// Adds a counter that serves these services (by slug), or changes the one with this number.
///
/// # Errors
/// No such service; a database error.
pub async fn set_counter(
    hub: &Arc<Hub>,
    caller: Caller,
    number: CounterNumber,
    nama: String,
    serves: Vec<String>,
) -> Result<()> {
    hub.act(caller, move |tx, _, _| {
        let mut services = Vec::with_capacity(serves.len());
        for slug in serves {
            services.push(store::service(tx.sql(), &slug)?.ok_or(Refusal::ServiceNotFound(slug))?.id);
        }
        // The full run: the first priority visitor of a new counter does not wait.
        let counter = Counter { number, nama, regular_run: REGULAR_BEFORE_PRIORITY, services };
        Ok(store::save_counter(tx.sql(), &counter)?)
    })
    .await
}
