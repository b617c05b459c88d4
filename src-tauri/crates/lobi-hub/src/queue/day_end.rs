//! How a service day ends for the queue: numbers restart, who still waits stays, what was forgotten is closed.

use std::collections::BTreeMap;

use lobi_core::memory::Change;
use lobi_core::queue::{self, Status};
use lobi_core::time::ServiceDay;

use super::store::{counters, lines, numbers, tickets};
use crate::act::Act;
use crate::error::Result;

/// What became of the numbers that a day left open.
pub struct Ended {
    /// How many ended, by state.
    pub closed: BTreeMap<String, usize>,
    /// How many go on in the next day's lines.
    pub kept: usize,
}

/// Ends the day `from`: whose holder is still here goes on in the lines of the act's day, the others end.
///
/// # Errors
/// A database error.
pub fn close(act: &mut Act<'_, '_>, from: ServiceDay) -> Result<Ended> {
    let (to, now) = (act.day(), act.now());
    let mut kept = tickets::open_tickets(act.sql(), from)?;
    kept.retain(|ticket| ticket.outlives_day(now));
    for ticket in &kept {
        tickets::keep_ticket(act.sql(), ticket, to)?;
        if ticket.waits() {
            numbers::count_waiting(act.sql(), ticket.stage.service, to, 1)?;
        }
    }
    counters::open_all(act.sql())?;
    let (done, cancelled) = lines::close_day(act.sql(), from, act.moment()?)?;
    let closed = [(Status::Done, done), (Status::Cancelled, cancelled)];
    Ok(Ended {
        closed: closed.map(|(status, count)| (status.name().to_owned(), count)).into(),
        kept: kept.len(),
    })
}

/// What the act's day has already: what the one before it left, and, where a wrong clock interrupted it, what it had itself.
///
/// # Errors
/// A database error.
pub fn resume(act: &Act<'_, '_>) -> Result<Vec<Change>> {
    let tickets = tickets::tickets_of(act.sql(), act.day())?;
    Ok(tickets.into_iter().map(|ticket| Change::Queue(queue::Change::Ticket(Box::new(ticket)))).collect())
}
