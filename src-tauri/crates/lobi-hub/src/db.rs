//! The engine room: one encrypted SQLite file, one writer, a few readers. The only code below the subjects'
//! `store.rs` that speaks SQL. Reading order: [`open`], [`writer`], [`events`], [`idempotency`].

pub mod audit;
pub mod columns;
pub mod events;
pub mod folder;
pub mod idempotency;
pub mod jobs;
pub mod migrate;
pub mod open;
pub mod readers;
pub mod writer;

use std::path::Path;
use std::sync::Arc;

use lobi_core::time::Timestamp;
use rusqlite::{Connection, ErrorCode};
use thiserror::Error;

pub use audit::NewAudit;
pub use events::{Event, NewEvent};
pub use folder::{DataFolder, StartError};
pub use idempotency::OnceKey;
pub use jobs::NewJob;
pub use writer::{Commit, WriteTx};

pub use crate::config::DbConfig;

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
    /// A statement failed for a reason of our own making.
    #[error("database: {0}")]
    Broken(rusqlite::Error),
    /// The work panicked; it was undone.
    #[error("the work panicked and was undone")]
    Panicked,
    /// The hub is stopping.
    #[error("the hub is stopping")]
    Stopping,
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use ErrorCode::{CannotOpen, DatabaseCorrupt, DiskFull, ReadOnly, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(DiskFull | SystemIoFailure | ReadOnly | CannotOpen | DatabaseCorrupt) => {
                DbError::NotSaved(error.to_string())
            }
            _ => DbError::Broken(error),
        }
    }
}

/// The open database: `write` for changes, `read` for questions that boards cannot answer.
pub struct Db {
    writer: writer::Writer,
    readers: readers::Readers,
}

impl Db {
    /// Opens (or makes) the database of a locked data folder. `now` stamps a new file. `on_commit` is called on
    /// the writer's thread with the events of each commit, before the callers are answered.
    ///
    /// # Errors
    /// [`StartError`] with a sentence for the person who starts the hub.
    pub fn open(
        folder: &DataFolder,
        config: &DbConfig,
        now: Timestamp,
        on_commit: impl FnMut(&Connection, Commit) + Send + 'static,
    ) -> Result<Db, StartError> {
        let key = Arc::new(folder.key()?);
        let path: Arc<Path> = folder.database().into();
        let mut connection = open::writer(&path, &key)?;
        if folder.stopped_uncleanly() {
            open::quick_check(&connection)?;
        }
        migrate::run(&mut connection, now)?;
        let readers =
            (0..config.readers).map(|_| open::reader(&path, &key)).collect::<Result<Vec<Connection>, _>>()?;
        open::settle(&connection)?;
        let reopen = move || {
            let connection = open::writer(&path, &key)?;
            open::settle(&connection)?;
            Ok(connection)
        };
        Ok(Db {
            writer: writer::Writer::start(config, connection, Box::new(reopen), Box::new(on_commit))?,
            readers: readers::Readers::new(readers),
        })
    }

    /// Runs `work` in the writer's next transaction and answers after its commit is on disk. Work that returns
    /// an error is undone alone; its neighbours in the batch are not touched.
    ///
    /// # Errors
    /// What `work` returns, or a [`DbError`].
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Runs `work` on a read-only connection, off the async threads.
    ///
    /// # Errors
    /// What `work` returns, or why it could not run.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        self.readers.read(work).await
    }

    /// Whether the writer is at work; without it nothing is ever written again.
    pub fn writer_alive(&self) -> bool {
        self.writer.alive()
    }

    /// Told after every commit that enqueued a job.
    pub fn jobs_wait(&self) -> Arc<tokio::sync::Notify> {
        self.writer.jobs_wait()
    }

    /// Whether the disk refuses writes at the moment.
    pub fn read_only(&self) -> bool {
        self.writer.read_only()
    }

    /// Finishes what is queued, checkpoints and closes the file.
    pub fn close(&self) {
        self.readers.close();
        self.writer.stop();
    }
}
