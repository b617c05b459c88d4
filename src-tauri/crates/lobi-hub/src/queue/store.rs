//! SQL of the queue, a table or a question a file.

pub mod classes;
pub mod counters;
pub mod given;
pub mod journeys;
pub mod lines;
pub mod numbers;
pub mod registrations;
pub mod resets;
pub mod services;
pub mod steps;
pub mod tickets;

use lobi_core::queue::{Board, Change};
use lobi_core::time::ServiceDay;
use rusqlite::Connection;

use crate::db::DbError;

/// The board of a day, as the tables have it.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn board(sql: &Connection, day: ServiceDay) -> Result<Board, DbError> {
    let mut board = Board::new(services::services(sql)?);
    classes::classes(sql)?.into_iter().for_each(|class| board.apply(Change::Class(Box::new(class))));
    tickets::tickets_of(sql, day)?.into_iter().for_each(|ticket| board.put(ticket));
    for counter in counters::counters(sql)? {
        board.apply(Change::Counter(counter.number, counter.presence.state));
    }
    Ok(board)
}
