//! SQL of services.

use lobi_core::queue::{Service, ServiceId};
use lobi_core::site::Hours;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;

/// What every query about services selects, in the order that [`service_row`] reads: a number is given at each of them, and names
/// of columns are compared letter by letter.
macro_rules! select_services {
    ($rest:literal) => {
        concat!(
            "select id, kode, slug, nama, nama_en, icon, open, retired, priority, hours from services ",
            $rest
        )
    };
}

fn service_row(row: &Row<'_>) -> rusqlite::Result<Service> {
    Ok(Service {
        id: ServiceId(row.get(0)?),
        kode: row.get(1)?,
        slug: row.get(2)?,
        nama: row.get(3)?,
        nama_en: row.get(4)?,
        icon: row.get(5)?,
        open: row.get(6)?,
        retired: row.get(7)?,
        priority: row.get(8)?,
        hours: hours(row)?,
    })
}

fn hours(row: &Row<'_>) -> rusqlite::Result<Hours> {
    let Some(text) = row.get_ref(9)?.as_str_or_null()? else { return Ok(Hours::default()) };
    // A file made by hand may say anything: then numbers are given at any time, as before there were hours.
    Ok(serde_json::from_str(text).unwrap_or_default())
}

/// All services, in the order in which they were made.
///
/// # Errors
/// [`DbError`] when they cannot be read; so below.
pub fn services(sql: &Connection) -> Result<Vec<Service>, DbError> {
    let mut select = sql.prepare_cached(select_services!("order by id"))?;
    Ok(select.query_map([], service_row)?.collect::<Result<_, _>>()?)
}

/// A service by its slug.
pub fn service(sql: &Connection, slug: &str) -> Result<Option<Service>, DbError> {
    let mut select = sql.prepare_cached(select_services!("where slug = :slug"))?;
    Ok(select.query_row(named_params! { ":slug": slug }, service_row).optional()?)
}

/// A service by its row id.
pub fn service_by_id(sql: &Connection, id: ServiceId) -> Result<Option<Service>, DbError> {
    let mut select = sql.prepare_cached(select_services!("where id = :id"))?;
    Ok(select.query_row(named_params! { ":id": id.0 }, service_row).optional()?)
}

/// Adds a service, or replaces the one with the same slug.
pub fn save_service(sql: &Connection, service: &Service) -> Result<ServiceId, DbError> {
    let hours = (service.hours != Hours::default())
        .then(|| serde_json::to_string(&service.hours).unwrap_or_default());
    let id = sql.query_row(
        "insert into services (kode, slug, nama, nama_en, icon, open, priority, retired, hours)
         values (:kode, :slug, :nama, :nama_en, :icon, :open, :priority, :retired, :hours)
         on conflict (slug) do update set kode = :kode, nama = :nama, nama_en = :nama_en, icon = :icon,
                                          open = :open, priority = :priority, retired = :retired, hours = :hours
         returning id",
        named_params! {
            ":kode": service.kode, ":slug": service.slug, ":nama": service.nama, ":nama_en": service.nama_en,
            ":icon": service.icon, ":open": service.open, ":priority": service.priority,
            ":retired": service.retired, ":hours": hours,
        },
        |row| row.get(0),
    )?;
    Ok(ServiceId(id))
}

/// Whether another service has that letter, also one that was given up.
pub fn kode_taken(sql: &Connection, kode: &str, by_other_than: &str) -> Result<bool, DbError> {
    let mut select =
        sql.prepare_cached("select exists (select 1 from services where kode = :kode and slug <> :slug)")?;
    Ok(select.query_row(named_params! { ":kode": kode, ":slug": by_other_than }, |row| row.get(0))?)
}
