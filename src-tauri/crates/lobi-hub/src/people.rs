//! Patients: who they are, how they are recognised and found, and what staff know about them.

pub mod actions;
pub mod events;
pub mod record;
pub mod routes;
pub mod store;
pub mod visitor;
pub mod wire;

pub use record::PersonId;
pub use visitor::Visitor;
