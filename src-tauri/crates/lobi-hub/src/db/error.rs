//! Why the database gave no answer.

use rusqlite::ErrorCode;
use thiserror::Error;

use super::seen;

/// Why the database gave no answer. Refusals by rules are not among these.
#[derive(Debug, Error)]
pub enum DbError {
    /// The writer's queue is full: try again in a moment.
    #[error("the writer's queue is full")]
    Busy,
    /// A question could not be answered: the disk cannot be read at the moment.
    #[error("not read: {0}")]
    NotRead(String),
    /// The disk did not take it (full, broken, read-only). Nothing was changed.
    #[error("not saved: {0}")]
    NotSaved(String),
    /// Pages do not fit their checksums or each other. Nothing was changed, and nothing will be.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The newest part of the data is missing, and nobody decided yet. Nothing was changed.
    #[error("lost: {0}")]
    TailLost(String),
    /// A statement failed for a reason of our own making.
    #[error("database: {0}")]
    Broken(rusqlite::Error),
    /// The work panicked; it was undone.
    #[error("the work panicked and was undone")]
    Panicked,
    /// Whoever writes died of a mistake of ours: nothing is saved until the hub is started again.
    #[error("the writer died")]
    WriterDied,
    /// The hub is stopping.
    #[error("the hub is stopping")]
    Stopping,
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use ErrorCode::{CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, ReadOnly, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(DiskFull | SystemIoFailure | ReadOnly | CannotOpen) => DbError::NotSaved(error.to_string()),
            Some(DatabaseCorrupt | NotADatabase) => {
                seen::saw(&error.to_string());
                DbError::Damaged(error.to_string())
            }
            _ => DbError::Broken(error),
        }
    }
}
