//! The queue: numbers, calls, counters. Layers: [`routes`] → [`actions`] → [`store`]; [`wire`] is what clients see,
//! [`events`] what they hear.

pub mod actions;
pub mod day_end;
pub mod events;
pub mod jobs;
pub mod printout;
pub mod routes;
mod speech;
pub mod store;
pub mod views;
pub mod wire;
