//! SQL of the `site` row.

pub mod holidays;

use lobi_core::site::{DayStart, Late, Online, Site, SitePrinter, SpeechStyle};
use lobi_core::time::{ServiceDay, Zone};
use rusqlite::{Connection, Row, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;

/// The site's facts.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn site(sql: &Connection) -> Result<Site, DbError> {
    let select = "select site_id, epoch, version, name, city, zone, day_starts_at, info_id, info_en, demo, number_style, speech_english, public_address,
                         printer, printer_width, printer_code_page, printer_qr, printer_cutter, logo, late, online, auto_call, kiosk_identity from site";
    Ok(sql.query_row(select, [], |row| {
        Ok(Site {
            id: row.get("site_id")?,
            epoch: row.get("epoch")?,
            version: row.get("version")?,
            name: row.get("name")?,
            city: row.get("city")?,
            zone: parsed(row, "zone")?,
            day_starts_at: day_start(row)?,
            info_id: row.get("info_id")?,
            info_en: row.get("info_en")?,
            demo: row.get("demo")?,
            speech: style(row)?,
            public_address: row.get("public_address")?,
            logo: Some(row.get("logo")?).filter(|logo: &String| !logo.is_empty()),
            printer: Some(SitePrinter {
                connection: row.get("printer")?,
                width: parsed(row, "printer_width")?,
                code_page: parsed(row, "printer_code_page")?,
                qr: parsed(row, "printer_qr")?,
                cutter: row.get("printer_cutter")?,
            })
            .filter(|printer| !printer.connection.is_empty()),
            late: late(row)?,
            online: online_of(row)?,
            auto_call: row.get("auto_call")?,
            kiosk_identity: row.get("kiosk_identity")?,
        })
    })?)
}

/// Writes the site's facts.
///
/// # Errors
/// [`DbError`] when the row cannot be written.
pub fn save_site(sql: &Connection, site: &Site) -> Result<(), DbError> {
    let printer = site.printer.clone().unwrap_or_default();
    sql.execute(
        "update site set version = :version, name = :name, city = :city, zone = :zone, day_starts_at = :starts_at, info_id = :info_id, info_en = :info_en, demo = :demo,
                number_style = :numbers, speech_english = :english, public_address = :address,
                printer = :printer, printer_width = :width, printer_code_page = :code_page, printer_qr = :qr,
                printer_cutter = :cutter, logo = :logo, late = :late, online = :online, auto_call = :auto_call, kiosk_identity = :kiosk_identity",
        named_params! {
            ":online": (site.online != Online::default()).then(|| serde_json::to_string(&site.online).unwrap_or_default()),
            ":auto_call": site.auto_call, ":kiosk_identity": site.kiosk_identity,
            ":version": site.version, ":name": site.name, ":city": site.city, ":zone": site.zone.name(),
            ":starts_at": site.day_starts_at.minutes(),
            ":info_id": site.info_id, ":info_en": site.info_en, ":demo": site.demo,
            ":numbers": site.speech.numbers.name(),
            ":logo": site.logo.as_deref().unwrap_or_default(), ":english": site.speech.english, ":address": site.public_address,
            ":printer": printer.connection, ":width": printer.width.to_string(),
            ":code_page": printer.code_page.name(), ":qr": printer.qr.name(),
            ":late": (site.late != Late::default()).then(|| serde_json::to_string(&site.late).unwrap_or_default()), ":cutter": printer.cutter,
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
    /// When a day begins.
    pub starts_at: DayStart,
}

/// The stored service day.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn stored_day(sql: &Connection) -> Result<StoredDay, DbError> {
    let mut select = sql.prepare_cached("select service_day, zone, day_starts_at from site")?;
    Ok(select.query_row([], |row| {
        Ok(StoredDay {
            day: parsed(row, "service_day")?,
            zone: parsed(row, "zone")?,
            starts_at: day_start(row)?,
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

/// How calls sound.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn speech_style(sql: &Connection) -> Result<SpeechStyle, DbError> {
    let mut select = sql.prepare_cached("select number_style, speech_english from site")?;
    Ok(select.query_row([], style)?)
}

/// A time that no clock shows, in a file made by hand, is the usual one.
fn day_start(row: &Row<'_>) -> rusqlite::Result<DayStart> {
    Ok(DayStart::try_from(row.get::<_, u16>("day_starts_at")?).unwrap_or_default())
}

fn style(row: &Row<'_>) -> rusqlite::Result<SpeechStyle> {
    Ok(SpeechStyle { numbers: parsed(row, "number_style")?, english: row.get("speech_english")? })
}

/// What happens about people who do not come when they are called.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn lateness(sql: &Connection) -> Result<Late, DbError> {
    let mut select = sql.prepare_cached("select late from site")?;
    Ok(select.query_row([], late)?)
}

/// How numbers are taken from afar.
///
/// # Errors
/// [`DbError`] when the row cannot be read.
pub fn online(sql: &Connection) -> Result<Online, DbError> {
    let mut select = sql.prepare_cached("select online from site")?;
    Ok(select.query_row([], online_of)?)
}

/// As [`late`].
fn online_of(row: &Row<'_>) -> rusqlite::Result<Online> {
    let text: Option<String> = row.get("online")?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// A file made by hand may say anything: then it is as it was before there was a choice.
fn late(row: &Row<'_>) -> rusqlite::Result<Late> {
    let text: Option<String> = row.get("late")?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
