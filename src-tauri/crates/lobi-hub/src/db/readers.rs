//! A few read-only connections for the questions that the in-memory board cannot answer.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::error::DbError;

/// The pool. A connection is out for one short question at a time.
pub struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
}

impl Readers {
    /// A pool of these connections.
    pub fn new(connections: Vec<Connection>) -> Self {
        let free = Arc::new(Semaphore::new(connections.len()));
        Readers { idle: Arc::new(Mutex::new(connections)), free }
    }

    /// Runs `work` on a connection, off the async threads.
    ///
    /// # Errors
    /// What `work` returns, or why it could not run.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let permit = Arc::clone(&self.free).acquire_owned().await.map_err(|_| DbError::Stopping)?;
        let idle = Arc::clone(&self.idle);
        let answer = tokio::task::spawn_blocking(move || {
            let connection = lock(&idle).pop().ok_or(DbError::Stopping)?;
            let answer = std::panic::catch_unwind(AssertUnwindSafe(|| work(&connection)));
            lock(&idle).push(connection);
            drop(permit);
            answer.unwrap_or(Err(DbError::Panicked)).map_err(|error| match error {
                // Nothing was to be saved here.
                DbError::NotSaved(why) => DbError::NotRead(why),
                other => other,
            })
        });
        answer.await.unwrap_or(Err(DbError::Panicked))
    }

    /// Closes the idle connections; later questions answer [`DbError::Stopping`].
    pub fn close(&self) {
        self.free.close();
        lock(&self.idle).clear();
    }
}

fn lock(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}
