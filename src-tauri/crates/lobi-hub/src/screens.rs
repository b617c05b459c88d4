//! The TVs of the site: what each shows and how, said by an admin from a desk.

pub mod actions;
pub mod events;
pub mod routes;
pub mod store;
pub mod wire;
