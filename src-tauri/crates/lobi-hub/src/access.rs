//! Accounts of the staff and their sessions.

pub mod actions;
pub mod credentials;
pub mod events;
pub mod routes;
pub mod store;
