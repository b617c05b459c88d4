//! SQL of what was given and how it went, for those who count afterwards.

use lobi_core::queue::{ClassId, CounterNumber, Moment, ServiceId, Stage};
use lobi_core::reports::queue::Given;
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, Row, named_params};

use super::tickets::list;
use crate::db::DbError;
use crate::db::columns::parsed_text;

/// Columns by their place: a year has a million rows, and looking every column up by its name costs more than reading it.
const GIVEN: &str = "select day, coalesce(arrived_at, created_at), first_called_at, cara_daftar, class_id, stage_service, status,
                            counter, called_at, served_at, finished_at, past_stages
                     from tickets where service_id = :service and day between :from and :until";

/// Hands over each number that a service gave from one day to another, both included.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn each(
    sql: &Connection,
    service: ServiceId,
    (from, until): (ServiceDay, ServiceDay),
    mut take: impl FnMut(Given),
) -> Result<(), DbError> {
    // Through the index that keeps numbers apart, so that days follow each other.
    let mut select = sql.prepare_cached(GIVEN)?;
    let params =
        named_params! { ":service": service.0, ":from": from.to_string(), ":until": until.to_string() };
    let mut rows = select.query(params)?;
    let mut day = (String::new(), from);
    while let Some(row) = rows.next()? {
        let written = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if written != day.0 {
            day = (written.to_owned(), parsed_text(written)?);
        }
        take(given(row, service, day.1)?);
    }
    Ok(())
}

fn given(row: &Row<'_>, service: ServiceId, day: ServiceDay) -> rusqlite::Result<Given> {
    let time = |place: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(place)?.map(Timestamp));
    // In which order somebody waited or was called is nothing that is counted.
    let moment = |place: usize| Ok::<_, rusqlite::Error>(time(place)?.map(|at| Moment { at, order: 0 }));
    let (taken, first_called) = (Timestamp(row.get(1)?), time(2)?);
    let stage = Stage {
        status: parsed_text(row.get_ref(6)?.as_str()?)?,
        counter: row.get::<_, Option<u32>>(7)?.map(CounterNumber),
        called: moment(8)?,
        served_at: time(9)?,
        finished: moment(10)?,
        ..Stage::waiting(ServiceId(row.get(5)?), 0)
    };
    Ok(Given {
        day,
        service,
        cara_daftar: parsed_text(row.get_ref(3)?.as_str()?)?,
        class: row.get::<_, Option<i64>>(4)?.map(ClassId),
        // Nobody waits a negative time: who is called before the hour from which they were to wait did not wait.
        taken: first_called.map_or(taken, |called| taken.min(called)),
        first_called,
        stage,
        past: list(row, 11)?,
    })
}
