//! One thread, one read-write connection, group commit: a single caller pays one disk sync, a crowd shares it.
//!
//! The loop takes the first command, drains what waits, runs each in its own savepoint, commits once with
//! `synchronous = full`, and only then applies events, answers callers and lets screens know.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{Notify, oneshot};

use super::error::DbError;
use super::head::Numbers;
use super::start_error::StartError;
use super::transaction::{Commit, WriteTx};
use crate::config::DbConfig;

/// Commands that may wait; one more is answered "busy".
const QUEUE: usize = 8_192;
/// Commands that share a commit at most.
pub const BATCH: usize = 512;
/// Pages in the write-ahead log from which it is folded in when nobody waits, and from which it is at once.
const CHECKPOINT_IDLE: i32 = 1_000;
const CHECKPOINT_NOW: i32 = 4_000;

/// One caller's work, and the way back to the caller.
trait Command: Send {
    /// Does the work inside the open transaction.
    fn run(self: Box<Self>, tx: &mut WriteTx<'_>) -> Ran;
    /// Tells the caller that it was not done.
    fn refuse(self: Box<Self>, why: DbError);
}

/// What remains of a command between its run and the commit.
struct Ran {
    /// Whether its changes stay.
    keep: bool,
    /// Tells the caller how it ended.
    answer: Box<dyn FnOnce(Result<(), DbError>) + Send>,
}

struct Work<F, T, E> {
    work: F,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Command for Work<F, T, E>
where
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    fn run(self: Box<Self>, tx: &mut WriteTx<'_>) -> Ran {
        let Work { work, answer } = *self;
        let result =
            catch_unwind(AssertUnwindSafe(|| work(tx))).unwrap_or_else(|_| Err(DbError::Panicked.into()));
        let keep = result.is_ok();
        let answer = Box::new(move |committed: Result<(), DbError>| {
            // Nobody listens any more when the client hung up; the work is done all the same.
            let _ = answer.send(result.and_then(|value| committed.map(|()| value).map_err(E::from)));
        });
        Ran { keep, answer }
    }

    fn refuse(self: Box<Self>, why: DbError) {
        let _ = self.answer.send(Err(why.into()));
    }
}

type Batch = Vec<Box<dyn Command>>;
type Reopen = Box<dyn Fn() -> Result<Connection, StartError> + Send>;
type OnCommit = Box<dyn FnMut(&Connection, Commit) + Send>;

/// The sending side of the one writer.
pub struct Writer {
    queue: Mutex<Option<SyncSender<Box<dyn Command>>>>,
    read_only: Arc<AtomicBool>,
    jobs_wait: Arc<Notify>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread. `reopen` makes a fresh connection after a failed commit.
    ///
    /// # Errors
    /// [`StartError::Engine`] when the system gives no thread.
    pub fn start(
        config: &DbConfig,
        connection: Connection,
        numbers: Numbers,
        reopen: Reopen,
        on_commit: OnCommit,
    ) -> Result<Self, StartError> {
        let (queue, commands) = sync_channel(QUEUE);
        let read_only = Arc::new(AtomicBool::new(false));
        let jobs_wait = Arc::new(Notify::new());
        let mut work = Loop {
            connection: None,
            probe_every: config.probe_every(),
            jobs_wait: Arc::clone(&jobs_wait),
            probed_at: Instant::now(),
            log_pages: Arc::default(),
            read_only: Arc::clone(&read_only),
            numbers,
            reopen,
            on_commit,
        };
        work.adopt(connection);
        let thread = std::thread::Builder::new().name("lobi-writer".into());
        let thread = thread.spawn(move || work.run(&commands));
        let thread = thread.map_err(|error| StartError::Engine(error.to_string()))?;
        Ok(Writer { queue: Mutex::new(Some(queue)), read_only, jobs_wait, thread: Mutex::new(Some(thread)) })
    }

