//! Who changed what: rows that are only ever added.

use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, named_params};

use super::error::DbError;

/// A change about to be noted.
#[derive(Debug)]
pub struct NewAudit<'a> {
    /// When.
    pub at: Timestamp,
    /// The service day.
    pub day: ServiceDay,
    /// Who: `staff:3`.
    pub actor: &'a str,
    /// What was done: `site.change`.
    pub deed: &'a str,
    /// To whom or what: `site`, `staff:7`.
    pub subject: &'a str,
    /// JSON of what it was, without secrets.
    pub before: Option<String>,
    /// JSON of what it is now, without secrets.
    pub after: Option<String>,
}

/// Adds the row.
///
/// # Errors
/// [`DbError`] when it cannot be written.
pub fn insert(connection: &Connection, row: &NewAudit<'_>) -> Result<(), DbError> {
    let mut insert = connection.prepare_cached(
        "insert into audit (at, day, actor, deed, subject, before, after)
         values (:at, :day, :actor, :deed, :subject, :before, :after)",
    )?;
    insert.execute(named_params! {
        ":at": row.at.0, ":day": row.day.to_string(), ":actor": row.actor, ":deed": row.deed,
        ":subject": row.subject, ":before": row.before, ":after": row.after,
    })?;
    Ok(())
}

/// A change that was noted.
#[derive(Debug)]
pub struct Row {
    /// When.
    pub at: Timestamp,
    /// Who: `staff:3`.
    pub actor: String,
    /// What was done.
    pub deed: String,
    /// JSON of what it was.
    pub before: Option<String>,
    /// JSON of what it is since.
    pub after: Option<String>,
}

/// The last `count` changes of one subject, newest first.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn of(connection: &Connection, subject: &str, count: usize) -> Result<Vec<Row>, DbError> {
    let mut select = connection.prepare_cached(
        "select at, actor, deed, before, after from audit where subject = :subject order by seq desc limit :count",
    )?;
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let rows = select.query_map(named_params! { ":subject": subject, ":count": count }, |row| {
        Ok(Row {
            at: Timestamp(row.get(0)?),
            actor: row.get(1)?,
            deed: row.get(2)?,
            before: row.get(3)?,
            after: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
