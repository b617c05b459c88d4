//! What the subjects hang into the ground: the ground calls these without knowing who they are. `house.rs` fills them in.

use lobi_core::access::{ApiKey, Member};
use lobi_core::memory::Memory;
use lobi_core::time::Timestamp;
use rusqlite::Connection;

use crate::act::DayHooks;
use crate::db::{DbError, Numbers};

/// Looks up whose session has a token with this digest.
pub type Whose = fn(&Connection, &[u8; 32], Timestamp) -> Result<Option<Member>, DbError>;

/// Looks up which program's key has this digest.
pub type WhoseKey = fn(&Connection, &[u8; 32], Timestamp) -> Result<Option<ApiKey>, DbError>;

/// What somebody is called of whom only the name in events and audit is known (`staff:3`); nothing for the public and the hub.
pub type Called = fn(&Connection, &str) -> Result<Option<String>, DbError>;

/// The subjects' parts.
pub struct Hooks {
    /// The numbers that are remembered outside the database: they may be on paper.
    pub numbers: Numbers,
    /// Builds the state in memory from disk.
    pub rebuild: fn(&Connection) -> Result<Memory, DbError>,
    /// Which day it is, and how one ends.
    pub day: DayHooks,
    /// Whose session has a token with this digest.
    pub whose: Whose,
    /// Which program's key has this digest.
    pub whose_key: WhoseKey,
    /// The kinds of events that other programs may be told of.
    pub outward: &'static [&'static str],
    /// What somebody is called who acted.
    pub called: Called,
}
