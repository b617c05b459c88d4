//! What was given and how it went, for the subjects that count afterwards.

use lobi_core::queue::{ClassId, ServiceId};
use lobi_core::reports::queue::{Count, Report};
use lobi_core::time::{ServiceDay, Zone};

use crate::error::Result;
use crate::hub::Hub;
use crate::queue::store::{classes, given, services};
use crate::queue::wire::classes::Kelas;
use crate::wire::Poli;

/// What was given, and what the rows that it is counted by are called.
#[derive(Default)]
pub struct GivenBy {
    /// The numbers, counted.
    pub report: Report,
    /// Every service, also those that were given up, in the site's order.
    pub services: Vec<(ServiceId, Poli)>,
    /// Every priority class, in the site's order.
    pub classes: Vec<(ClassId, Kelas)>,
}

/// The numbers that these services gave from one day to another, counted by the clock of that zone as they are read.
///
/// # Errors
/// A database error.
pub async fn given_by(
    hub: &Hub,
    wanted: impl Fn(ServiceId) -> bool + Send + 'static,
    (from, until): (ServiceDay, ServiceDay),
    zone: Zone,
) -> Result<GivenBy> {
    let found = hub.db.read(move |sql| {
        let services = services::services(sql)?;
        let mut count = Count::by_the_clock_of(zone);
        for service in services.iter().filter(|service| wanted(service.id)) {
            given::each(sql, service.id, (from, until), |one| count.add(&one))?;
        }
        let mut by = GivenBy { report: count.report(), ..GivenBy::default() };
        by.services = services.iter().map(|service| (service.id, Poli::from(service))).collect();
        by.classes = classes::classes(sql)?.iter().map(|class| (class.id, Kelas::from(class))).collect();
        Ok(by)
    });
    Ok(found.await?)
}
