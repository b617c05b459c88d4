//! SQL of accounts: who works here, with which roles, in which services.

use lobi_core::access::Member;
use lobi_core::queue::ServiceId;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::keys;
use crate::db::DbError;
use crate::db::columns::parsed;

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

/// An account as an admin sees it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who, with roles and services.
    pub member: Member,
    /// Whether it may sign in.
    pub active: bool,
}

/// A staff member with roles and services; nobody when the account was switched off.
pub fn member(sql: &Connection, id: i64) -> Result<Option<Member>, DbError> {
    Ok(by_id(sql, id)?.filter(|account| account.active).map(|account| account.member))
}

/// An account, also one that was switched off.
pub fn by_id(sql: &Connection, id: i64) -> Result<Option<Account>, DbError> {
    let mut select =
        sql.prepare_cached("select username, name, must_change, active from staff where id = :id")?;
    let found = select
        .query_row(named_params! { ":id": id }, |row| {
            let member = Member {
                id,
                username: row.get("username")?,
                name: row.get("name")?,
                must_change: row.get("must_change")?,
                roles: Vec::new(),
                services: Vec::new(),
            };
            Ok(Account { member, active: row.get("active")? })
        })
        .optional()?;
    let Some(Account { member, active }) = found else { return Ok(None) };
    let mut select = sql.prepare_cached("select role from staff_roles where staff_id = :id order by role")?;
    let roles = select.query_map(named_params! { ":id": id }, |row| parsed(row, "role"))?;
    let roles = roles.collect::<Result<_, _>>()?;
    let mut select =
        sql.prepare_cached("select service_id from staff_services where staff_id = :id order by service_id")?;
    let services = select.query_map(named_params! { ":id": id }, |row| row.get(0).map(ServiceId))?;
    Ok(Some(Account {
        member: Member { roles, services: services.collect::<Result<_, _>>()?, ..member },
        active,
    }))
}

/// All accounts by name, those that were switched off last.
pub fn all(sql: &Connection) -> Result<Vec<Account>, DbError> {
    let mut select =
        sql.prepare_cached("select id from staff order by active desc, name collate nocase, id")?;
    let ids = select.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    let accounts = ids.into_iter().map(|id| by_id(sql, id));
    accounts.filter_map(Result::transpose).collect()
}

/// Whether somebody else, also somebody switched off, has that sign-in name.
pub fn name_taken(sql: &Connection, username: &str, by_other_than: i64) -> Result<bool, DbError> {
    let mut select =
        sql.prepare_cached("select exists (select 1 from staff where username = :username and id <> :id)")?;
    Ok(select.query_row(named_params! { ":username": username, ":id": by_other_than }, |row| row.get(0))?)
}

/// How many admins may sign in.
pub fn admins(sql: &Connection) -> Result<u32, DbError> {
    let select = "select count(*) from staff s join staff_roles r on r.staff_id = s.id where s.active = 1 and r.role = 'admin'";
    Ok(sql.query_row(select, [], |row| row.get(0))?)
}

/// The password's hash of an account.
pub fn password_hash(sql: &Connection, id: i64) -> Result<Option<String>, DbError> {
    let mut select = sql.prepare_cached("select password_hash from staff where id = :id")?;
    Ok(select.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?)
}

/// Adds an account.
pub fn insert(sql: &Connection, member: &Member, password_hash: &str) -> Result<i64, DbError> {
    sql.execute(
        "insert into staff (username, name, password_hash, must_change) values (:username, :name, :hash, :must_change)",
        named_params! {
            ":username": member.username, ":name": member.name, ":hash": password_hash,
            ":must_change": member.must_change,
        },
    )?;
    let id = sql.last_insert_rowid();
    save_rights(sql, id, member)?;
    Ok(id)
}

/// Writes an account's names, roles and services, and whether it may sign in.
pub fn save(sql: &Connection, Account { member, active }: &Account) -> Result<(), DbError> {
    sql.execute(
        "update staff set username = :username, name = :name, active = :active where id = :id",
        named_params! {
            ":username": member.username, ":name": member.name, ":active": active, ":id": member.id,
        },
    )?;
    save_rights(sql, member.id, member)
}

fn save_rights(sql: &Connection, id: i64, member: &Member) -> Result<(), DbError> {
    sql.execute("delete from staff_roles where staff_id = :id", named_params! { ":id": id })?;
    sql.execute("delete from staff_services where staff_id = :id", named_params! { ":id": id })?;
    for role in &member.roles {
        sql.execute(
            "insert or ignore into staff_roles (staff_id, role) values (:id, :role)",
            named_params! { ":id": id, ":role": role.name() },
        )?;
    }
    for service in &member.services {
        sql.execute(
            "insert or ignore into staff_services (staff_id, service_id) values (:id, :service)",
            named_params! { ":id": id, ":service": service.0 },
        )?;
    }
    Ok(())
}

/// Writes a password; `must_change`: somebody else set it.
pub fn save_password(sql: &Connection, id: i64, hash: &str, must_change: bool) -> Result<(), DbError> {
    sql.execute(
        "update staff set password_hash = :hash, must_change = :must_change where id = :id",
        named_params! { ":hash": hash, ":must_change": must_change, ":id": id },
    )?;
    Ok(())
}

/// Whether the site has any account.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub fn is_anybody_there(sql: &Connection) -> Result<bool, DbError> {
    Ok(sql.query_row("select exists (select 1 from staff)", [], |row| row.get(0))?)
}

/// What somebody is called who acted, as events and audit name them (`staff:3`, `key:2`); nothing for the public and the hub.
pub fn called(sql: &Connection, actor: &str) -> Result<Option<String>, DbError> {
    let Some((kind, Ok(id))) = actor.split_once(':').map(|(kind, id)| (kind, id.parse())) else {
        return Ok(None);
    };
    match kind {
        "staff" => Ok(by_id(sql, id)?.map(|account| account.member.name)),
        "key" => Ok(keys::by_id(sql, id)?.map(|known| known.key.name)),
        _ => Ok(None),
    }
}
