//! How a service day ends for the queue: numbers restart, what was left open is closed.

use std::collections::BTreeMap;

use lobi_core::memory::Change;
use lobi_core::queue::{self, Status};
use lobi_core::time::ServiceDay;

use super::store::{lines, tickets};
use crate::act::Act;
use crate::error::Result;

/// Ends what the day `from` left open; tells how many numbers ended as what.
///
/// # Errors
/// A database error.
pub fn close(act: &mut Act<'_, '_>, from: ServiceDay) -> Result<BTreeMap<String, usize>> {
    let (done, cancelled) = lines::close_day(act.sql(), from, act.moment()?)?;
    Ok([(Status::Done, done), (Status::Cancelled, cancelled)]
        .map(|(status, count)| (status.name().to_owned(), count))
        .into())
}

/// What the act's day has already. Only a day that a wrong clock interrupted has anything; a new one begins empty.
///
/// # Errors
/// A database error.
pub fn resume(act: &Act<'_, '_>) -> Result<Vec<Change>> {
    let tickets = tickets::tickets_of(act.sql(), act.day())?;
    Ok(tickets.into_iter().map(|ticket| Change::Queue(queue::Change::Ticket(Box::new(ticket)))).collect())
}
