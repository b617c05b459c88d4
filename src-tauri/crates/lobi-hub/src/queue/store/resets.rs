//! SQL of resets: which numbers one ended, and where they stood.

use lobi_core::queue::{Before, Ticket, TicketId};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::DbError;

/// A number that a reset ended.
pub struct Ended {
    /// Which.
    pub ticket: TicketId,
    /// The number of the event that ended it.
    pub order: i64,
    /// Where it stood before.
    pub before: Before,
}

/// Begins a reset; gives its id.
///
/// # Errors
/// [`DbError`] when it cannot be written or read; so below.
pub fn begin(sql: &Connection, day: ServiceDay, now: Timestamp) -> Result<i64, DbError> {
    sql.execute(
        "insert into resets (day, at) values (:day, :now)",
        named_params! { ":day": day.to_string(), ":now": now.0 },
    )?;
    Ok(sql.last_insert_rowid())
}

/// Remembers where a number stood that the reset ended.
pub fn remember(sql: &Connection, reset: i64, before: &Ticket, after: &Ticket) -> Result<(), DbError> {
    let mut insert = sql.prepare_cached(
        "insert into reset_stages (reset_id, ticket_id, ended_order, stage) values (:reset, :ticket, :order, :stage)",
    )?;
    insert.execute(named_params! {
        ":reset": reset, ":ticket": before.id.0,
        ":order": after.stage.finished.map_or(0, |finished| finished.order),
        // A stage is names and numbers: it can always be written.
        ":stage": serde_json::to_string(&before.before()).unwrap_or_default(),
    })?;
    Ok(())
}

/// The day's last reset that was not taken back.
pub fn last(sql: &Connection, day: ServiceDay) -> Result<Option<i64>, DbError> {
    let select = "select max(id) from resets where day = :day and undone_at is null";
    Ok(sql
        .query_row(select, named_params! { ":day": day.to_string() }, |row| row.get(0))
        .optional()?
        .flatten())
}

/// What a reset ended, in the order in which it did.
pub fn ended(sql: &Connection, reset: i64) -> Result<Vec<Ended>, DbError> {
    let mut select = sql.prepare_cached(
        "select ticket_id, ended_order, stage from reset_stages where reset_id = :reset order by ended_order",
    )?;
    let rows = select.query_map(named_params! { ":reset": reset }, |row| {
        let stage: String = row.get("stage")?;
        let (ticket, order) = (TicketId(row.get("ticket_id")?), row.get("ended_order")?);
        Ok(serde_json::from_str(&stage).ok().map(|before| Ended { ticket, order, before }))
    })?;
    // Nothing where an older program wrote it down in another way.
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// Notes that a reset was taken back.
pub fn undone(sql: &Connection, reset: i64, now: Timestamp) -> Result<(), DbError> {
    sql.execute(
        "update resets set undone_at = :now where id = :reset",
        named_params! { ":now": now.0, ":reset": reset },
    )?;
    Ok(())
}
