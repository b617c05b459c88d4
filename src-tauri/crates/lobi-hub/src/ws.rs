//! The WebSocket door to the live feed: one session a screen.

pub mod routes;
mod session;
