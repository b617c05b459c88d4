//! SQL of staff and sessions.

use lobi_core::access::Member;
use lobi_core::queue::ServiceId;
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;

/// No session lives longer than this, whatever a clock showed when it was made, in minutes.
const LONGEST_SESSION: i64 = 48 * 60;

/// An active account by its sign-in name: row id and password hash.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn account(sql: &Connection, username: &str) -> Result<Option<(i64, String)>, DbError> {
    let mut select =
        sql.prepare_cached("select id, password_hash from staff where username = :username and active = 1")?;
    Ok(select
        .query_row(named_params! { ":username": username }, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// A staff member with roles and services; nobody when the account was switched off.
pub fn member(sql: &Connection, id: i64) -> Result<Option<Member>, DbError> {
    let mut select = sql.prepare_cached("select username, name from staff where id = :id and active = 1")?;
    let found =
        select.query_row(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((username, name)) = found else { return Ok(None) };
    let mut select = sql.prepare_cached("select role from staff_roles where staff_id = :id order by role")?;
    let roles = select.query_map(named_params! { ":id": id }, |row| parsed(row, "role"))?;
    let roles = roles.collect::<Result<_, _>>()?;
    let mut select =
        sql.prepare_cached("select service_id from staff_services where staff_id = :id order by service_id")?;
    let services = select.query_map(named_params! { ":id": id }, |row| row.get(0).map(ServiceId))?;
    Ok(Some(Member { id, username, name, roles, services: services.collect::<Result<_, _>>()? }))
}

/// Adds an account.
pub fn insert(sql: &Connection, member: &Member, password_hash: &str) -> Result<i64, DbError> {
    sql.execute(
        "insert into staff (username, name, password_hash) values (:username, :name, :hash)",
        named_params! { ":username": member.username, ":name": member.name, ":hash": password_hash },
    )?;
    let id = sql.last_insert_rowid();
    for role in &member.roles {
        sql.execute(
            "insert into staff_roles (staff_id, role) values (:id, :role)",
            named_params! { ":id": id, ":role": role.name() },
        )?;
    }
    for service in &member.services {
        sql.execute(
            "insert into staff_services (staff_id, service_id) values (:id, :service)",
            named_params! { ":id": id, ":service": service.0 },
        )?;
    }
    Ok(id)
}

/// Keeps a session by the hash of its token.
pub fn insert_session(
    sql: &Connection,
    token_hash: &[u8; 32],
    staff: i64,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), DbError> {
    sql.execute(
        "insert into sessions (token_hash, staff_id, created_at, expires_at) values (:hash, :staff, :now, :expires)",
        named_params! { ":hash": token_hash, ":staff": staff, ":now": now.0, ":expires": expires.0 },
    )?;
    Ok(())
}

/// Whose session this is, if it has not ended. One made under a clock that ran ahead is worthless once that is put right.
pub fn session(sql: &Connection, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Member>, DbError> {
    let mut select = sql.prepare_cached(
        "select staff_id from sessions where token_hash = :hash and expires_at between :now and :latest",
    )?;
    let latest = now.plus_minutes(LONGEST_SESSION);
    let staff = select
        .query_row(named_params! { ":hash": token_hash, ":now": now.0 + 1, ":latest": latest.0 }, |row| {
            row.get(0)
        })
        .optional()?;
    staff.map_or(Ok(None), |id| member(sql, id))
}

/// Ends a session.
pub fn delete_session(sql: &Connection, token_hash: &[u8; 32]) -> Result<(), DbError> {
    sql.execute("delete from sessions where token_hash = :hash", named_params! { ":hash": token_hash })?;
    Ok(())
}

/// Forgets sessions that ended.
pub fn delete_ended(sql: &Connection, now: Timestamp) -> Result<(), DbError> {
    sql.execute("delete from sessions where expires_at <= :now", named_params! { ":now": now.0 })?;
    Ok(())
}

/// Whether the site has any account.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub fn is_anybody_there(sql: &Connection) -> Result<bool, DbError> {
    Ok(sql.query_row("select exists (select 1 from staff)", [], |row| row.get(0))?)
}
