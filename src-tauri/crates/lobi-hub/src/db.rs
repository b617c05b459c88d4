//! The engine room: one encrypted SQLite file, one writer, a few readers. The only code below the subjects'
//! `store.rs` that speaks SQL. Reading order: [`open`], [`writer`], [`events`], [`idempotency`]; then [`condition`],
//! [`head`] and [`inspect`]: what is noticed when the file is not as it was left.

pub mod accept;
pub mod audit;
pub mod backup;
pub mod columns;
pub mod condition;
pub mod error;
pub mod events;
pub mod folder;
pub mod head;
pub mod idempotency;
pub mod inspect;
pub mod jobs;
pub mod key;
pub mod migrate;
pub mod open;
pub mod readers;
mod seen;
pub mod start_error;
pub mod transaction;
pub mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lobi_core::time::Timestamp;
use rusqlite::Connection;

pub use accept::accept_loss;
pub use audit::NewAudit;
pub use backup::backup;
pub use condition::Condition;
pub use error::DbError;
pub use events::{Event, NewEvent};
pub use folder::DataFolder;
pub use head::{Given, Numbers};
pub use idempotency::OnceKey;
pub use jobs::NewJob;
pub use start_error::StartError;
pub use transaction::{Commit, WriteTx};

use crate::config::DbConfig;
use condition::Standing;
use head::Head;
use inspect::Inspection;

/// The open database: `write` for changes, `read` for questions that boards cannot answer.
pub struct Db {
    /// Nothing while the file may not be touched.
    writer: Option<writer::Writer>,
    readers: readers::Readers,
    standing: Standing,
    head: Option<Arc<Mutex<Head>>>,
    inspection: Mutex<Option<Inspection>>,
    database: PathBuf,
}

impl Db {
    /// Opens (or makes) the database of a locked data folder. `now` stamps a new file. `numbers` are remembered beside
    /// it. `on_commit` is called on the writer's thread with what each commit made true, before the callers are answered.
    ///
    /// A file that is damaged, or whose newest part is missing, opens all the same, for reading: see [`Db::condition`].
    ///
    /// # Errors
    /// [`StartError`] with a sentence for the person who starts the hub.
    pub fn open(
        folder: &DataFolder,
        config: &DbConfig,
        now: Timestamp,
        numbers: Numbers,
        on_commit: impl FnMut(&Connection, Commit) + Send + 'static,
    ) -> Result<Db, StartError> {
        Db::judged(folder, config, now, numbers, on_commit)
            .map_err(|error| error.with_backup(folder.newest_backup()))
    }

    fn judged(
        folder: &DataFolder,
        config: &DbConfig,
        now: Timestamp,
        numbers: Numbers,
        mut on_commit: impl FnMut(&Connection, Commit) + Send + 'static,
    ) -> Result<Db, StartError> {
        let key = Arc::new(folder.key()?);
        let path: Arc<Path> = folder.database().into();
        let mut connection = open::writer(&path, &key)?;
        let standing = Standing::new(folder);
        let read_now = inspect::judge(folder, &connection, &standing)?;
        match standing.now().into_error() {
            Some(error) if migrate::is_due(&connection)? => return Err(error),
            Some(_) => {}
            None => {
                migrate::run(&mut connection, now)?;
                folder.keep_key()?;
            }
        }
        let reader = || open::reader(&path, &key);
        let readers = (0..config.readers).map(|_| reader()).collect::<Result<Vec<Connection>, _>>()?;
        let inspection = if read_now { None } else { Some(Inspection::start(reader()?, standing.clone())) };
        let (mut writer, mut head) = (None, None);
        if standing.now() == Condition::Fine {
            open::settle(&connection)?;
            let begun = inspect::begin(folder, &connection, numbers)?;
            let remember = Arc::clone(&begun);
            let on_commit = move |sql: &Connection, commit: Commit| {
                if let Some(last) = commit.events.last() {
                    lock(&remember).came_to(last.seq, commit.given.clone());
                }
                on_commit(sql, commit);
            };
            let reopen = move || {
                let connection = open::writer(&path, &key)?;
                open::settle(&connection)?;
                Ok(connection)
            };
            writer = Some(writer::Writer::start(
                config,
                connection,
                numbers,
                Box::new(reopen),
                Box::new(on_commit),
            )?);
            head = Some(begun);
        }
        Ok(Db {
            writer,
            readers: readers::Readers::new(readers),
            standing,
            head,
            inspection: Mutex::new(inspection),
            database: folder.database(),
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
        if let Some(why) = self.standing.refusal() {
            return Err(why.into());
        }
        let Some(writer) = &self.writer else { return Err(DbError::Stopping.into()) };
        let standing = self.standing.clone();
        writer.write(move |tx| standing.watch(|| work(tx))).await
    }

    /// Runs `work` on a read-only connection, off the async threads.
    ///
    /// # Errors
    /// What `work` returns, or why it could not run.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let standing = self.standing.clone();
        self.readers.read(move |sql| standing.watch(|| work(sql))).await
    }

    /// Whether the writer is at work, where there is one: without it nothing is ever written again.
    pub fn writer_alive(&self) -> bool {
        self.writer.as_ref().is_none_or(writer::Writer::alive)
    }

    /// Told after every commit that enqueued a job.
    pub fn jobs_wait(&self) -> Arc<tokio::sync::Notify> {
        self.writer.as_ref().map(writer::Writer::jobs_wait).unwrap_or_default()
    }

    /// What may be done with the data at the moment.
    pub fn condition(&self) -> Condition {
        match self.standing.now() {
            Condition::Fine if self.writer.as_ref().is_some_and(writer::Writer::read_only) => {
                Condition::DiskRefuses
            }
            other => other,
        }
    }

    /// Whether every page was read since the start, or the reading ended early.
    pub fn is_inspected(&self) -> bool {
        lock(&self.inspection).as_ref().is_none_or(Inspection::is_done)
    }

    /// Finishes what is queued, checkpoints and closes the file; the head remembers how it was left.
    pub fn close(&self) {
        drop(lock(&self.inspection).take());
        self.readers.close();
        if let Some(writer) = &self.writer {
            writer.stop();
        }
        if let Some(head) = self.head.as_ref().filter(|_| self.standing.now() == Condition::Fine)
            && let Err(error) = inspect::end(&self.database, &mut lock(head))
        {
            tracing::warn!(%error, "lobi.head does not say how the hub stopped; the next start reads every page");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
