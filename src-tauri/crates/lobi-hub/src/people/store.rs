//! SQL of people.

use lobi_core::people::{BpjsNumber, Nik};
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::visitor::Visitor;
use crate::db::DbError;

/// A person's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonId(pub i64);

/// The person with this NIK.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn by_nik(sql: &Connection, nik: &Nik) -> Result<Option<PersonId>, DbError> {
    let mut select = sql.prepare_cached("select id from people where nik = :nik")?;
    Ok(select.query_row(named_params! { ":nik": nik.as_ref() }, |row| row.get(0).map(PersonId)).optional()?)
}

/// The person with this BPJS number, and whether their NIK is known.
pub fn by_bpjs(sql: &Connection, number: &BpjsNumber) -> Result<Option<(PersonId, bool)>, DbError> {
    let mut select = sql.prepare_cached("select id, nik is not null from people where no_bpjs = :number")?;
    let found = select.query_row(named_params! { ":number": number.as_ref() }, |row| {
        Ok((PersonId(row.get(0)?), row.get(1)?))
    });
    Ok(found.optional()?)
}

/// Adds an empty person.
pub fn insert(sql: &Connection, now: Timestamp) -> Result<PersonId, DbError> {
    sql.prepare_cached("insert into people (created_at) values (:now)")?
        .execute(named_params! { ":now": now.0 })?;
    Ok(PersonId(sql.last_insert_rowid()))
}

/// Fills in the numbers that were not known before. What a stranger types at a kiosk never replaces what is known, and a
/// number that is somebody else's already stays theirs.
pub fn complete(sql: &Connection, person: PersonId, visitor: &Visitor) -> Result<(), DbError> {
    let mut update =
        sql.prepare_cached("update or ignore people set nik = coalesce(nik, :nik) where id = :id")?;
    update.execute(named_params! { ":nik": text(&visitor.nik), ":id": person.0 })?;
    let mut update = sql
        .prepare_cached("update or ignore people set no_bpjs = coalesce(no_bpjs, :number) where id = :id")?;
    update.execute(named_params! { ":number": text(&visitor.no_bpjs), ":id": person.0 })?;
    Ok(())
}

fn text<T: AsRef<str>>(value: &Option<T>) -> Option<&str> {
    value.as_ref().map(AsRef::as_ref)
}
