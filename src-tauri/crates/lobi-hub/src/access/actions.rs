//! What people do about accounts, one file per thing: sessions, colleagues, passwords, keys for other programs.

pub mod keys;
pub mod password;
pub mod session;
pub mod staff;
