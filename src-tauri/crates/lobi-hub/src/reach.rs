//! By which address phones reach the hub: which there are, which is in use, whether any phone ever came.

pub mod actions;
pub mod routes;
mod store;
pub mod views;
