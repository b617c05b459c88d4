//! SQL of sessions: made, used, seen, ended. Only digests of tokens are kept.

use lobi_core::access::Member;
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::staff::member;
use crate::db::DbError;

/// No session lives longer than this, whatever a clock showed when it was made, in minutes.
const LONGEST_SESSION: i64 = 48 * 60;

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct Session {
    /// What is kept of its token.
    pub token_hash: [u8; 32],
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within half a minute.
    pub used_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// What the browser or program calls itself.
    pub agent: String,
    /// Where it was begun.
    pub address: String,
}

/// Keeps a session that ends when it was not used for `idle` minutes.
///
/// # Errors
/// [`DbError`] when it cannot be written; so below.
pub fn insert_session(sql: &Connection, staff: i64, session: &Session, idle: i64) -> Result<(), DbError> {
    sql.execute(
        "insert into sessions (token_hash, staff_id, created_at, used_at, expires_at, idle_until, agent, address)
         values (:hash, :staff, :now, :now, :expires, :idle, :agent, :address)",
        named_params! {
            ":hash": session.token_hash, ":staff": staff, ":now": session.created_at.0,
            ":expires": session.expires_at.0, ":idle": session.created_at.plus_minutes(idle).0,
            ":agent": session.agent, ":address": session.address,
        },
    )?;
    Ok(())
}

/// Whose session this is, if it has not ended. One made under a clock that ran ahead is worthless once that is put right.
pub fn session(sql: &Connection, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Member>, DbError> {
    let mut select = sql.prepare_cached(
        "select staff_id from sessions
         where token_hash = :hash and expires_at between :now and :latest and (idle_until = 0 or idle_until >= :now)",
    )?;
    let latest = now.plus_minutes(LONGEST_SESSION);
    let staff = select
        .query_row(named_params! { ":hash": token_hash, ":now": now.0 + 1, ":latest": latest.0 }, |row| {
            row.get(0)
        })
        .optional()?;
    staff.map_or(Ok(None), |id| member(sql, id))
}

/// Notes that a session was used: it goes on for `idle` minutes from then.
pub fn use_session(sql: &Connection, token_hash: &[u8; 32], at: Timestamp, idle: i64) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update sessions set used_at = :at, idle_until = :idle where token_hash = :hash and used_at < :at",
    )?;
    update.execute(named_params! { ":at": at.0, ":idle": at.plus_minutes(idle).0, ":hash": token_hash })?;
    Ok(())
}

/// Somebody's sessions, last used first.
pub fn sessions_of(sql: &Connection, staff: i64, now: Timestamp) -> Result<Vec<Session>, DbError> {
    let mut select = sql.prepare_cached(
        "select token_hash, created_at, used_at, expires_at, agent, address from sessions
         where staff_id = :staff and expires_at > :now and (idle_until = 0 or idle_until > :now)
         order by used_at desc, created_at desc",
    )?;
    let rows = select.query_map(named_params! { ":staff": staff, ":now": now.0 }, |row| {
        Ok(Session {
            token_hash: row.get("token_hash")?,
            created_at: Timestamp(row.get("created_at")?),
            used_at: Timestamp(row.get("used_at")?),
            expires_at: Timestamp(row.get("expires_at")?),
            agent: row.get("agent")?,
            address: row.get("address")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ends a session.
pub fn delete_session(sql: &Connection, token_hash: &[u8; 32]) -> Result<(), DbError> {
    sql.execute("delete from sessions where token_hash = :hash", named_params! { ":hash": token_hash })?;
    Ok(())
}

/// Ends somebody's sessions, all but `but`. Tells how many.
pub fn delete_sessions_of(sql: &Connection, staff: i64, but: Option<&[u8; 32]>) -> Result<usize, DbError> {
    let delete = "delete from sessions where staff_id = :staff and token_hash is not :but";
    Ok(sql.execute(delete, named_params! { ":staff": staff, ":but": but })?)
}

/// Forgets sessions that ended.
pub fn delete_ended(sql: &Connection, now: Timestamp) -> Result<(), DbError> {
    sql.execute(
        "delete from sessions where expires_at <= :now or (idle_until > 0 and idle_until <= :now)",
        named_params! { ":now": now.0 },
    )?;
    Ok(())
}
