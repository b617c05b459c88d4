//! SQL of people.

use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::Visitor;
use crate::db::DbError;

/// A person's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonId(pub i64);

/// The person with this NIK or BPJS number, if known. The NIK decides when both are given.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub fn find(sql: &Connection, visitor: &Visitor) -> Result<Option<PersonId>, DbError> {
    for (column, value) in [("nik", text(&visitor.nik)), ("no_bpjs", text(&visitor.no_bpjs))] {
        if value.is_some() {
            let mut select = sql.prepare_cached(&format!("select id from people where {column} = :value"))?;
            let found = select.query_row(named_params! { ":value": value }, |row| row.get(0).map(PersonId));
            if let Some(person) = found.optional()? {
                return Ok(Some(person));
            }
        }
    }
    Ok(None)
}

/// Remembers somebody new.
///
/// # Errors
/// [`DbError`] when the row cannot be written.
pub fn insert(sql: &Connection, visitor: &Visitor, now: Timestamp) -> Result<PersonId, DbError> {
    let mut insert = sql.prepare_cached(
        "insert into people (nik, no_bpjs, nama, no_hp, created_at) values (:nik, :no_bpjs, :nama, :no_hp, :now)",
    )?;
    insert.execute(named_params! {
        ":nik": text(&visitor.nik), ":no_bpjs": text(&visitor.no_bpjs), ":nama": text(&visitor.nama),
        ":no_hp": text(&visitor.no_hp), ":now": now.0,
    })?;
    Ok(PersonId(sql.last_insert_rowid()))
}

/// Fills what was not known before. What a stranger types at a kiosk never replaces what is known.
///
/// # Errors
/// [`DbError`] when the row cannot be written.
pub fn complete(sql: &Connection, person: PersonId, visitor: &Visitor) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update or ignore people set nik = coalesce(nik, :nik), no_bpjs = coalesce(no_bpjs, :no_bpjs),
                nama = coalesce(nama, :nama), no_hp = coalesce(no_hp, :no_hp)
         where id = :id",
    )?;
    update.execute(named_params! {
        ":nik": text(&visitor.nik), ":no_bpjs": text(&visitor.no_bpjs), ":nama": text(&visitor.nama),
        ":no_hp": text(&visitor.no_hp), ":id": person.0,
    })?;
    Ok(())
}

fn text<T: AsRef<str>>(value: &Option<T>) -> Option<&str> {
    value.as_ref().map(AsRef::as_ref)
}
