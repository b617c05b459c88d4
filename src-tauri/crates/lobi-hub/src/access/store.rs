//! SQL of accounts, sessions and keys, a table a file.

pub mod keys;
pub mod sessions;
pub mod staff;
