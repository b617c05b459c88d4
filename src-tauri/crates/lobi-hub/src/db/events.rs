//! Events: what happened, in the order in which it became true. Rows in the same transaction, the live feed
//! after the commit, kept forever.

use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::error::DbError;
use crate::live::audience::Audience;

/// An event about to be written.
#[derive(Debug)]
pub struct NewEvent {
    /// When.
    pub at: Timestamp,
    /// The service day it belongs to.
    pub day: ServiceDay,
    /// Its name on the wire: `QueueCalled`.
    pub kind: &'static str,
    /// Who hears it.
    pub audience: Audience,
    /// Who did it: `staff:3`, `public`, `system`.
    pub actor: String,
    /// JSON without personal data.
    pub data: String,
}

/// An event with its number.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its number; rises, never used twice.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Its name on the wire.
    pub kind: String,
    /// Who hears it.
    pub audience: Audience,
    /// JSON without personal data.
    pub data: String,
}

/// Writes the row and gives the event its number.
pub(super) fn insert(connection: &Connection, new: NewEvent) -> Result<Event, DbError> {
    let mut insert = connection.prepare_cached(
        "insert into events (at, day, channel, kind, actor, data, audience)
         values (:at, :day, :channel, :kind, :actor, :data, :audience)",
    )?;
    insert.execute(named_params! {
        ":at": new.at.0, ":day": new.day.to_string(), ":channel": new.audience.first_channel(),
        ":kind": new.kind, ":actor": new.actor, ":data": new.data, ":audience": new.audience.text(),
    })?;
    Ok(Event {
        seq: connection.last_insert_rowid(),
        at: new.at,
        kind: new.kind.to_owned(),
        audience: new.audience,
        data: new.data,
    })
}

/// The number that the next event gets.
pub(super) fn next_seq(connection: &Connection) -> Result<i64, DbError> {
    let mut select =
        connection.prepare_cached("select seq + 1 from sqlite_sequence where name = 'events'")?;
    let mut rows = select.query([])?;
    Ok(rows.next()?.map_or(Ok(1), |row| row.get(0))?)
}

/// The number of the last event; 0 when there is none.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub fn last_seq(connection: &Connection) -> Result<i64, DbError> {
    Ok(connection.query_row("select coalesce(max(seq), 0) from events", [], |row| row.get(0))?)
}

/// The last `count` events, oldest first, for replay after a restart. What an older Lobi wrote names no audience and is not
/// told again.
///
/// # Errors
/// [`DbError`] when the rows cannot be read.
pub fn latest(connection: &Connection, count: usize) -> Result<Vec<Event>, DbError> {
    let mut select = connection
        .prepare("select seq, at, kind, data, audience from events order by seq desc limit :count")?;
    let rows = select.query_map(named_params! { ":count": count as i64 }, read)?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    // Replay has no gaps: it begins after the last event that cannot be told.
    let mut events: Vec<Event> = rows.into_iter().map_while(|event| event).collect();
    events.reverse();
    Ok(events)
}

/// The first `count` events of these kinds after `seq` and up to `last`, oldest first.
///
/// # Errors
/// [`DbError`] when the rows cannot be read.
pub fn after(
    connection: &Connection,
    seq: i64,
    last: i64,
    kinds: &[String],
    count: usize,
) -> Result<Vec<Event>, DbError> {
    let mut select = connection.prepare_cached(
        "select seq, at, kind, data, audience from events
         where seq > :seq and seq <= :last and kind in (select value from json_each(:kinds)) order by seq limit :count",
    )?;
    let kinds = serde_json::to_string(kinds).unwrap_or_default();
    let params = named_params! { ":seq": seq, ":last": last, ":kinds": kinds, ":count": count as i64 };
    let rows = select.query_map(params, read)?;
    // What an older Lobi wrote names no audience and is not told again.
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// An event by its number.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<Event>, DbError> {
    let mut select =
        connection.prepare_cached("select seq, at, kind, data, audience from events where seq = :seq")?;
    Ok(select.query_row(named_params! { ":seq": seq }, read).optional()?.flatten())
}

/// Further back nothing is looked for: weeks of a busy house, and still read in an instant without an index of its own.
const LOOKED_THROUGH: i64 = 50_000;

/// The last `count` events of a kind among the last `LOOKED_THROUGH`, newest first: when it was, and what was told.
///
/// # Errors
/// [`DbError`] when the rows cannot be read.
pub fn latest_of(
    connection: &Connection,
    kind: &str,
    count: usize,
) -> Result<Vec<(Timestamp, String)>, DbError> {
    let mut select = connection.prepare_cached(
        "select at, data from events where seq > :after and kind = :kind order by seq desc limit :count",
    )?;
    let after = last_seq(connection)? - LOOKED_THROUGH;
    let params = named_params! { ":after": after, ":kind": kind, ":count": count as i64 };
    let rows = select.query_map(params, |row| Ok((Timestamp(row.get("at")?), row.get("data")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Event>> {
    let audience: Option<String> = row.get("audience")?;
    let Some(audience) = audience.as_deref().and_then(Audience::from_text) else { return Ok(None) };
    Ok(Some(Event {
        seq: row.get("seq")?,
        at: Timestamp(row.get("at")?),
        kind: row.get("kind")?,
        audience,
        data: row.get("data")?,
    }))
}
