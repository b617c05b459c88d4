//! What was given and how it went, for the subjects that count afterwards.

use lobi_core::queue::{ClassId, ServiceId};
use lobi_core::reports::queue::Given;
use lobi_core::time::ServiceDay;

use crate::error::Result;
use crate::hub::Hub;
use crate::queue::store::{classes, given, services};
use crate::queue::wire::classes::Kelas;
use crate::wire::Poli;

/// What was given, and what the rows that it is counted by are called.
#[derive(Default)]
pub struct GivenBy {
    /// The numbers.
    pub numbers: Vec<Given>,
    /// Every service, also those that were given up, in the site's order.
    pub services: Vec<(ServiceId, Poli)>,
    /// Every priority class, in the site's order.
    pub classes: Vec<(ClassId, Kelas)>,
}

/// The numbers that these services gave from one day to another.
///
/// # Errors
/// A database error.
pub async fn given_by(
    hub: &Hub,
    wanted: impl Fn(ServiceId) -> bool + Send + 'static,
    (from, until): (ServiceDay, ServiceDay),
) -> Result<GivenBy> {
    let found = hub.db.read(move |sql| {
        let services = services::services(sql)?;
        let mut by = GivenBy::default();
        for service in services.iter().filter(|service| wanted(service.id)) {
            by.numbers.extend(given::given(sql, service.id, from, until)?);
        }
        by.services = services.iter().map(|service| (service.id, Poli::from(service))).collect();
        by.classes = classes::classes(sql)?.iter().map(|class| (class.id, Kelas::from(class))).collect();
        Ok(by)
    });
    Ok(found.await?)
}
