//! SQL of the `site` row.

use lobi_core::speech::NumberStyle;
use lobi_core::time::{ServiceDay, Zone};
use rusqlite::types::Type;
use rusqlite::{Connection, named_params};

use super::{Site, SitePrinter, SpeechStyle};
use crate::db::DbError;

/// The site's facts.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn site(sql: &Connection) -> Result<Site, DbError> {
    let select = "select site_id, name, city, zone, info_id, info_en, demo, number_style, speech_english, public_address,
                         printer, paper_width, logo from site";
    Ok(sql.query_row(select, [], |row| {
        Ok(Site {
            id: row.get("site_id")?,
            name: row.get("name")?,
            city: row.get("city")?,
            zone: parsed(row.get_ref("zone")?.as_str()?)?,
            info_id: row.get("info_id")?,
            info_en: row.get("info_en")?,
            demo: row.get("demo")?,
            speech: SpeechStyle {
                numbers: match row.get_ref("number_style")?.as_str()? {
                    "digits" => NumberStyle::Digits,
                    _ => NumberStyle::Words,
                },
                english: row.get("speech_english")?,
            },
            public_address: row.get("public_address")?,
            logo: Some(row.get("logo")?).filter(|logo: &String| !logo.is_empty()),
            printer: Some(SitePrinter {
                connection: row.get("printer")?,
                paper_width: row.get("paper_width")?,
            })
            .filter(|printer| !printer.connection.is_empty()),
        })
    })?)
}

/// Writes the site's facts.
///
/// # Errors
/// [`DbError`] when the row cannot be written.
pub fn save_site(sql: &Connection, site: &Site) -> Result<(), DbError> {
    sql.execute(
        "update site set name = :name, city = :city, zone = :zone, info_id = :info_id, info_en = :info_en, demo = :demo,
                number_style = :numbers, speech_english = :english, public_address = :address,
                printer = :printer, paper_width = :paper_width, logo = :logo",
        named_params! {
            ":name": site.name, ":city": site.city, ":zone": site.zone.name(),
            ":info_id": site.info_id, ":info_en": site.info_en, ":demo": site.demo,
            ":numbers": match site.speech.numbers { NumberStyle::Words => "words", NumberStyle::Digits => "digits" },
            ":logo": site.logo.as_deref().unwrap_or_default(), ":english": site.speech.english, ":address": site.public_address,
            ":printer": site.printer.as_ref().map_or("", |printer| &printer.connection),
            ":paper_width": site.printer.as_ref().map_or(80, |printer| printer.paper_width),
        },
    )?;
    Ok(())
}

/// What decides the service day.
#[derive(Clone, Copy, Debug)]
pub struct StoredDay {
    /// The day that numbers belong to now.
    pub day: ServiceDay,
    /// The site's zone.
    pub zone: Zone,
    /// When a day begins, in minutes after local midnight.
    pub starts_at: u16,
}

/// The stored service day.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn stored_day(sql: &Connection) -> Result<StoredDay, DbError> {
    let mut select = sql.prepare_cached("select service_day, zone, day_starts_at from site")?;
    Ok(select.query_row([], |row| {
        Ok(StoredDay {
            day: parsed(row.get_ref(0)?.as_str()?)?,
            zone: parsed(row.get_ref(1)?.as_str()?)?,
            starts_at: row.get(2)?,
        })
    })?)
}

/// Rolls the stored service day.
///
/// # Errors
/// [`DbError`] when the row cannot be written.
pub fn save_day(sql: &Connection, day: ServiceDay) -> Result<(), DbError> {
    sql.execute("update site set service_day = :day", named_params! { ":day": day.to_string() })?;
    Ok(())
}

/// Whether nothing was ever set up or issued here.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub fn is_empty(sql: &Connection) -> Result<bool, DbError> {
    let used = "select exists (select 1 from services) or exists (select 1 from staff) or exists (select 1 from events)";
    Ok(!sql.query_row(used, [], |row| row.get::<_, bool>(0))?)
}

/// A text column read as what it stands for.
fn parsed<T: std::str::FromStr>(text: &str) -> rusqlite::Result<T>
where
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    text.parse()
        .map_err(|error: T::Err| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
