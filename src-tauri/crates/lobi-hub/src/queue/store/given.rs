//! SQL of what was given and how it went, for those who count afterwards.

use lobi_core::queue::{ClassId, ServiceId};
use lobi_core::reports::queue::Given;
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, named_params};

use super::tickets::stages_of_row;
use crate::db::DbError;
use crate::db::columns::parsed;

/// The numbers that a service gave from one day to another, both included.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn given(
    sql: &Connection,
    service: ServiceId,
    from: ServiceDay,
    until: ServiceDay,
) -> Result<Vec<Given>, DbError> {
    // Through the index that keeps numbers apart.
    let mut select = sql.prepare_cached(
        "select id, service_id, day, coalesce(arrived_at, created_at) as created_at, first_called_at, cara_daftar, class_id, stage_service, stage_order, stage_at, stage_counter, past_stages, status,
                counter, called_at, called_order, served_at, finished_at, finished_order, recalls, recalls_earlier
         from tickets where service_id = :service and day between :from and :until",
    )?;
    let params =
        named_params! { ":service": service.0, ":from": from.to_string(), ":until": until.to_string() };
    let rows = select.query_map(params, |row| {
        let (stage, past) = stages_of_row(row)?;
        let taken = Timestamp(row.get("created_at")?);
        let first_called = row.get::<_, Option<i64>>("first_called_at")?.map(Timestamp);
        Ok(Given {
            day: parsed(row, "day")?,
            service: ServiceId(row.get("service_id")?),
            cara_daftar: parsed(row, "cara_daftar")?,
            class: row.get::<_, Option<i64>>("class_id")?.map(ClassId),
            // Nobody waits a negative time: who is called before the hour from which they were to wait did not wait.
            taken: first_called.map_or(taken, |called| taken.min(called)),
            first_called,
            stage,
            past,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
