//! A new site is made ready to open.

pub mod actions;
mod kind;
pub mod routes;
pub mod template;
