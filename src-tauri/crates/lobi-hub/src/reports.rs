//! Numbers that an inspector accepts: what a day, a week and a month were like, each figure with one definition.

pub mod routes;
pub mod wire;
