//! One button: the only way to write. `Hub::act` rolls the service day, applies the idempotency key and gives the work an
//! [`Act`], in which rows, events, audit and jobs become true in one transaction, or none of them does.

use lobi_core::access::{Actor, Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::Moment;
use lobi_core::site::day::LastSeen;
use lobi_core::time::{ServiceDay, Timestamp, Zone};
use rusqlite::Connection;
use serde::Serialize;

use crate::db::{DbError, NewAudit, NewEvent, NewJob, OnceKey, WriteTx, audit, jobs};
use crate::error::{Code, Result};
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

/// Which day it is, and how one ends.
#[derive(Clone, Copy)]
pub struct DayHooks {
    /// Which day it is.
    pub today: fn(&Connection, Timestamp, LastSeen) -> Result<Today, DbError>,
    /// Ends the day `from` and begins the act's own.
    pub roll: fn(&mut Act<'_, '_>, ServiceDay) -> Result<()>,
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

/// An action under way: the open transaction, who acts, and the day it is.
///
/// What is written comes from SQL. The state in memory is not to be had here: within one batch of commits it is older than
/// the tables.
pub struct Act<'a, 'tx> {
    tx: &'a mut WriteTx<'tx>,
    hooks: DayHooks,
    caller: &'a Caller,
    today: Today,
    seen: LastSeen,
}

impl<'a, 'tx> Act<'a, 'tx> {
    /// Begins an action: the day begins that the clock asks for, after what the old one left open was ended.
    ///
    /// # Errors
    /// A database error.
    pub(crate) fn begin(
        tx: &'a mut WriteTx<'tx>,
        hooks: DayHooks,
        caller: &'a Caller,
        seen: LastSeen,
    ) -> Result<Self> {
        let today = (hooks.today)(tx.sql(), caller.now, seen)?;
        let mut act = Act { tx, hooks, caller, today, seen };
        act.roll()?;
        Ok(act)
    }

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

    /// A job of that kind about that thing that waits for a later moment is due at once, as if it had never been tried.
    ///
    /// # Errors
    /// A database error.
    pub fn hasten(&mut self, kind: &str, about: &str) -> Result<()> {
        jobs::hasten(self.sql(), kind, about, self.caller.now)?;
        self.tx.job_waits();
        Ok(())
    }

    /// Has a job that was given up tried again. Tells what it is about: its kind and its subject.
    ///
    /// # Errors
    /// There is no such job; a database error.
    pub fn retry_job(&mut self, id: i64) -> Result<(String, String)> {
        let job = jobs::revive(self.sql(), id, self.caller.now)?.ok_or(Code::JobNotFound)?;
        self.tx.job_waits();
        Ok(job)
    }

    /// Forgets a job that was given up. Tells what it was about: its kind and its subject.
    ///
    /// # Errors
    /// There is no such job; a database error.
    pub fn dismiss_job(&self, id: i64) -> Result<(String, String)> {
        Ok(jobs::dismiss(self.sql(), id)?.ok_or(Code::JobNotFound)?)
    }

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
