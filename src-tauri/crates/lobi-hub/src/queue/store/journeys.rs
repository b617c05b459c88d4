//! SQL of ways through the building.

use lobi_core::queue::{Journey, ServiceId};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;

macro_rules! select_journeys {
    ($rest:literal) => {
        concat!("select id, slug, nama, stops, automatic from journeys ", $rest)
    };
}

fn journey_row(row: &Row<'_>) -> rusqlite::Result<Journey> {
    Ok(Journey {
        id: row.get("id")?,
        slug: row.get("slug")?,
        nama: row.get("nama")?,
        // A file made by hand may say anything: such a way leads nowhere.
        stops: serde_json::from_str(row.get_ref("stops")?.as_str()?).unwrap_or_default(),
        automatic: row.get("automatic")?,
    })
}

/// All ways, in the order in which they were made.
///
/// # Errors
/// [`DbError`] when they cannot be read; so below.
pub fn journeys(sql: &Connection) -> Result<Vec<Journey>, DbError> {
    let mut select = sql.prepare_cached(select_journeys!("order by id"))?;
    Ok(select.query_map([], journey_row)?.collect::<Result<_, _>>()?)
}

/// A way by its slug.
pub fn journey(sql: &Connection, slug: &str) -> Result<Option<Journey>, DbError> {
    let mut select = sql.prepare_cached(select_journeys!("where slug = :slug"))?;
    Ok(select.query_row(named_params! { ":slug": slug }, journey_row).optional()?)
}

/// The way that every number of that service goes, if there is one.
pub fn automatic_of(sql: &Connection, service: ServiceId) -> Result<Option<Journey>, DbError> {
    let mut select = sql.prepare_cached(select_journeys!(
        "where automatic = 1 and json_extract(stops, '$[0]') = :service order by id limit 1"
    ))?;
    Ok(select.query_row(named_params! { ":service": service.0 }, journey_row).optional()?)
}

/// Adds a way, or replaces the one with the same slug.
pub fn save_journey(sql: &Connection, journey: &Journey) -> Result<(), DbError> {
    sql.execute(
        "insert into journeys (slug, nama, stops, automatic) values (:slug, :nama, :stops, :automatic)
         on conflict (slug) do update set nama = :nama, stops = :stops, automatic = :automatic",
        named_params! {
            ":slug": journey.slug, ":nama": journey.nama, ":automatic": journey.automatic,
            // Stops are numbers: they can always be written.
            ":stops": serde_json::to_string(&journey.stops).unwrap_or_default(),
        },
    )?;
    Ok(())
}

/// Removes a way; numbers that go it already go on.
pub fn remove_journey(sql: &Connection, slug: &str) -> Result<(), DbError> {
    sql.execute("delete from journeys where slug = :slug", named_params! { ":slug": slug })?;
    Ok(())
}
