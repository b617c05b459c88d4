//! What an admin decides about the site on a screen.

pub mod routes;
mod wish;
