//! What was given and how it went, for the subjects that count afterwards.

use lobi_core::queue::ServiceId;
use lobi_core::reports::queue::Given;
use lobi_core::time::ServiceDay;

use crate::error::Result;
use crate::hub::Hub;
use crate::queue::store::{given, services};
use crate::wire::Poli;

/// The numbers that these services gave from one day to another, and what the services are called, also those that were given up.
///
/// # Errors
/// A database error.
pub async fn given_by(
    hub: &Hub,
    wanted: impl Fn(ServiceId) -> bool + Send + 'static,
    (from, until): (ServiceDay, ServiceDay),
) -> Result<(Vec<(ServiceId, Poli)>, Vec<Given>)> {
    let found = hub.db.read(move |sql| {
        let services = services::services(sql)?;
        let mut all = Vec::new();
        for service in services.iter().filter(|service| wanted(service.id)) {
            all.extend(given::given(sql, service.id, from, until)?);
        }
        let names = services.iter().map(|service| (service.id, Poli::from(service))).collect();
        Ok((names, all))
    });
    Ok(found.await?)
}
