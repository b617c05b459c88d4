//! SQL of what was typed when a number was taken.

use lobi_core::queue::TicketId;
use lobi_core::time::ServiceDay;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::db::DbError;

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
    /// `online` or `offline`.
    pub cara_daftar: String,
}

/// The registrations behind these tickets, in their order.
pub fn registrations(sql: &Connection, ids: &[TicketId]) -> Result<Vec<Registration>, DbError> {
    let mut select = sql.prepare_cached("select nama, cara_daftar from tickets where id = :id")?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let row = select.query_row(named_params! { ":id": id.0 }, |row| {
            Ok(Registration { nama: row.get(0)?, cara_daftar: row.get(1)? })
        });
        found.push(row.optional()?.unwrap_or_default());
    }
    Ok(found)
}
