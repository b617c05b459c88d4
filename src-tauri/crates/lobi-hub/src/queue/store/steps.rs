//! SQL of the last step of each number: where it stood before.

use lobi_core::queue::{Before, Ticket, TicketId};
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::DbError;

/// The last thing that was done to a number.
pub struct LastStep {
    /// Which button it was: a name of [`lobi_core::queue::Action`].
    pub action: String,
    /// When.
    pub at: Timestamp,
    /// Where the number stood before; nothing where an older program wrote it down in another way.
    pub before: Option<Before>,
}

/// Remembers where a number stood before this step.
///
/// # Errors
/// [`DbError`] when it cannot be written; so below.
pub fn remember(sql: &Connection, before: &Ticket, action: &str, now: Timestamp) -> Result<(), DbError> {
    let mut upsert = sql.prepare_cached(
        "insert into last_steps (ticket_id, action, at, stage) values (:ticket, :action, :now, :stage)
         on conflict do update set action = :action, at = :now, stage = :stage",
    )?;
    upsert.execute(named_params! {
        ":ticket": before.id.0, ":action": action, ":now": now.0,
        // A stage is names and numbers: it can always be written.
        ":stage": serde_json::to_string(&before.before()).unwrap_or_default(),
    })?;
    Ok(())
}

/// The last step of a number.
pub fn last(sql: &Connection, ticket: TicketId) -> Result<Option<LastStep>, DbError> {
    let mut select =
        sql.prepare_cached("select action, at, stage from last_steps where ticket_id = :ticket")?;
    let step = select.query_row(named_params! { ":ticket": ticket.0 }, |row| {
        let stage: String = row.get("stage")?;
        Ok(LastStep {
            action: row.get("action")?,
            at: Timestamp(row.get("at")?),
            before: serde_json::from_str(&stage).ok(),
        })
    });
    Ok(step.optional()?)
}

/// Forgets the last step of a number: it cannot be taken back twice.
pub fn forget(sql: &Connection, ticket: TicketId) -> Result<(), DbError> {
    sql.execute("delete from last_steps where ticket_id = :ticket", named_params! { ":ticket": ticket.0 })?;
    Ok(())
}

/// Forgets every step before `before`.
pub fn forget_old(sql: &Connection, before: Timestamp) -> Result<(), DbError> {
    sql.execute("delete from last_steps where at < :before", named_params! { ":before": before.0 })?;
    Ok(())
}
