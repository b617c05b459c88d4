//! SQL of other programs that are told, and of what became of each telling.

use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::record::{Delivery, Webhook};
use crate::db::DbError;
use crate::db::columns::parsed;

const SELECT: &str = "select id, name, url, lan, events, secret, header_name, header_value, active, seq, created_at, failing_since
                      from webhooks";

fn webhook_row(row: &Row<'_>) -> rusqlite::Result<Webhook> {
    let (name, value): (String, String) = (row.get("header_name")?, row.get("header_value")?);
    Ok(Webhook {
        id: row.get("id")?,
        name: row.get("name")?,
        url: row.get("url")?,
        lan: row.get("lan")?,
        events: row.get_ref("events")?.as_str()?.split_whitespace().map(str::to_owned).collect(),
        secret: row.get("secret")?,
        header: (!name.is_empty()).then_some((name, value)),
        active: row.get("active")?,
        seq: row.get("seq")?,
        created_at: Timestamp(row.get("created_at")?),
        failing_since: row.get::<_, Option<i64>>("failing_since")?.map(Timestamp),
    })
}

/// All of them, in the order in which they were made.
///
/// # Errors
/// [`DbError`] when they cannot be read; so below.
pub fn all(sql: &Connection) -> Result<Vec<Webhook>, DbError> {
    let mut select = sql.prepare_cached(&format!("{SELECT} order by id"))?;
    Ok(select.query_map([], webhook_row)?.collect::<Result<_, _>>()?)
}

/// One by its row id.
pub fn by_id(sql: &Connection, id: i64) -> Result<Option<Webhook>, DbError> {
    let mut select = sql.prepare_cached(&format!("{SELECT} where id = :id"))?;
    Ok(select.query_row(named_params! { ":id": id }, webhook_row).optional()?)
}

/// Adds one, or writes it anew where it has an id; tells the id.
pub fn save(sql: &Connection, hook: &Webhook) -> Result<i64, DbError> {
    let (name, value) = hook.header.clone().unwrap_or_default();
    let id = sql.query_row(
        "insert into webhooks (id, name, url, lan, events, secret, header_name, header_value, active, seq, created_at, failing_since)
         values (nullif(:id, 0), :name, :url, :lan, :events, :secret, :header, :value, :active, :seq, :at, :failing)
         on conflict (id) do update set name = :name, url = :url, lan = :lan, events = :events, secret = :secret,
             header_name = :header, header_value = :value, active = :active, seq = :seq, failing_since = :failing
         returning id",
        named_params! {
            ":id": hook.id, ":name": hook.name, ":url": hook.url, ":lan": hook.lan, ":events": hook.events.join(" "),
            ":secret": hook.secret, ":header": name, ":value": value, ":active": hook.active, ":seq": hook.seq,
            ":at": hook.created_at.0, ":failing": hook.failing_since.map(|at| at.0),
        },
        |row| row.get(0),
    )?;
    Ok(id)
}

/// Removes one with everything that became of it.
pub fn remove(sql: &Connection, id: i64) -> Result<(), DbError> {
    sql.execute("delete from deliveries where webhook_id = :id", named_params! { ":id": id })?;
    sql.execute("delete from webhooks where id = :id", named_params! { ":id": id })?;
    Ok(())
}

/// Those that have something to be told at `now`.
pub fn with_due(sql: &Connection, now: Timestamp) -> Result<Vec<i64>, DbError> {
    let mut select = sql.prepare_cached(
        "select id from webhooks where active = 1 and exists (
             select 1 from deliveries where webhook_id = webhooks.id and state = 'due' and due_at <= :now) order by id",
    )?;
    Ok(select.query_map(named_params! { ":now": now.0 }, |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Events up to that one were looked at.
pub fn looked_at(sql: &Connection, id: i64, seq: i64) -> Result<(), DbError> {
    let mut update = sql.prepare_cached("update webhooks set seq = :seq where id = :id")?;
    update.execute(named_params! { ":id": id, ":seq": seq })?;
    Ok(())
}

/// Since when nothing arrives; nothing: it does.
pub fn failing(sql: &Connection, id: i64, since: Option<Timestamp>) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update webhooks set failing_since = case when :since is null then null else coalesce(failing_since, :since) end
         where id = :id",
    )?;
    update.execute(named_params! { ":id": id, ":since": since.map(|at| at.0) })?;
    Ok(())
}

macro_rules! select_deliveries {
    ($rest:literal) => {
        concat!(
            "select id, webhook_id, seq, kind, at, state, tries, due_at, tried_at, status, fault, millis from deliveries ",
            $rest
        )
    };
}

fn delivery_row(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        id: row.get("id")?,
        webhook: row.get("webhook_id")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        at: Timestamp(row.get("at")?),
        state: parsed(row, "state")?,
        tries: row.get("tries")?,
        due_at: Timestamp(row.get("due_at")?),
        tried_at: row.get::<_, Option<i64>>("tried_at")?.map(Timestamp),
        status: row.get("status")?,
        fault: row.get("fault")?,
        millis: row.get("millis")?,
    })
}

