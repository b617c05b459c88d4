//! The devices of all machines of the site.

pub mod machines;
