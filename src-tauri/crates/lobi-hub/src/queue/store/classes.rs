//! SQL of priority classes.

use lobi_core::queue::class::Rule;
use lobi_core::queue::{Class, ClassId};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;

macro_rules! select_classes {
    ($rest:literal) => {
        concat!("select id, slug, nama, nama_en, icon, warna, rule, kiosk, active from classes ", $rest)
    };
}

fn class_row(row: &Row<'_>) -> rusqlite::Result<Class> {
    let rule: String = row.get("rule")?;
    Ok(Class {
        id: ClassId(row.get("id")?),
        slug: row.get("slug")?,
        nama: row.get("nama")?,
        nama_en: row.get("nama_en")?,
        icon: row.get("icon")?,
        warna: parsed(row, "warna")?,
        // A file made by hand may say anything: then the class is called as those of a service with priority are.
        rule: serde_json::from_str(&rule).unwrap_or(Rule::Selang { setelah: 2, panggil: 1 }),
        kiosk: row.get("kiosk")?,
        active: row.get("active")?,
    })
}

/// All classes, in the order in which they were made.
///
/// # Errors
/// [`DbError`] when they cannot be read; so below.
pub fn classes(sql: &Connection) -> Result<Vec<Class>, DbError> {
    let mut select = sql.prepare_cached(select_classes!("order by id"))?;
    Ok(select.query_map([], class_row)?.collect::<Result<_, _>>()?)
}

/// A class by its slug.
pub fn class(sql: &Connection, slug: &str) -> Result<Option<Class>, DbError> {
    let mut select = sql.prepare_cached(select_classes!("where slug = :slug"))?;
    Ok(select.query_row(named_params! { ":slug": slug }, class_row).optional()?)
}

/// A class by its row id.
pub fn class_by_id(sql: &Connection, id: ClassId) -> Result<Option<Class>, DbError> {
    let mut select = sql.prepare_cached(select_classes!("where id = :id"))?;
    Ok(select.query_row(named_params! { ":id": id.0 }, class_row).optional()?)
}

/// Adds a class, or replaces the one with the same slug.
pub fn save_class(sql: &Connection, class: &Class) -> Result<ClassId, DbError> {
    let id = sql.query_row(
        "insert into classes (slug, nama, nama_en, icon, warna, rule, kiosk, active)
         values (:slug, :nama, :nama_en, :icon, :warna, :rule, :kiosk, :active)
         on conflict (slug) do update set nama = :nama, nama_en = :nama_en, icon = :icon, warna = :warna, rule = :rule,
                                          kiosk = :kiosk, active = :active
         returning id",
        named_params! {
            ":slug": class.slug, ":nama": class.nama, ":nama_en": class.nama_en, ":icon": class.icon,
            ":warna": class.warna.name(), ":rule": serde_json::to_string(&class.rule).unwrap_or_default(),
            ":kiosk": class.kiosk, ":active": class.active,
        },
        |row| row.get(0),
    )?;
    Ok(ClassId(id))
}