/// Writes a telling down, as it is; one of the same event to the same program stands already. Tells its id.
pub fn insert_delivery(sql: &Connection, delivery: &Delivery) -> Result<i64, DbError> {
    let mut insert = sql.prepare_cached(
        "insert into deliveries (webhook_id, seq, kind, at, state, tries, due_at, tried_at, status, fault, millis)
         values (:webhook, :seq, :kind, :at, :state, :tries, :due, :tried, :status, :fault, :millis)
         on conflict do nothing",
    )?;
    insert.execute(named_params! {
        ":webhook": delivery.webhook, ":seq": delivery.seq, ":kind": delivery.kind, ":at": delivery.at.0,
        ":state": delivery.state.name(), ":tries": delivery.tries, ":due": delivery.due_at.0,
        ":tried": delivery.tried_at.map(|at| at.0), ":status": delivery.status, ":fault": delivery.fault,
        ":millis": delivery.millis,
    })?;
    Ok(sql.last_insert_rowid())
}

/// The oldest that is to be told at `now`, after that one.
pub fn next_delivery(
    sql: &Connection,
    webhook: i64,
    now: Timestamp,
    after: i64,
) -> Result<Option<Delivery>, DbError> {
    let mut select = sql.prepare_cached(select_deliveries!(
        "where webhook_id = :webhook and state = 'due' and due_at <= :now and id > :after order by id limit 1"
    ))?;
    let params = named_params! { ":webhook": webhook, ":now": now.0, ":after": after };
    Ok(select.query_row(params, delivery_row).optional()?)
}

/// Notes how a try went.
pub fn save_try(sql: &Connection, delivery: &Delivery) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update deliveries set state = :state, tries = :tries, due_at = :due, tried_at = :tried, status = :status,
             fault = :fault, millis = :millis where id = :id",
    )?;
    update.execute(named_params! {
        ":id": delivery.id, ":state": delivery.state.name(), ":tries": delivery.tries, ":due": delivery.due_at.0,
        ":tried": delivery.tried_at.map(|at| at.0), ":status": delivery.status, ":fault": delivery.fault,
        ":millis": delivery.millis,
    })?;
    Ok(())
}

/// What waits or was given up is due at once, as if it had just happened. Tells how many.
pub fn hasten(sql: &Connection, webhook: i64, now: Timestamp) -> Result<usize, DbError> {
    Ok(sql.execute(
        "update deliveries set state = 'due', due_at = :now, tries = 0
         where webhook_id = :webhook and state <> 'done' and seq is not null",
        named_params! { ":webhook": webhook, ":now": now.0 },
    )?)
}

/// What waits is told no more.
pub fn give_up_due(sql: &Connection, webhook: i64, fault: &str) -> Result<(), DbError> {
    sql.execute(
        "update deliveries set state = 'given_up', fault = :fault, tried_at = coalesce(tried_at, at)
         where webhook_id = :webhook and state = 'due'",
        named_params! { ":webhook": webhook, ":fault": fault },
    )?;
    Ok(())
}

/// What was due before that and was never reached, because what stood before it did not arrive, is told no more.
pub fn give_up_old(sql: &Connection, before: Timestamp) -> Result<(), DbError> {
    sql.execute(
        "update deliveries set state = 'given_up', fault = coalesce(fault, 'unreachable'), tried_at = coalesce(tried_at, at)
         where state = 'due' and at < :before and due_at < :before",
        named_params! { ":before": before.0 },
    )?;
    Ok(())
}

/// How many wait to be told to each.
pub fn waiting(sql: &Connection) -> Result<Vec<(i64, u32)>, DbError> {
    let mut select = sql.prepare_cached(
        "select webhook_id, count(*) from deliveries where state = 'due' group by webhook_id",
    )?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One page of what was told, newest first, and how many there are.
pub fn deliveries(
    sql: &Connection,
    webhook: i64,
    skip: usize,
    most: usize,
) -> Result<(Vec<Delivery>, usize), DbError> {
    let mut count = sql.prepare_cached("select count(*) from deliveries where webhook_id = :webhook")?;
    let total = count.query_row(named_params! { ":webhook": webhook }, |row| row.get::<_, u32>(0))?;
    let mut select = sql.prepare_cached(select_deliveries!(
        "where webhook_id = :webhook order by id desc limit :most offset :skip"
    ))?;
    let rows = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let found = select.query_map(
        named_params! { ":webhook": webhook, ":most": rows(most), ":skip": rows(skip) },
        delivery_row,
    )?;
    Ok((found.collect::<Result<_, _>>()?, total as usize))
}

/// Forgets what ended before that.
pub fn forget(sql: &Connection, before: Timestamp) -> Result<(), DbError> {
    sql.execute(
        "delete from deliveries where state <> 'due' and tried_at < :before",
        named_params! { ":before": before.0 },
    )?;
    Ok(())
}

/// Whether something is to be told to the program that a job is about.
pub fn any_due(sql: &Connection, about: &str, now: Timestamp) -> Result<bool, DbError> {
    let Ok(webhook) = about.parse() else { return Ok(false) };
    Ok(next_delivery(sql, webhook, now, 0)?.is_some())
}
