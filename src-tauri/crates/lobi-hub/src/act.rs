//! One button: the only way to write. [`Hub::act`] rolls the service day, applies the idempotency key and gives the work an
//! [`Act`], in which rows, events, audit and jobs become true in one transaction, or none of them does.

use std::sync::Arc;

use lobi_core::access::{Actor, Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::Moment;
use lobi_core::site::day::LastSeen;
use lobi_core::time::{ServiceDay, Timestamp, Zone};
use rusqlite::Connection;
use serde::{Serialize, de::DeserializeOwned};

use crate::db::{NewAudit, NewEvent, NewJob, OnceKey, WriteTx, audit, idempotency, jobs};
use crate::error::{Code, Error, Result};
use crate::hooks::{Hooks, Today};
use crate::hub::Hub;
use crate::live::audience::Told;

/// Who acts, when, and under which idempotency key.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// The key that makes a repeat harmless.
    pub once: Option<OnceKey>,
}

impl Caller {
    /// The hub itself, at `now`.
    pub fn system(now: Timestamp) -> Self {
        Caller { actor: Actor::System, now, once: None }
    }
}

/// An action under way: the open transaction, who acts, and the day it is.
///
/// What is written comes from SQL. The state in memory is not to be had here: within one batch of commits it is older than
/// the tables.
pub struct Act<'a, 'tx> {
    tx: &'a mut WriteTx<'tx>,
    hooks: &'static Hooks,
    caller: &'a Caller,
    today: Today,
    seen: LastSeen,
}

impl Act<'_, '_> {
    /// The connection, inside the transaction: for `store` files.
    pub fn sql(&self) -> &Connection {
        self.tx.sql()
    }

    /// The service day.
    pub fn day(&self) -> ServiceDay {
        self.today.day
    }

    /// The day that the clock asks for and that waits for an admin.
    pub fn doubted_day(&self) -> Option<ServiceDay> {
        self.today.doubted
    }

    /// When it happens.
    pub fn now(&self) -> Timestamp {
        self.caller.now
    }

    /// When it happens, with its place in the order of events.
    ///
    /// # Errors
    /// A database error.
    pub fn moment(&self) -> Result<Moment> {
        Ok(Moment { at: self.caller.now, order: self.tx.next_seq()? })
    }

    /// The site's time zone.
    pub fn zone(&self) -> Zone {
        self.today.zone
    }

    /// Who acts.
    pub fn by(&self) -> &Actor {
        &self.caller.actor
    }

    /// Goes on only if whoever acts may do that there.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn must(&self, permission: Permission, reach: Reach) -> Result<()> {
        if self.by().may(permission, reach) { Ok(()) } else { Err(Code::Forbidden.into()) }
    }

    /// Writes an event down with what it changes in memory; whoever it names hears of it after the commit.
    ///
    /// # Errors
    /// A database error.
    pub fn tell<E: Told>(&mut self, event: &E, changes: impl IntoIterator<Item = Change>) -> Result<()> {
        let event = NewEvent {
            at: self.caller.now,
            day: self.today.day,
            kind: E::KIND,
            audience: event.audience(),
            actor: self.caller.actor.name(),
            // Only maps with keys that are no strings fail to serialise; there are none.
            data: serde_json::to_string(event).unwrap_or_default(),
        };
        Ok(self.tx.record(event, changes)?)
    }

    /// Notes who changed what.
    ///
    /// # Errors
    /// A database error.
    pub fn audit(
        &mut self,
        deed: &str,
        subject: &str,
        before: Option<&impl Serialize>,
        after: Option<&impl Serialize>,
    ) -> Result<()> {
        let row = NewAudit {
            at: self.caller.now,
            day: self.today.day,
            actor: &self.caller.actor.name(),
            deed,
            subject,
            before: before.and_then(|value| serde_json::to_string(value).ok()),
            after: after.and_then(|value| serde_json::to_string(value).ok()),
        };
        Ok(audit::insert(self.sql(), &row)?)
    }

    /// Has work done after the commit, surely and once; a job of the same kind about the same thing that still waits serves
    /// both. Tells the job's id.
    ///
    /// # Errors
    /// A database error.
    pub fn enqueue(&mut self, job: &NewJob<'_>) -> Result<i64> {
        let id = jobs::insert(self.sql(), job, self.caller.now)?;
        self.tx.job_waits();
        Ok(id)
    }

    /// The day begins that the clock asks for, after what the old one left open was ended.
    fn roll(&mut self) -> Result<()> {
        self.today.roll.map_or(Ok(()), |day| self.begin_day(day))
    }

    /// Asks again which day it is, after something that decides it changed: the site's zone.
    ///
    /// # Errors
    /// A database error.
    pub fn look_at_day_again(&mut self) -> Result<()> {
        self.today = (self.hooks.today)(self.sql(), self.caller.now, self.seen)?;
        self.roll()
    }

    /// Makes `day` the service day, after what the old one left open was ended.
    ///
    /// # Errors
    /// A database error.
    pub fn begin_day(&mut self, day: ServiceDay) -> Result<()> {
        let from = std::mem::replace(&mut self.today.day, day);
        (self.hooks.roll)(self, from)
    }
}

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
            let today = (hub.hooks.today)(tx.sql(), caller.now, seen)?;
            let mut act = Act { tx, hooks: hub.hooks, caller: &caller, today, seen };
            act.roll()?;
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
