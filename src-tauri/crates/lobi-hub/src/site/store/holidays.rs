//! SQL of the site's holidays.

use lobi_core::site::Holidays;
use rusqlite::{Connection, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;

/// All of them.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn holidays(sql: &Connection) -> Result<Holidays, DbError> {
    let mut select = sql.prepare_cached("select date, nama from holidays")?;
    let rows = select.query_map([], |row| Ok((parsed(row, "date")?, row.get("nama")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes these the holidays.
///
/// # Errors
/// [`DbError`] when they cannot be written.
pub fn save_holidays(sql: &Connection, holidays: &Holidays) -> Result<(), DbError> {
    sql.execute("delete from holidays", [])?;
    let mut insert = sql.prepare("insert into holidays (date, nama) values (:date, :nama)")?;
    for (date, nama) in holidays {
        insert.execute(named_params! { ":date": date.to_string(), ":nama": nama })?;
    }
    Ok(())
}
