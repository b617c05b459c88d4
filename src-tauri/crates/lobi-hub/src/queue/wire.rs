//! What clients see of the queue. Times are RFC 3339 with the site's offset.

pub mod classes;
pub mod desk;
pub mod journeys;
pub mod patients;
pub mod stats;
pub mod ticket;
pub mod visitor;
