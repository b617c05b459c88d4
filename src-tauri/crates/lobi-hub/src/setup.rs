//! A new site is made ready to open.

pub mod actions;
pub mod code;
mod kind;
pub mod routes;
pub mod template;
