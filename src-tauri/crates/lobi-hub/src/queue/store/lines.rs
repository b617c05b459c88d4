//! SQL of lines: who is first, who is ahead, who is at a counter, and how a day's lines end.

use lobi_core::queue::board::lane;
use lobi_core::queue::next::{Head, order_of_calls};
use lobi_core::queue::{Class, ClassId, CounterNumber, Moment, Place, ServiceId, Ticket, TicketId};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{classes, services};
use crate::db::DbError;
use crate::people::PersonId;

/// A question about those who wait for a service on a day.
macro_rules! waiting {
    ($select:literal, $rest:literal) => {
        concat!(
            "select ",
            $select,
            " from tickets
             where stage_service = :service and coalesce(stage_day, day) = :day and status = 'menunggu' and absent = 0 ",
            $rest
        )
    };
}

/// The first in line of each class of a service at `now`, as that counter sees them: whoever waits for another one alone is
/// passed over.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn heads(
    sql: &Connection,
    service: ServiceId,
    counter: CounterNumber,
    day: ServiceDay,
    now: Timestamp,
) -> Result<Vec<Head>, DbError> {
    let mut first = sql.prepare_cached(waiting!(
        "coalesce(stage_order, id), id, class_id, coalesce(stage_at, created_at)",
        "and class_id is null and (stage_counter is null or stage_counter = :counter) order by coalesce(stage_order, id), id limit 1"
    ))?;
    let rules = Rules::of(sql, service)?;
    let params = named_params! { ":service": service.0, ":counter": counter.0, ":day": day.to_string() };
    let first = first.query_row(params, |row| rules.head(row, now)).optional()?;
    let mut heads: Vec<Head> = first.into_iter().collect();
    if has_classes(sql, service, day)? {
        let mut first_of = sql.prepare_cached(waiting!(
            "coalesce(stage_order, id), id, class_id, coalesce(stage_at, created_at)",
            "and class_id = :class and (stage_counter is null or stage_counter = :counter) order by coalesce(stage_order, id), id limit 1"
        ))?;
        for class in &rules.classes {
            let params = named_params! {
                ":service": service.0, ":counter": counter.0, ":day": day.to_string(), ":class": class.id.0,
            };
            heads.extend(first_of.query_row(params, |row| rules.head(row, now)).optional()?);
        }
    }
    Ok(heads)
}

/// Whether somebody with a priority class waits for the service.
pub fn has_classes(sql: &Connection, service: ServiceId, day: ServiceDay) -> Result<bool, DbError> {
    let mut exists = sql.prepare_cached(waiting!("1", "and class_id is not null limit 1"))?;
    Ok(exists.exists(named_params! { ":service": service.0, ":day": day.to_string() })?)
}

/// By what somebody who waits for a service goes before others.
struct Rules {
    service: ServiceId,
    classes: Vec<Class>,
    priority: bool,
}

impl Rules {
    fn of(sql: &Connection, service: ServiceId) -> Result<Self, DbError> {
        let priority = services::service_by_id(sql, service)?.is_some_and(|service| service.priority);
        Ok(Rules { service, classes: classes::classes(sql)?, priority })
    }

    fn head(&self, row: &Row<'_>, now: Timestamp) -> rusqlite::Result<Head> {
        let class: Option<i64> = row.get(2)?;
        let class = class.and_then(|id| self.classes.iter().find(|class| class.id == ClassId(id)));
        let joined = Timestamp(row.get(3)?);
        let place = Place { order: row.get(0)?, ticket: TicketId(row.get(1)?) };
        Ok(Head { place, service: self.service, lane: lane(class, self.priority, now.millis_since(joined)) })
    }
}

/// The order of who joins any line now, behind every number that was given and before the next. Of two who were sent on
/// between the same two numbers, the older number goes first.
pub fn next_order(sql: &Connection) -> Result<i64, DbError> {
    let mut select = sql.prepare_cached("select coalesce(max(id), 0) + 1 from tickets")?;
    Ok(select.query_row([], |row| row.get(0))?)
}

/// How many are called before that number.
pub fn ahead_of(
    sql: &Connection,
    ticket: &Ticket,
    day: ServiceDay,
    now: Timestamp,
) -> Result<usize, DbError> {
    let (service, place) = (ticket.stage.service, ticket.place());
    if has_classes(sql, service, day)? {
        let mut all = sql.prepare_cached(waiting!(
            "coalesce(stage_order, id), id, class_id, coalesce(stage_at, created_at)",
            "order by class_id, coalesce(stage_order, id), id"
        ))?;
        let rules = Rules::of(sql, service)?;
        let params = named_params! { ":service": service.0, ":day": day.to_string() };
        let heads = all.query_map(params, |row| Ok((row.get(2)?, rules.head(row, now)?)))?;
        let heads = heads.collect::<Result<Vec<(Option<i64>, Head)>, _>>()?;
        let lines = heads.chunk_by(|(one, _), (other, _)| one == other);
        let mut order = order_of_calls(lines.map(|line| line.iter().map(|(_, head)| *head)));
        return Ok(order.position(|one| one == place).unwrap_or(0));
    }
    let mut count =
        sql.prepare_cached(waiting!("count(*)", "and (coalesce(stage_order, id), id) < (:order, :id)"))?;
    let params = named_params! {
        ":service": service.0, ":day": day.to_string(), ":order": place.order, ":id": place.ticket.0,
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
    let mut select = sql.prepare_cached(waiting!(
        "coalesce(stage_order, id), id",
        "order by coalesce(stage_order, id), id limit 1 offset :others"
    ))?;
    let params = named_params! { ":service": service.0, ":day": day.to_string(), ":others": others };
    let place =
        select.query_row(params, |row| Ok(Place { order: row.get(0)?, ticket: TicketId(row.get(1)?) }));
    Ok(place.optional()?)
}