    /// See [`super::Db::write`].
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
        let (answer, answered) = oneshot::channel();
        let command = Box::new(Work { work, answer });
        let sent = match &*lock(&self.queue) {
            Some(queue) => queue.try_send(command),
            None => return Err(DbError::Stopping.into()),
        };
        match sent {
            Ok(()) => answered.await.unwrap_or_else(|_| Err(DbError::WriterDied.into())),
            Err(TrySendError::Full(_)) => Err(DbError::Busy.into()),
            Err(TrySendError::Disconnected(_)) => Err(DbError::WriterDied.into()),
        }
    }

    /// Whether the disk refuses writes at the moment.
    pub fn read_only(&self) -> bool {
        self.read_only.load(Ordering::Relaxed)
    }

    /// Whether the thread is at work: without it nothing is ever written again.
    pub fn alive(&self) -> bool {
        lock(&self.thread).as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Told after every commit that enqueued a job.
    pub fn jobs_wait(&self) -> Arc<Notify> {
        Arc::clone(&self.jobs_wait)
    }

    /// Finishes what is queued, folds the log in and closes the connection.
    pub fn stop(&self) {
        drop(lock(&self.queue).take());
        // The last handle on a hub may be dropped with a command, on that very thread: it ends by itself then.
        let own = std::thread::current().id();
        if let Some(thread) = lock(&self.thread).take().filter(|thread| thread.thread().id() != own) {
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    /// A thread that still closes the file while the program ends would do so without its cipher.
    fn drop(&mut self) {
        self.stop();
    }
}

/// The thread's own things.
struct Loop {
    /// Nothing while the disk refuses writes.
    connection: Option<Connection>,
    probe_every: Duration,
    jobs_wait: Arc<Notify>,
    probed_at: Instant,
    log_pages: Arc<AtomicI32>,
    read_only: Arc<AtomicBool>,
    reopen: Reopen,
    on_commit: OnCommit,
    numbers: Numbers,
}

impl Loop {
    fn run(mut self, commands: &Receiver<Box<dyn Command>>) {
        let mut waiting = None;
        loop {
            let first = waiting.take().map_or_else(|| self.next(commands), Ok);
            match first {
                Ok(first) => {
                    self.commit(drain(first, commands));
                    waiting = commands.try_recv().ok();
                    self.checkpoint(if waiting.is_some() { CHECKPOINT_NOW } else { CHECKPOINT_IDLE });
                }
                Err(RecvTimeoutError::Timeout) => self.probe(),
                Err(RecvTimeoutError::Disconnected) => return self.close(),
            }
        }
    }

    fn next(&self, commands: &Receiver<Box<dyn Command>>) -> Result<Box<dyn Command>, RecvTimeoutError> {
        match self.connection {
            Some(_) => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => commands.recv_timeout(self.probe_every),
        }
    }

    /// Runs a batch in one transaction, then answers.
    fn commit(&mut self, batch: Batch) {
        if self.connection.is_none() && self.probed_at.elapsed() >= self.probe_every {
            self.probe();
        }
        let Some(connection) = self.connection.as_mut() else {
            let refuse =
                |command: Box<dyn Command>| command.refuse(not_saved(&"the disk refused an earlier write"));
            return batch.into_iter().for_each(refuse);
        };
        match attempt(connection, batch, self.numbers) {
            Ok((ran, happened)) => {
                let job_waits = happened.job_waits;
                // What listens to commits must not end the writer: every later visitor would be refused.
                if catch_unwind(AssertUnwindSafe(|| (self.on_commit)(connection, happened))).is_err() {
                    tracing::error!("a commit is on disk but could not be told");
                }
                if job_waits {
                    self.jobs_wait.notify_one();
                }
                ran.into_iter().for_each(|ran| (ran.answer)(Ok(())));
            }
            Err(Failed { ran, unrun, error }) => {
                tracing::error!(%error, "commit failed; the hub is read-only until the disk takes writes again");
                // A failed sync must not be retried on the same handle: drop it, probe with a fresh one.
                self.connection = None;
                self.probed_at = Instant::now();
                self.read_only.store(true, Ordering::Relaxed);
                ran.into_iter().for_each(|ran| (ran.answer)(Err(not_saved(&error))));
                unrun.into_iter().for_each(|command| command.refuse(not_saved(&error)));
            }
        }
    }

    /// Asks the disk with a fresh connection whether it takes a synced write.
    fn probe(&mut self) {
        self.probed_at = Instant::now();
        let probed = (self.reopen)().map_err(|error| error.to_string()).and_then(|connection| {
            let wrote = connection.execute("update site set probe = probe + 1", []);
            wrote.map(|_| connection).map_err(|error| error.to_string())
        });
        match probed {
            Ok(connection) => {
                tracing::info!("the disk takes writes again");
                self.adopt(connection);
                self.read_only.store(false, Ordering::Relaxed);
            }
            Err(error) => tracing::warn!(%error, "the disk still refuses writes"),
        }
    }

    fn adopt(&mut self, mut connection: Connection) {
        let pages = Arc::clone(&self.log_pages);
        pages.store(0, Ordering::Relaxed);
        let watched = connection.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, log: i32| {
            pages.store(log, Ordering::Relaxed);
            Ok(())
        }));
        if let Err(error) = watched {
            tracing::warn!(%error, "the log's size is not watched");
        }
        self.connection = Some(connection);
    }

    /// Folds the log into the database once it has that many pages.
    fn checkpoint(&mut self, from_pages: i32) {
        let long = self.log_pages.load(Ordering::Relaxed) >= from_pages;
        let Some(connection) = self.connection.as_ref().filter(|_| long) else { return };
        self.log_pages.store(0, Ordering::Relaxed);
        if let Err(error) = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(())) {
            tracing::warn!(%error, "checkpoint failed; the log is kept");
        }
    }

