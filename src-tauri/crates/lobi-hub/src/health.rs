//! How the hub is, for whoever watches it.

pub mod routes;
