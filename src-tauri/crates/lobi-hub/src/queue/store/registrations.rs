//! SQL of what was typed when a number was taken.

use std::collections::BTreeSet;

use lobi_core::queue::{ServiceId, Status, TicketId};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;
use crate::people::PersonId;

/// The day's tickets that were taken in a name that contains `name`, whatever its letters' case.
///
/// # Errors
/// [`DbError`] when they cannot be read; so below.
pub fn tickets_named(sql: &Connection, day: ServiceDay, name: &str) -> Result<Vec<TicketId>, DbError> {
    let mut select = sql.prepare_cached(
        "select id from tickets where day = :day and nama is not null and instr(upper(nama), upper(:name)) > 0
         union all
         select id from tickets where stage_day = :day and nama is not null and instr(upper(nama), upper(:name)) > 0",
    )?;
    let rows = select.query_map(named_params! { ":day": day.to_string(), ":name": name }, |row| {
        row.get(0).map(TicketId)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What staff see of a ticket beside the ticket itself.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// The name that was typed for it.
    pub nama: Option<String>,
    /// The telephone that was typed for it.
    pub no_hp: Option<String>,
    /// `online` or `offline`.
    pub cara_daftar: String,
    /// Whose record it belongs to, if anybody was recognised.
    pub person: Option<PersonId>,
}

/// The registrations behind these tickets, in their order.
pub fn registrations(sql: &Connection, ids: &[TicketId]) -> Result<Vec<Registration>, DbError> {
    let mut select =
        sql.prepare_cached("select nama, no_hp, cara_daftar, person_id from tickets where id = :id")?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let row = select.query_row(named_params! { ":id": id.0 }, |row| {
            let person = row.get::<_, Option<i64>>(3)?.map(PersonId);
            Ok(Registration { nama: row.get(0)?, no_hp: row.get(1)?, cara_daftar: row.get(2)?, person })
        });
        found.push(row.optional()?.unwrap_or_default());
    }
    Ok(found)
}

/// A number that somebody had, whenever it was.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The ticket.
    pub id: TicketId,
    /// The service day.
    pub day: ServiceDay,
    /// The service that gave it.
    pub service: ServiceId,
    /// The number within the service.
    pub number: u32,
    /// The name that was typed for it.
    pub nama: Option<String>,
    /// How it ended, or where it stands.
    pub status: Status,
    /// When it was taken.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// The last `count` numbers of these records of one person, the newest first.
pub fn visits(sql: &Connection, records: &BTreeSet<PersonId>, count: usize) -> Result<Vec<Visit>, DbError> {
    let mut select = sql.prepare_cached(
        "select id, day, service_id, number, nama, status, created_at, finished_at from tickets
         where person_id = :person order by day desc, id desc limit :count",
    )?;
    let most = i64::try_from(count).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for record in records {
        let rows = select.query_map(named_params! { ":person": record.0, ":count": most }, |row| {
            Ok(Visit {
                id: TicketId(row.get("id")?),
                day: parsed(row, "day")?,
                service: ServiceId(row.get("service_id")?),
                number: row.get("number")?,
                nama: row.get("nama")?,
                status: parsed(row, "status")?,
                created_at: Timestamp(row.get("created_at")?),
                finished_at: row.get::<_, Option<i64>>("finished_at")?.map(Timestamp),
            })
        })?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    found.sort_by_key(|visit| std::cmp::Reverse(visit.id));
    found.truncate(count);
    Ok(found)
}

/// The active numbers of these records of one person: those at a counter first, then the oldest.
pub fn active_of(sql: &Connection, records: &[PersonId], day: ServiceDay) -> Result<Vec<TicketId>, DbError> {
    let mut select = sql.prepare_cached(
        "select status = 'menunggu', id from tickets where person_id = :person and coalesce(stage_day, day) = :day
                and status in ('menunggu', 'dipanggil', 'sedang_dilayani')",
    )?;
    let mut found: Vec<(bool, TicketId)> = Vec::new();
    for record in records {
        let params = named_params! { ":person": record.0, ":day": day.to_string() };
        let rows = select.query_map(params, |row| Ok((row.get(0)?, TicketId(row.get(1)?))))?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// A number of one's own, whenever it was.
#[derive(Clone, Debug)]
pub struct OwnNumber {
    /// The ticket.
    pub id: TicketId,
    /// Its code.
    pub code: String,
    /// The service day that it is for.
    pub day: ServiceDay,
    /// The service that gave it.
    pub service: ServiceId,
    /// The number within the service.
    pub number: u32,
    /// The name that was typed for it.
    pub nama: Option<String>,
    /// How it ended, or where it stands.
    pub status: Status,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// The last `count` numbers that were taken under that telephone or for these records, the newest first.
pub fn own(
    sql: &Connection,
    phone: &str,
    records: &[PersonId],
    count: usize,
) -> Result<Vec<OwnNumber>, DbError> {
    let most = i64::try_from(count).unwrap_or(i64::MAX);
    let row = |row: &Row<'_>| {
        Ok(OwnNumber {
            id: TicketId(row.get("id")?),
            code: row.get("code")?,
            day: parsed(row, "day")?,
            service: ServiceId(row.get("service_id")?),
            number: row.get("number")?,
            nama: row.get("nama")?,
            status: parsed(row, "status")?,
            finished_at: row.get::<_, Option<i64>>("finished_at")?.map(Timestamp),
        })
    };
    let mut by_phone = sql.prepare_cached(
        "select id, code, day, service_id, number, nama, status, finished_at from tickets
         where no_hp = :phone order by day desc, id desc limit :count",
    )?;
    let mut by_record = sql.prepare_cached(
        "select id, code, day, service_id, number, nama, status, finished_at from tickets
         where person_id = :person order by day desc, id desc limit :count",
    )?;
    let found = by_phone.query_map(named_params! { ":phone": phone, ":count": most }, row)?;
    let mut found = found.collect::<Result<Vec<_>, _>>()?;
    for record in records {
        let rows = by_record.query_map(named_params! { ":person": record.0, ":count": most }, row)?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    found.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
    found.dedup_by_key(|one| one.id);
    found.truncate(count);
    Ok(found)
}

/// The number with that code, if its visit was done since.
pub fn finished(sql: &Connection, code: &str, since: Timestamp) -> Result<Option<TicketId>, DbError> {
    let mut select = sql.prepare_cached(
        "select id from tickets where code = :code and status = 'selesai' and finished_at >= :since order by id desc limit 1",
    )?;
    let params = named_params! { ":code": code, ":since": since.0 };
    Ok(select.query_row(params, |row| row.get(0).map(TicketId)).optional()?)
}

/// Of these tickets: the service that gave the number, the number, and where its holder was last.
pub fn numbers(sql: &Connection, ids: &[TicketId]) -> Result<Vec<(ServiceId, u32, ServiceId)>, DbError> {
    let mut select =
        sql.prepare_cached("select service_id, number, stage_service from tickets where id = :id")?;
    let one = |id: &TicketId| {
        let row = select.query_row(named_params! { ":id": id.0 }, |row| {
            Ok((ServiceId(row.get(0)?), row.get(1)?, ServiceId(row.get(2)?)))
        });
        Ok(row?)
    };
    ids.iter().map(one).collect()
}