    /// A clean stop folds the log in and removes it: the next start needs no check.
    fn close(self) {
        if let Some(connection) = self.connection {
            let _ = connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
            let _ = connection.close();
        }
    }
}

/// Takes what waits behind the first command; never waits for more.
fn drain(first: Box<dyn Command>, commands: &Receiver<Box<dyn Command>>) -> Batch {
    std::iter::once(first).chain(commands.try_iter().take(BATCH - 1)).collect()
}

/// A batch that did not reach the disk: what ran in vain, what never ran, and why.
struct Failed {
    ran: Vec<Ran>,
    unrun: Batch,
    error: rusqlite::Error,
}

/// One transaction around the whole batch, one savepoint around each command.
fn attempt(
    connection: &mut Connection,
    batch: Batch,
    numbers: Numbers,
) -> Result<(Vec<Ran>, Commit), Failed> {
    let mut ran = Vec::with_capacity(batch.len());
    let mut happened = Commit::default();
    let mut commands = batch.into_iter();
    let committed = connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|tx| {
        for command in commands.by_ref() {
            let (one, events) = run_alone(&tx, command);
            ran.push(one);
            happened.append(events?);
        }
        if !happened.events.is_empty() {
            // Still inside: a look afterwards would cost a transaction of its own.
            happened.given = (numbers.given)(&tx).ok();
        }
        tx.commit()
    });
    match committed {
        Ok(()) => Ok((ran, happened)),
        Err(error) => Err(Failed { ran, unrun: commands.collect(), error }),
    }
}

/// Runs one command so that its failure undoes only itself. An error here means that the transaction is gone:
/// a full disk rolls it back by itself, and then the batch is lost, not only this command.
fn run_alone(tx: &Connection, command: Box<dyn Command>) -> (Ran, rusqlite::Result<Commit>) {
    let mut write = WriteTx { connection: tx, happened: Commit::default() };
    let begun = execute(tx, "savepoint command");
    let ran = command.run(&mut write);
    let ended = begun.and_then(|()| {
        if !ran.keep {
            write.happened = Commit::default();
            execute(tx, "rollback to command")?;
        }
        execute(tx, "release command")
    });
    (ran, ended.map(|()| write.happened))
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

fn not_saved(why: &impl ToString) -> DbError {
    DbError::NotSaved(why.to_string())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
