//! SQL of records that became part of others.

use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::DbError;
use crate::people::record::{Details, PersonId};

/// One record became part of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Its row id.
    pub id: i64,
    /// The record that is part of the other now.
    pub from: PersonId,
    /// The other.
    pub into: PersonId,
    /// What the other lacked and was given.
    pub given: Details,
    /// The records that were part of `from`.
    pub followers: Vec<PersonId>,
}

/// Writes a merge down; its `id` is ignored.
///
/// # Errors
/// [`DbError`] when it cannot be written; so below.
pub fn insert(sql: &Connection, merge: &Merge, now: Timestamp) -> Result<(), DbError> {
    sql.prepare_cached(
        "insert into people_merges (from_id, into_id, given, followers, at) values (:from, :into, :given, :followers, :at)",
    )?
    .execute(named_params! {
        ":from": merge.from.0, ":into": merge.into.0, ":at": now.0,
        // Details and ids can always be written.
        ":given": serde_json::to_string(&merge.given).unwrap_or_default(),
        ":followers": serde_json::to_string(&merge.followers).unwrap_or_default(),
    })?;
    Ok(())
}

/// The merge that made this record part of another and was not taken back.
pub fn standing(sql: &Connection, from: PersonId) -> Result<Option<Merge>, DbError> {
    let mut select = sql.prepare_cached(
        "select id, into_id, given, followers from people_merges where from_id = :from and undone_at is null
         order by id desc limit 1",
    )?;
    let found = select
        .query_row(named_params! { ":from": from.0 }, |row| {
            Ok((row.get(0)?, PersonId(row.get(1)?), row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })
        .optional()?;
    let Some((id, into, given, followers)) = found else { return Ok(None) };
    let unreadable = |error: serde_json::Error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    };
    let given = serde_json::from_str(&given).map_err(unreadable)?;
    let followers = serde_json::from_str(&followers).map_err(unreadable)?;
    Ok(Some(Merge { id, from, into, given, followers }))
}

/// Notes that a merge was taken back.
pub fn undo(sql: &Connection, id: i64, now: Timestamp) -> Result<(), DbError> {
    sql.prepare_cached("update people_merges set undone_at = :at where id = :id")?
        .execute(named_params! { ":at": now.0, ":id": id })?;
    Ok(())
}
