//! What visitors do about their own numbers: seen by telephone and a code, cancelled, and a visit judged afterwards.

pub mod actions;
pub mod routes;
pub mod store;
pub mod wire;
