//! What is asked about accounts: one's own session, the colleagues, keys for other programs.

pub mod keys;
pub mod session;
pub mod users;
