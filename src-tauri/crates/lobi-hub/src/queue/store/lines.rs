//! SQL of lines: who is first, who is ahead, who is at a counter, and how a day's lines end.

use lobi_core::queue::next::Head;
use lobi_core::queue::{Moment, Place, ServiceId, Ticket, TicketId};
use lobi_core::time::ServiceDay;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::DbError;
use crate::people::PersonId;

/// The first in line of a service.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn head(sql: &Connection, service: ServiceId, day: ServiceDay) -> Result<Option<Head>, DbError> {
    let mut select = sql.prepare_cached(
        "select coalesce(t.stage_order, t.id), t.id, s.priority
         from tickets t join services s on s.id = t.stage_service
         where t.stage_service = :service and coalesce(t.stage_day, t.day) = :day and t.status = 'menunggu'
         order by coalesce(t.stage_order, t.id), t.id limit 1",
    )?;
    let head = select.query_row(named_params! { ":service": service.0, ":day": day.to_string() }, |row| {
        let place = Place { order: row.get(0)?, ticket: TicketId(row.get(1)?) };
        Ok(Head { place, priority: row.get(2)? })
    });
    Ok(head.optional()?)
}

/// The order of who joins any line now, behind every number that was given and before the next. Of two who were sent on
/// between the same two numbers, the older number goes first.
pub fn next_order(sql: &Connection) -> Result<i64, DbError> {
    let mut select = sql.prepare_cached("select coalesce(max(id), 0) + 1 from tickets")?;
    Ok(select.query_row([], |row| row.get(0))?)
}

/// How many wait before that number.
pub fn ahead_of(sql: &Connection, ticket: &Ticket, day: ServiceDay) -> Result<usize, DbError> {
    let mut count = sql.prepare_cached(
        "select count(*) from tickets
         where stage_service = :service and coalesce(stage_day, day) = :day and status = 'menunggu'
               and (coalesce(stage_order, id), id) < (:order, :id)",
    )?;
    let Place { order, ticket: id } = ticket.place();
    let params = named_params! {
        ":service": ticket.stage.service.0, ":day": day.to_string(), ":order": order, ":id": id.0,
    };
    Ok(usize::try_from(count.query_row(params, |row| row.get::<_, i64>(0))?).unwrap_or(0))
}

/// A number that somebody has already.
pub struct Held {
    /// The number within its service.
    pub number: u32,
    /// The service that gave it.
    pub service: ServiceId,
    /// The telephone that was told for it.
    pub no_hp: Option<String>,
}

/// The active number of that service that day which any of these records of one person has: wherever it waits now, the service
/// that gave it counts, and the one that it waits for.
pub fn active_ticket(
    sql: &Connection,
    records: &[PersonId],
    service: ServiceId,
    day: ServiceDay,
) -> Result<Option<Held>, DbError> {
    let mut select = sql.prepare_cached(
        "select number, service_id, no_hp from tickets
         where person_id = :person and coalesce(stage_day, day) = :day and :service in (service_id, stage_service)
                and status in ('menunggu', 'dipanggil', 'sedang_dilayani') order by id limit 1",
    )?;
    for record in records {
        let params = named_params! { ":person": record.0, ":day": day.to_string(), ":service": service.0 };
        let held = select.query_row(params, |row| {
            Ok(Held { number: row.get(0)?, service: ServiceId(row.get(1)?), no_hp: row.get(2)? })
        });
        if let Some(held) = held.optional()? {
            return Ok(Some(held));
        }
    }
    Ok(None)
}

/// Ends what a past day left open: who was at a counter is done, who still waited did not come.
/// Tells how many: (done, cancelled).
pub fn close_day(sql: &Connection, day: ServiceDay, now: Moment) -> Result<(usize, usize), DbError> {
    let close = |from: &str, to: &str| {
        sql.execute(
            &format!(
                "update tickets set status = :to, finished_at = :now, finished_order = :order
                 where (service_id in (select id from services) and day = :day and stage_day is null or stage_day = :day)
                       and status in ({from})"
            ),
            named_params! { ":to": to, ":now": now.at.0, ":order": now.order, ":day": day.to_string() },
        )
    };
    let done = close("'dipanggil', 'sedang_dilayani'", "selesai")?;
    let cancelled = close("'menunggu', 'dilewati'", "batal")?;
    sql.execute(
        "update numbers set waiting = 0 where day = :day",
        named_params! { ":day": day.to_string() },
    )?;
    Ok((done, cancelled))
}

/// The place of whoever stands behind the first `others` of the line; nothing where it is shorter.
pub fn nth_waiting(
    sql: &Connection,
    service: ServiceId,
    day: ServiceDay,
    others: u8,
) -> Result<Option<Place>, DbError> {
    let mut select = sql.prepare_cached(
        "select coalesce(stage_order, id), id from tickets
         where stage_service = :service and coalesce(stage_day, day) = :day and status = 'menunggu'
         order by coalesce(stage_order, id), id limit 1 offset :others",
    )?;
    let params = named_params! { ":service": service.0, ":day": day.to_string(), ":others": others };
    let place =
        select.query_row(params, |row| Ok(Place { order: row.get(0)?, ticket: TicketId(row.get(1)?) }));
    Ok(place.optional()?)
}
