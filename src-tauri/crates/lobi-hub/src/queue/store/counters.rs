//! SQL of counters and what they serve.

use lobi_core::queue::next::Turns;
use lobi_core::queue::shares::Weights;
use lobi_core::queue::{CounterNumber, CounterState, ServiceId};
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;

/// A counter with the services it serves.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Its number.
    pub number: CounterNumber,
    /// Its name: "Loket 1".
    pub nama: String,
    /// How far it is with its turns.
    pub turns: Turns,
    /// What it serves.
    pub services: Vec<ServiceId>,
    /// How much they weigh there.
    pub weights: Weights,
    /// Whether somebody is to be expected there.
    pub presence: Presence,
}

/// Whether somebody is to be expected at a counter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// Open, paused or closed.
    pub state: CounterState,
    /// Why it pauses; empty otherwise.
    pub reason: String,
    /// Since when; nothing: since the day began.
    pub since: Option<Timestamp>,
}

/// A counter by its number.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn counter(sql: &Connection, number: CounterNumber) -> Result<Option<Counter>, DbError> {
    let mut select = sql.prepare_cached(
        "select number, nama, turns, state, reason, since from counters where number = :number and retired = 0",
    )?;
    let found = select.query_row(named_params! { ":number": number.0 }, counter_row).optional()?;
    found.map(|counter| with_services(sql, counter)).transpose()
}

/// All counters by number.
pub fn counters(sql: &Connection) -> Result<Vec<Counter>, DbError> {
    let mut select = sql.prepare_cached(
        "select number, nama, turns, state, reason, since from counters where retired = 0 order by number",
    )?;
    let counters = select.query_map([], counter_row)?.collect::<Result<Vec<_>, _>>()?;
    counters.into_iter().map(|counter| with_services(sql, counter)).collect()
}

fn counter_row(row: &Row<'_>) -> rusqlite::Result<Counter> {
    Ok(Counter {
        number: CounterNumber(row.get("number")?),
        nama: row.get("nama")?,
        // A file made by hand may say anything: then the counter begins its turns.
        turns: serde_json::from_str(row.get_ref("turns")?.as_str()?).unwrap_or_default(),
        services: Vec::new(),
        weights: Weights::default(),
        presence: presence_row(row)?,
    })
}

fn presence_row(row: &Row<'_>) -> rusqlite::Result<Presence> {
    Ok(Presence {
        state: parsed(row, "state")?,
        reason: row.get("reason")?,
        since: row.get::<_, Option<i64>>("since")?.map(Timestamp),
    })
}

/// Whether somebody is to be expected at a counter that is there.
pub fn presence(sql: &Connection, number: CounterNumber) -> Result<Presence, DbError> {
    let mut select =
        sql.prepare_cached("select state, reason, since from counters where number = :number")?;
    Ok(select.query_row(named_params! { ":number": number.0 }, presence_row)?)
}

fn with_services(sql: &Connection, counter: Counter) -> Result<Counter, DbError> {
    let mut select = sql.prepare_cached(
        "select service_id, weight from counter_services where counter = :counter order by service_id",
    )?;
    let served = select.query_map(named_params! { ":counter": counter.number.0 }, |row| {
        Ok((ServiceId(row.get(0)?), row.get(1)?))
    })?;
    let served = served.collect::<Result<Vec<(ServiceId, u32)>, _>>()?;
    let services = served.iter().map(|(service, _)| *service).collect();
    Ok(Counter { services, weights: served.into_iter().collect(), ..counter })
}

/// Adds a counter, or gives the one with this number another name and other services.
pub fn save_counter(sql: &Connection, counter: &Counter) -> Result<(), DbError> {
    sql.execute(
        "insert into counters (number, nama) values (:number, :nama)
         on conflict (number) do update set nama = :nama, retired = 0",
        named_params! { ":number": counter.number.0, ":nama": counter.nama },
    )?;
    sql.execute(
        "delete from counter_services where counter = :counter",
        named_params! { ":counter": counter.number.0 },
    )?;
    for service in &counter.services {
        sql.execute(
            "insert into counter_services (counter, service_id, weight) values (:counter, :service, :weight)",
            named_params! { ":counter": counter.number.0, ":service": service.0, ":weight": counter.weights.of(*service) },
        )?;
    }
    Ok(())
}

/// Gives a counter up: it stays for the numbers that were called there.
pub fn retire_counter(sql: &Connection, number: CounterNumber) -> Result<(), DbError> {
    sql.execute(
        "update counters set retired = 1, state = 'buka', reason = '', since = null where number = :number",
        named_params! { ":number": number.0 },
    )?;
    Ok(())
}

/// Remembers how far a counter is with its turns.
pub fn save_turns(sql: &Connection, counter: CounterNumber, turns: &Turns) -> Result<(), DbError> {
    let mut update = sql.prepare_cached("update counters set turns = :turns where number = :number")?;
    let turns = serde_json::to_string(turns).unwrap_or_default();
    update.execute(named_params! { ":turns": turns, ":number": counter.0 })?;
    Ok(())
}

/// Writes whether somebody is to be expected at a counter.
pub fn save_presence(sql: &Connection, counter: CounterNumber, presence: &Presence) -> Result<(), DbError> {
    sql.execute(
        "update counters set state = :state, reason = :reason, since = :since where number = :number",
        named_params! {
            ":state": presence.state.name(), ":reason": presence.reason,
            ":since": presence.since.map(|since| since.0), ":number": counter.0,
        },
    )?;
    Ok(())
}

/// A new day begins: every counter is open.
pub fn open_all(sql: &Connection) -> Result<(), DbError> {
    sql.execute("update counters set state = 'buka', reason = '', since = null where state <> 'buka'", [])?;
    Ok(())
}
