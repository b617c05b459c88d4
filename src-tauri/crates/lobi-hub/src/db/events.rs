//! Events: what happened, in the order in which it became true. Rows in the same transaction, the live feed
//! after the commit, the audit trail forever.

use lobi_core::queue::{Service, Ticket};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, Row, named_params};

use super::DbError;

/// What an event changes on the boards in memory.
#[derive(Clone, Debug)]
pub enum Change {
    /// A ticket has this state now; `called` when it was called just now.
    Ticket {
        /// The whole new state.
        ticket: Ticket,
        /// Whether a call made it so.
        called: bool,
    },
    /// A new service day began.
    Day(ServiceDay),
    /// A service was made or changed.
    Service(Service),
    /// Nothing that boards show.
    None,
}

/// An event about to be written.
#[derive(Debug)]
pub struct NewEvent {
    /// When.
    pub at: Timestamp,
    /// The service day it belongs to.
    pub day: ServiceDay,
    /// Where it is told first: `queue.umum`, `display`.
    pub channel: String,
    /// The counter that it concerns, whose channel `loket.{n}` hears it too.
    pub counter: Option<u32>,
    /// Its name on the wire: `QueueCalled`.
    pub kind: &'static str,
    /// Who did it: `staff:3`, `kiosk`, `system`.
    pub actor: String,
    /// JSON without personal data.
    pub data: String,
    /// What it changes on the boards.
    pub change: Change,
}

/// An event with its number.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its number; rises by one, never used twice.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Its name on the wire.
    pub kind: String,
    /// Where it is told first.
    pub channel: String,
    /// The counter whose channel hears it too.
    pub counter: Option<u32>,
    /// JSON without personal data.
    pub data: String,
    /// What it changes on the boards.
    pub change: Change,
}

/// Writes the row and gives the event its number.
pub(super) fn insert(connection: &Connection, new: NewEvent) -> Result<Event, DbError> {
    let mut insert = connection.prepare_cached(
        "insert into events (at, day, channel, kind, actor, data)
         values (:at, :day, :channel, :kind, :actor, :data)",
    )?;
    insert.execute(named_params! {
        ":at": new.at.0, ":day": new.day.to_string(), ":channel": new.channel,
        ":kind": new.kind, ":actor": new.actor, ":data": new.data,
    })?;
    Ok(Event {
        seq: connection.last_insert_rowid(),
        at: new.at,
        kind: new.kind.to_owned(),
        channel: new.channel,
        counter: new.counter,
        data: new.data,
        change: new.change,
    })
}

/// The last `count` events, oldest first, for replay after a restart.
///
/// # Errors
/// [`DbError`] when the rows cannot be read.
pub fn latest(connection: &Connection, count: usize) -> Result<Vec<Event>, DbError> {
    let mut select = connection.prepare(
        "select seq, at, channel, kind, data, data ->> '$.ticket.loket' as counter
         from events order by seq desc limit :count",
    )?;
    let rows = select.query_map(named_params! { ":count": count as i64 }, read)?;
    let mut events = rows.collect::<Result<Vec<_>, _>>()?;
    events.reverse();
    Ok(events)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        seq: row.get("seq")?,
        at: Timestamp(row.get("at")?),
        kind: row.get("kind")?,
        channel: row.get("channel")?,
        counter: row.get("counter")?,
        data: row.get("data")?,
        change: Change::None,
    })
}
