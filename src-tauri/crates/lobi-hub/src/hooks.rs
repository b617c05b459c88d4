//! What the subjects hang into the ground: the ground calls these without knowing who they are. `house.rs` fills them in.

use std::sync::Arc;

use lobi_core::access::Member;
use lobi_core::memory::Memory;
use lobi_core::site::day::LastSeen;
use lobi_core::time::{ServiceDay, Timestamp, Zone};
use rusqlite::Connection;

use crate::act::Act;
use crate::db::{DbError, Numbers};
use crate::error::Result;
use crate::hub::Hub;
use crate::jobs::JobKind;

/// Looks up whose session has a token with this digest.
pub type Whose = fn(&Connection, &[u8; 32], Timestamp) -> Result<Option<Member>, DbError>;

/// The subjects' parts.
pub struct Hooks {
    /// The numbers that are remembered outside the database: they may be on paper.
    pub numbers: Numbers,
    /// Builds the state in memory from disk.
    pub rebuild: fn(&Connection) -> Result<Memory, DbError>,
    /// Which day it is.
    pub today: fn(&Connection, Timestamp, LastSeen) -> Result<Today, DbError>,
    /// Whose session has a token with this digest.
    pub whose: Whose,
    /// Ends the day `from` and begins the act's own.
    pub roll: fn(&mut Act<'_, '_>, ServiceDay) -> Result<()>,
    /// Every kind of durable job.
    pub jobs: &'static [JobKind],
    /// What happens by itself every half a minute.
    pub routines: &'static [Routine],
}

/// Which day it is.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    /// The stored service day.
    pub day: ServiceDay,
    /// The day that is to begin first.
    pub roll: Option<ServiceDay>,
    /// The day that the clock asks for and that waits for an admin.
    pub doubted: Option<ServiceDay>,
    /// The site's zone.
    pub zone: Zone,
}

/// A small, bounded step of housekeeping: no visitor ever waits for it.
pub struct Routine {
    /// Its name in the log.
    pub name: &'static str,
    /// Does it once.
    pub step: fn(Arc<Hub>, Timestamp) -> Step,
}

/// A routine's step under way.
pub type Step = std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send>>;
