//! SQL of the numbers of a day: the last one given, and how many wait.

use lobi_core::queue::ServiceId;
use lobi_core::time::ServiceDay;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::{DbError, Given, Numbers};

/// The numbers that are remembered outside the database, see [`crate::db::head`].
pub const NUMBERS: Numbers = Numbers { given, not_again };

/// The last number of each service today.
fn given(sql: &Connection) -> Result<Given, DbError> {
    let day: String = sql.prepare_cached("select service_day from site")?.query_row([], |row| row.get(0))?;
    // The services first: `numbers` holds a row for each of them and every day since the beginning.
    let mut select = sql.prepare_cached(
        "select s.id, n.last from services s cross join numbers n on n.service_id = s.id and n.day = :day",
    )?;
    let last = select.query_map(named_params! { ":day": day }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let last = last.collect::<Result<_, _>>()?;
    Ok(Given { day, last })
}

/// Numbers that were given on a day and are not in the file any more: the next ones are higher.
fn not_again(sql: &Connection, given: &Given) -> Result<(), DbError> {
    let mut raise = sql.prepare(
        "insert into numbers (service_id, day, last, waiting)
         select id, :day, :last, 0 from services where id = :service
         on conflict do update set last = max(last, excluded.last)",
    )?;
    for (service, last) in &given.last {
        raise.execute(named_params! { ":service": service, ":day": given.day, ":last": last })?;
    }
    Ok(())
}

/// Takes the service's next number of the day, and counts one more waiting where its holder `waits`: (number, waiting).
///
/// # Errors
/// [`DbError`] when it cannot be written; so below.
pub fn take_number(
    sql: &Connection,
    service: ServiceId,
    day: ServiceDay,
    waits: bool,
) -> Result<(u32, u32), DbError> {
    let mut upsert = sql.prepare_cached(
        "insert into numbers (service_id, day, last, waiting) values (:service, :day, 1, :waits)
         on conflict do update set last = last + 1, waiting = waiting + :waits
         returning last, waiting",
    )?;
    let params = named_params! { ":service": service.0, ":day": day.to_string(), ":waits": waits };
    Ok(upsert.query_row(params, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Whether the service gave a number that day, and how many wait for it.
pub fn given_and_waiting(
    sql: &Connection,
    service: ServiceId,
    day: ServiceDay,
) -> Result<(bool, u32), DbError> {
    let mut select = sql
        .prepare_cached("select last > 0, waiting from numbers where service_id = :service and day = :day")?;
    let params = named_params! { ":service": service.0, ":day": day.to_string() };
    let found = select.query_row(params, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.unwrap_or((false, 0)))
}

/// How many numbers the service gave that day.
pub fn given_count(sql: &Connection, service: ServiceId, day: ServiceDay) -> Result<u32, DbError> {
    let mut select =
        sql.prepare_cached("select last from numbers where service_id = :service and day = :day")?;
    let params = named_params! { ":service": service.0, ":day": day.to_string() };
    Ok(select.query_row(params, |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Counts the waiting up or down and tells how many wait now.
pub fn count_waiting(sql: &Connection, service: ServiceId, day: ServiceDay, by: i32) -> Result<u32, DbError> {
    let mut update = sql.prepare_cached(
        "insert into numbers (service_id, day, last, waiting) values (:service, :day, 0, max(:by, 0))
         on conflict do update set waiting = waiting + :by returning waiting",
    )?;
    Ok(update
        .query_row(named_params! { ":by": by, ":service": service.0, ":day": day.to_string() }, |row| {
            row.get(0)
        })?)
}
