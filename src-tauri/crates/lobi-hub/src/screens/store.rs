//! SQL of what each TV shows.

use lobi_core::screens::{Plan, Room};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;

/// What was said of a TV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The TV's own name for itself.
    pub machine: String,
    /// Its name for people, as it was then.
    pub name: String,
    /// What it shows.
    pub plan: Plan,
}

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        machine: row.get("machine")?,
        name: row.get("name")?,
        plan: Plan {
            layout: parsed(row, "layout")?,
            theme: parsed(row, "theme")?,
            large: row.get("large")?,
            services: row.get_ref("services")?.as_str()?.split_whitespace().map(str::to_owned).collect(),
        },
    })
}

/// What was said of every TV, by name.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn all(sql: &Connection) -> Result<Vec<Known>, DbError> {
    let mut select = sql
        .prepare_cached("select machine, name, layout, theme, large, services from screens order by name")?;
    Ok(select.query_map([], known)?.collect::<Result<_, _>>()?)
}

/// What was said of one.
pub fn of(sql: &Connection, machine: &str) -> Result<Option<Known>, DbError> {
    let mut select = sql.prepare_cached(
        "select machine, name, layout, theme, large, services from screens where machine = :machine",
    )?;
    Ok(select.query_row(named_params! { ":machine": machine }, known).optional()?)
}

/// Writes what is said of one.
pub fn save(sql: &Connection, screen: &Known) -> Result<(), DbError> {
    sql.execute(
        "insert into screens (machine, name, layout, theme, large, services)
         values (:machine, :name, :layout, :theme, :large, :services)
         on conflict do update set name = :name, layout = :layout, theme = :theme, large = :large, services = :services",
        named_params! {
            ":machine": screen.machine, ":name": screen.name, ":layout": screen.plan.layout.name(),
            ":theme": screen.plan.theme.name(), ":large": screen.plan.large,
            ":services": screen.plan.services.join(" "),
        },
    )?;
    Ok(())
}

/// Forgets what was said of one.
pub fn remove(sql: &Connection, machine: &str) -> Result<(), DbError> {
    sql.execute("delete from screens where machine = :machine", named_params! { ":machine": machine })?;
    Ok(())
}

/// What all TVs keep to.
pub fn room(sql: &Connection) -> Result<Room, DbError> {
    let mut select = sql.prepare_cached("select said from room")?;
    let said: Option<String> = select.query_row([], |row| row.get(0)).optional()?;
    // A file made by hand may say anything: such a room keeps to nothing.
    Ok(said.and_then(|said| serde_json::from_str(&said).ok()).unwrap_or_default())
}

/// Writes what all TVs keep to.
pub fn save_room(sql: &Connection, room: &Room) -> Result<(), DbError> {
    sql.execute(
        "insert into room (one, said) values (1, :said) on conflict do update set said = :said",
        // Texts and times can always be written.
        named_params! { ":said": serde_json::to_string(room).unwrap_or_default() },
    )?;
    Ok(())
}
