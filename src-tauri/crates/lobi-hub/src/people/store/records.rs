//! SQL of records. A record that became part of another one is looked through: the other one answers.

use lobi_core::people::Phone;
use lobi_core::people::details::Sex;
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::words;
use crate::db::DbError;
use crate::people::record::{Details, PersonId, Record};

const SELECT: &str = "select id, no_rm, nama, nik, no_bpjs, tgl_lahir, jenis_kelamin, no_hp, alamat, email, checked_at, created_at,
                             merged_into from people";

fn record_row(row: &Row<'_>) -> rusqlite::Result<Record> {
    let sex: Option<String> = row.get("jenis_kelamin")?;
    Ok(Record {
        id: PersonId(row.get("id")?),
        no_rm: row.get("no_rm")?,
        details: Details {
            nama: row.get("nama")?,
            nik: row.get("nik")?,
            no_bpjs: row.get("no_bpjs")?,
            tgl_lahir: row.get("tgl_lahir")?,
            jenis_kelamin: sex.as_deref().and_then(Sex::named),
            no_hp: row.get("no_hp")?,
            alamat: row.get("alamat")?,
            email: row.get("email")?,
        },
        checked_at: row.get::<_, Option<i64>>("checked_at")?.map(Timestamp),
        created_at: Timestamp(row.get("created_at")?),
        merged_into: row.get::<_, Option<i64>>("merged_into")?.map(PersonId),
    })
}

/// A number that one person has alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Nomor Induk Kependudukan.
    Nik,
    /// BPJS card number.
    Bpjs,
}

/// A record by its id, as it is: also one that became part of another.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn by_id(sql: &Connection, id: PersonId) -> Result<Option<Record>, DbError> {
    let mut select = sql.prepare_cached(&format!("{SELECT} where id = :id"))?;
    Ok(select.query_row(named_params! { ":id": id.0 }, record_row).optional()?)
}

/// Whose record says this number: that one, or the one that it became part of.
pub fn by_number(sql: &Connection, number: Number, value: &str) -> Result<Option<PersonId>, DbError> {
    let mut select = sql.prepare_cached(match number {
        Number::Nik => "select coalesce(merged_into, id) from people where nik = :number",
        Number::Bpjs => "select coalesce(merged_into, id) from people where no_bpjs = :number",
    })?;
    Ok(select.query_row(named_params! { ":number": value }, |row| row.get(0).map(PersonId)).optional()?)
}

/// The records that a telephone was told for: a family.
pub fn by_phone(sql: &Connection, phone: &Phone) -> Result<Vec<Record>, DbError> {
    let mut select = sql.prepare_cached(&format!(
        "{SELECT} where no_hp = :phone and merged_into is null order by id limit 50"
    ))?;
    let rows = select.query_map(named_params! { ":phone": phone.as_ref() }, record_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// So many of the newest records, after the first `skip`; and how many there are.
pub fn newest(sql: &Connection, skip: usize, count: usize) -> Result<(Vec<Record>, usize), DbError> {
    let total: i64 = sql
        .prepare_cached("select count(*) from people where merged_into is null")?
        .query_row([], |row| row.get(0))?;
    let mut select = sql.prepare_cached(&format!(
        "{SELECT} where merged_into is null order by id desc limit :count offset :skip"
    ))?;
    let (skip, count) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(count).unwrap_or(i64::MAX));
    let rows = select.query_map(named_params! { ":count": count, ":skip": skip }, record_row)?;
    Ok((rows.collect::<Result<_, _>>()?, usize::try_from(total).unwrap_or(0)))
}

/// Begins a record and gives it the next number.
pub fn insert(sql: &Connection, details: &Details, now: Timestamp) -> Result<PersonId, DbError> {
    let last: i64 = sql
        .prepare_cached("update record_numbers set last = last + 1 returning last")?
        .query_row([], |row| row.get(0))?;
    sql.prepare_cached("insert into people (created_at, no_rm) values (:now, :no_rm)")?
        .execute(named_params! { ":now": now.0, ":no_rm": format!("{last:06}") })?;
    let id = PersonId(sql.last_insert_rowid());
    save(sql, id, details)?;
    Ok(id)
}

/// Writes the details.
pub fn save(sql: &Connection, id: PersonId, details: &Details) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update people set nama = :nama, nik = :nik, no_bpjs = :no_bpjs, tgl_lahir = :born, jenis_kelamin = :sex,
                no_hp = :no_hp, alamat = :alamat, email = :email
         where id = :id returning no_rm",
    )?;
    let Details { nama, nik, no_bpjs, tgl_lahir, jenis_kelamin, no_hp, alamat, email } = details;
    let params = named_params! {
        ":nama": nama, ":nik": nik, ":no_bpjs": no_bpjs, ":born": tgl_lahir, ":sex": jenis_kelamin.map(Sex::name),
        ":no_hp": no_hp, ":alamat": alamat, ":email": email, ":id": id.0,
    };
    let no_rm: String = update.query_row(params, |row| row.get(0))?;
    words::save(sql, id, &no_rm, details)
}

/// Notes that staff had the person's papers before them.
pub fn check(sql: &Connection, id: PersonId, at: Option<Timestamp>) -> Result<(), DbError> {
    sql.prepare_cached("update people set checked_at = :at where id = :id")?
        .execute(named_params! { ":at": at.map(|at| at.0), ":id": id.0 })?;
    Ok(())
}

/// The records that are part of this one.
pub fn parts(sql: &Connection, id: PersonId) -> Result<Vec<PersonId>, DbError> {
    let mut select = sql.prepare_cached("select id from people where merged_into = :id order by id")?;
    let rows = select.query_map(named_params! { ":id": id.0 }, |row| row.get(0).map(PersonId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes a record part of another one, or its own again.
pub fn join(sql: &Connection, id: PersonId, into: Option<PersonId>) -> Result<(), DbError> {
    sql.prepare_cached("update people set merged_into = :into where id = :id")?
        .execute(named_params! { ":into": into.map(|into| into.0), ":id": id.0 })?;
    Ok(())
}

/// A person's record, by the id of any of their records.
pub fn whole(sql: &Connection, id: PersonId) -> Result<Option<Record>, DbError> {
    match by_id(sql, id)? {
        Some(Record { merged_into: Some(into), .. }) => by_id(sql, into),
        found => Ok(found),
    }
}

/// All records of one person, the whole one first.
pub fn all_of(sql: &Connection, id: PersonId) -> Result<Vec<PersonId>, DbError> {
    let Some(record) = whole(sql, id)? else { return Ok(Vec::new()) };
    let mut ids = vec![record.id];
    ids.extend(parts(sql, record.id)?);
    Ok(ids)
}
