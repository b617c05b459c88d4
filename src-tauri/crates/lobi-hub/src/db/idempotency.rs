//! First answers: a request repeated under the same key changes nothing and is answered as the first time,
//! for 24 hours and across restarts. Only answers of successful work are kept: a refusal changed nothing, so
//! asking again is safe.

use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::error::DbError;

/// How long a first answer is kept.
pub const KEPT_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The key of one intent, made by the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnceKey {
    /// Who uses it for what, so that two people's keys never meet.
    pub scope: String,
    /// The client's key.
    pub key: String,
    /// Digest of what was asked, to notice a key used for something else.
    pub fingerprint: [u8; 32],
}

impl OnceKey {
    /// The key of `actor` doing `what` with `input`.
    pub fn new(actor: &str, what: &str, key: String, input: &[u8]) -> Self {
        OnceKey { scope: format!("{actor} {what}"), key, fingerprint: Sha256::digest(input).into() }
    }
}

/// The key was used for other data before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyReused;

/// The answer that was given under this key before, if there was one; without a key there is none.
///
/// # Errors
/// `E` from [`KeyReused`] or [`DbError`].
pub fn first_answer<T, E>(
    connection: &Connection,
    key: Option<&OnceKey>,
    now: Timestamp,
) -> Result<Option<T>, E>
where
    T: DeserializeOwned,
    E: From<DbError> + From<KeyReused>,
{
    let Some(key) = key else { return Ok(None) };
    match find(connection, key, now)? {
        Some((fingerprint, _)) if fingerprint != key.fingerprint => Err(KeyReused.into()),
        // An answer in a shape that a newer program no longer reads counts as an error, never as new work.
        Some((_, answer)) => {
            serde_json::from_str::<T>(&answer).map(Some).map_err(|error| broken(error).into())
        }
        None => Ok(None),
    }
}

/// Keeps the first answer under a key.
///
/// # Errors
/// [`DbError`].
pub fn keep(
    connection: &Connection,
    key: Option<&OnceKey>,
    answer: &impl Serialize,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(key) = key else { return Ok(()) };
    let text = serde_json::to_string(answer).map_err(broken)?;
    insert(connection, key, &text, now)
}

fn broken(error: serde_json::Error) -> DbError {
    DbError::Broken(rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn find(
    connection: &Connection,
    key: &OnceKey,
    now: Timestamp,
) -> Result<Option<([u8; 32], String)>, DbError> {
    let mut select = connection.prepare_cached(
        "select fingerprint, answer from idempotency where scope = :scope and key = :key and at > :oldest",
    )?;
    let found = select.query_row(
        named_params! { ":scope": key.scope, ":key": key.key, ":oldest": now.0 - KEPT_MILLIS },
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    Ok(found.optional()?)
}

fn insert(connection: &Connection, key: &OnceKey, answer: &str, now: Timestamp) -> Result<(), DbError> {
    let mut insert = connection.prepare_cached(
        "insert or replace into idempotency (scope, key, fingerprint, answer, at)
         values (:scope, :key, :fingerprint, :answer, :at)",
    )?;
    insert.execute(named_params! {
        ":scope": key.scope, ":key": key.key, ":fingerprint": key.fingerprint, ":answer": answer, ":at": now.0,
    })?;
    Ok(())
}

/// Forgets answers older than 24 hours, a bounded number at a time.
///
/// # Errors
/// [`DbError`] when the rows cannot be deleted.
pub fn forget_old(connection: &Connection, now: Timestamp) -> Result<usize, DbError> {
    let mut delete = connection.prepare_cached(
        "delete from idempotency where (scope, key) in
             (select scope, key from idempotency where at <= :oldest order by at limit 1000)",
    )?;
    Ok(delete.execute(named_params! { ":oldest": now.0 - KEPT_MILLIS })?)
}
