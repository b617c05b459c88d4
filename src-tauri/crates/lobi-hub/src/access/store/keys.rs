//! SQL of keys to the API. Only their digests are kept: whoever reads this file cannot use one.

use lobi_core::access::{ApiKey, Permission};
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;

/// A key as an admin sees it.
#[derive(Clone, Debug)]
pub struct KnownKey {
    /// What it is called and may do.
    pub key: ApiKey,
    /// When it was given.
    pub created_at: Timestamp,
    /// When it ends; nothing: never.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to within half a minute.
    pub used_at: Option<Timestamp>,
}

const SELECT: &str = "select id, name, permissions, created_at, expires_at, used_at from api_keys";

fn key_row(row: &Row<'_>) -> rusqlite::Result<KnownKey> {
    let permissions: String = row.get("permissions")?;
    // A right that this program does not know any more is none.
    let permissions = permissions.split_whitespace().filter_map(Permission::named).collect();
    let moment = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp));
    Ok(KnownKey {
        key: ApiKey { id: row.get("id")?, name: row.get("name")?, permissions },
        created_at: Timestamp(row.get("created_at")?),
        expires_at: moment("expires_at")?,
        used_at: moment("used_at")?,
    })
}

/// Whose key this is, if it has not ended.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn key(sql: &Connection, digest: &[u8; 32], now: Timestamp) -> Result<Option<ApiKey>, DbError> {
    let mut select = sql.prepare_cached(&format!(
        "{SELECT} where digest = :digest and (expires_at is null or expires_at > :now)"
    ))?;
    let found = select.query_row(named_params! { ":digest": digest, ":now": now.0 }, key_row).optional()?;
    Ok(found.map(|known| known.key))
}

/// All keys, newest first.
pub fn all(sql: &Connection) -> Result<Vec<KnownKey>, DbError> {
    let mut select = sql.prepare_cached(&format!("{SELECT} order by id desc"))?;
    let rows = select.query_map([], key_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A key by its row id.
pub fn by_id(sql: &Connection, id: i64) -> Result<Option<KnownKey>, DbError> {
    let mut select = sql.prepare_cached(&format!("{SELECT} where id = :id"))?;
    Ok(select.query_row(named_params! { ":id": id }, key_row).optional()?)
}

/// Keeps a new key; its row id in `known` is ignored. Tells the id.
pub fn insert(sql: &Connection, known: &KnownKey, digest: &[u8; 32]) -> Result<i64, DbError> {
    let names: Vec<&str> = known.key.permissions.iter().map(|permission| permission.name()).collect();
    sql.execute(
        "insert into api_keys (name, digest, permissions, created_at, expires_at)
         values (:name, :digest, :permissions, :now, :expires)",
        named_params! {
            ":name": known.key.name, ":digest": digest, ":permissions": names.join(" "),
            ":now": known.created_at.0, ":expires": known.expires_at.map(|at| at.0),
        },
    )?;
    Ok(sql.last_insert_rowid())
}

/// Notes when a key was used.
pub fn use_key(sql: &Connection, digest: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
    let mut update = sql.prepare_cached("update api_keys set used_at = :at where digest = :digest")?;
    update.execute(named_params! { ":at": at.0, ":digest": digest })?;
    Ok(())
}

/// Takes a key back.
pub fn delete(sql: &Connection, id: i64) -> Result<(), DbError> {
    sql.execute("delete from api_keys where id = :id", named_params! { ":id": id })?;
    Ok(())
}
