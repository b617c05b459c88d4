//! A visitor is sent on: the number stays, the line is another, or one counter's part of it.

use std::sync::Arc;

use lobi_core::queue::{Action, CounterNumber, CounterState, Destination, Service, Status, Ticket, TicketId};
use serde_json::json;

use super::{act_on_ticket, joined, not_now, permission, service, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::counters::{self, Counter};
use crate::queue::store::{lines, services, steps, tickets};
use crate::queue::wire::ticket::TicketAnswer;

/// Where somebody is sent: to a service, to a counter, or to a person. One of them at least.
#[derive(Clone, Debug, Default)]
pub struct To {
    /// The slug of a service; left out: what the counter serves, the present service before others.
    pub poli: Option<String>,
    /// A counter that alone calls them.
    pub loket: Option<CounterNumber>,
    /// The sign-in name of whoever alone calls them: at the counter where they sit now.
    pub petugas: Option<String>,
}

/// Sends one of today's numbers on, to the end of that line. Whoever was being served is done here; whoever waits for the same
/// service keeps their place. `alasan`: why, for the record; may be empty.
///
/// # Errors
/// No such ticket, service or counter, a person who sits nowhere, not the caller's service, a closed service, a cancelled number;
/// a database error.
pub async fn transfer(
    hub: &Arc<Hub>,
    caller: Caller,
    id: TicketId,
    to: To,
    alasan: String,
) -> Result<TicketAnswer> {
    let seats = match &to.petugas {
        Some(username) => hub.live.presence.seats_of(username),
        None => to.loket.map(|loket| loket.0).into_iter().collect(),
    };
    if seats.is_empty() && to.petugas.is_some() {
        return Err(Refusal::invalid([("petugas", "not_seated")]).into());
    }
    act_on_ticket(hub, caller, move |act| {
        let before = ticket(act, id, permission(Action::Transfer))?;
        let from = service(act, before.stage.service)?;
        let seats = seats.iter().map(|loket| seat(act, CounterNumber(*loket))).collect::<Result<Vec<_>>>()?;
        let (to, awaits) = destination(act, &before, to.poli.as_deref(), &seats)?;
        if to.id == from.id && awaits == before.stage.awaits {
            return Err(Refusal::invalid([("poli", "transfer_same")]).into());
        }
        if !to.open && to.id != from.id {
            return Err(Refusal::from(Code::ServiceClosed).with("poli", &to.nama).into());
        }
        let order = lines::next_order(act.sql())?;
        let there = Destination { service: to.id, awaits, order };
        let after = match before.transferred(there, act.moment()?) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
        steps::remember(act.sql(), &before, Action::Transfer.name(), act.now())?;
        let loket = awaits.map(|counter| counter.0);
        let (old, new) = (
            json!({ "poli": from.slug, "loket": before.stage.awaits.map(|counter| counter.0) }),
            json!({ "poli": to.slug, "loket": loket, "alasan": alasan }),
        );
        act.audit("queue.transfer", &format!("ticket:{}", id.0), Some(&old), Some(&new))?;
        joined(act, &before, &after)?;
        Ok((after, None))
    })
    .await
}

/// A counter where somebody can be sent.
fn seat(act: &Act<'_, '_>, loket: CounterNumber) -> Result<Counter> {
    let not_there = || Refusal::from(Code::CounterNotFound).with("loket", loket.0);
    let counter = counters::counter(act.sql(), loket)?.ok_or_else(not_there)?;
    if counter.presence.state == CounterState::Closed {
        return Err(Refusal::invalid([("loket", "counter_closed")]).into());
    }
    Ok(counter)
}

/// The line that is meant, and the counter of it: a person may sit at several.
fn destination(
    act: &Act<'_, '_>,
    before: &Ticket,
    poli: Option<&str>,
    seats: &[Counter],
) -> Result<(Service, Option<CounterNumber>)> {
    if let Some(slug) = poli {
        let to = services::service(act.sql(), slug)?.filter(|service| !service.retired);
        let to = to.ok_or_else(|| Refusal::no_service(slug))?;
        let serves = |counter: &&Counter| counter.services.contains(&to.id);
        return match (seats.is_empty(), seats.iter().find(serves)) {
            (true, _) => Ok((to, None)),
            (false, Some(counter)) => Ok((to, Some(counter.number))),
            (false, None) => Err(Refusal::invalid([("loket", "counter_serves_other")]).into()),
        };
    }
    let here = before.stage.service;
    if let Some(counter) = seats.iter().find(|counter| counter.services.contains(&here)) {
        return Ok((service(act, here)?, Some(counter.number)));
    }
    match seats.iter().map(|counter| (counter, counter.services.as_slice())).next() {
        Some((counter, [only])) => Ok((service(act, *only)?, Some(counter.number))),
        _ => Err(Refusal::invalid([("poli", "transfer_where")]).into()),
    }
}

/// Whoever waits for that counter alone waits for `to` instead, or for whichever is free.
pub(super) fn move_line(act: &mut Act<'_, '_>, from: &Counter, to: Option<&Counter>) -> Result<()> {
    for before in tickets::awaiting(act.sql(), from.number, act.day())? {
        let serves = |counter: &&Counter| counter.services.contains(&before.stage.service);
        let mut after = before.clone();
        after.stage.awaits = to.filter(serves).map(|counter| counter.number);
        if after != before {
            debug_assert_eq!(after.stage.status, Status::Waiting, "only of who waits");
            tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
            joined(act, &before, &after)?;
        }
    }
    Ok(())
}
