//! SQL of the addresses that phones came by.

use lobi_core::time::Timestamp;
use rusqlite::{Connection, named_params};

use crate::db::DbError;

/// All of them, with the first time.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn all(sql: &Connection) -> Result<Vec<(String, Timestamp)>, DbError> {
    let mut select = sql.prepare_cached("select authority, at from reached")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, Timestamp(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One more; one that is known stays as it was.
///
/// # Errors
/// [`DbError`] when it cannot be written.
pub fn insert(sql: &Connection, authority: &str, at: Timestamp) -> Result<(), DbError> {
    let mut insert =
        sql.prepare_cached("insert or ignore into reached (authority, at) values (:authority, :at)")?;
    insert.execute(named_params! { ":authority": authority, ":at": at.0 })?;
    Ok(())
}
