//! The site's own facts and its service day.

pub mod actions;
pub mod day;
pub mod events;
pub mod routes;
pub mod store;
