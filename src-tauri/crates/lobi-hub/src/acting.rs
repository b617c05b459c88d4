//! How an action gets its transaction.

use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};

use crate::act::{Act, Caller};
use crate::db::{WriteTx, idempotency};
use crate::error::{Error, Result};
use crate::hub::Hub;

impl Hub {
    /// One action: one write transaction, answered once it is on disk; under an idempotency key only once.
    ///
    /// # Errors
    /// What `work` returns, or a database error.
    pub async fn act<T>(
        self: &Arc<Self>,
        caller: Caller,
        work: impl FnOnce(&mut Act<'_, '_>) -> Result<T> + Send + 'static,
    ) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let hub = Arc::clone(self);
        let run = move |tx: &mut WriteTx<'_>| {
            let seen = hub.last_seen();
            let mut act = Act::begin(tx, hub.hooks.day, &caller, seen)?;
            let once = caller.once.as_ref();
            if let Some(answer) = idempotency::first_answer::<T, Error>(act.sql(), once, caller.now)? {
                return Ok(answer);
            }
            let answer = work(&mut act)?;
            idempotency::keep(act.sql(), once, &answer, caller.now)?;
            Ok(answer)
        };
        self.db.write(run).await
    }
}
