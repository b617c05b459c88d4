//! An open transaction, and what it makes true: events, what they change in memory, jobs that wait.

use lobi_core::memory::Change;
use rusqlite::Connection;

use super::error::DbError;
use super::events::{self, Event, NewEvent};
use super::head::Given;

/// What an action works on: the open transaction, and the events that it makes true.
pub struct WriteTx<'a> {
    pub(super) connection: &'a Connection,
    pub(super) happened: Commit,
}

/// What a transaction made true: its events, and what they change in memory, carried unread.
#[derive(Debug, Default)]
pub struct Commit {
    /// In order.
    pub events: Vec<Event>,
    /// In order.
    pub changes: Vec<Change>,
    /// Whether a job was enqueued.
    pub(super) job_waits: bool,
    /// The numbers given so far, where events happened.
    pub(super) given: Option<Given>,
}

impl Commit {
    pub(super) fn append(&mut self, mut other: Commit) {
        self.events.append(&mut other.events);
        self.changes.append(&mut other.changes);
        self.job_waits |= other.job_waits;
    }
}

impl WriteTx<'_> {
    /// The connection, inside the transaction: for `store.rs` files.
    pub fn sql(&self) -> &Connection {
        self.connection
    }

    /// Writes an event down with what it changes in memory; screens learn of it after the commit.
    ///
    /// # Errors
    /// [`DbError`] when the row cannot be written.
    pub fn record(
        &mut self,
        event: NewEvent,
        changes: impl IntoIterator<Item = Change>,
    ) -> Result<(), DbError> {
        self.happened.events.push(events::insert(self.connection, event)?);
        self.happened.changes.extend(changes);
        Ok(())
    }

    /// The number that the next event gets.
    ///
    /// # Errors
    /// [`DbError`] when it cannot be read.
    pub fn next_seq(&self) -> Result<i64, DbError> {
        events::next_seq(self.connection)
    }

    /// A job was enqueued: whoever runs jobs is woken after the commit.
    pub fn job_waits(&mut self) {
        self.happened.job_waits = true;
    }
}
