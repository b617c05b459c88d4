//! What staff say to the whole room, and which TV of a room says it.

pub mod actions;
pub mod events;
pub mod routes;
