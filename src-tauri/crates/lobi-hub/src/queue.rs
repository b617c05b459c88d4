//! The queue: numbers, calls, counters. Layers: [`routes`] → [`actions`] → [`store`]; [`wire`] is what clients see.

pub mod actions;
pub mod routes;
pub mod store;
pub mod wire;
