//! The queue: numbers, calls, counters. Layers: [`routes`] → [`actions`] → [`store`]; [`wire`] is what clients see.

pub mod actions;
pub mod printout;
pub mod routes;
mod speech;
pub mod store;
pub mod wire;
