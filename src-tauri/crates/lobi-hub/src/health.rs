//! How the hub is, for whoever watches it.

pub mod actions;
pub mod jobs;
pub mod routes;
