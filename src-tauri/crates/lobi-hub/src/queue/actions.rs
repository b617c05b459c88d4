//! What people do with the queue, one file per button; here is what the buttons share.

pub mod call_next;
pub mod call_ticket;
pub mod issue_ticket;
pub mod move_ticket;
pub mod report_paper;
pub mod set_up;
pub mod start_day;

use lobi_core::queue::{Action, Service, ServiceId, Status, Ticket, TicketId};
use lobi_core::staff::may_act_in;
use lobi_core::time::ServiceDay;

use super::speech;
use super::store;
use super::wire::{LiveTicket, TicketEvent, TicketView};
use crate::db::{Change, NewEvent, WriteTx};
use crate::error::{Refusal, Result};
use crate::hub::{Actor, Caller, Hub};

/// A button being pressed: the open transaction, who presses, and today's service day.
struct Press<'a, 'tx> {
    tx: &'a mut WriteTx<'tx>,
    hub: &'a Hub,
    caller: &'a Caller,
    day: ServiceDay,
}

impl<'a, 'tx> Press<'a, 'tx> {
    /// Begins an action: the service day rolls first if it is due.
    fn begin(tx: &'a mut WriteTx<'tx>, hub: &'a Hub, caller: &'a Caller) -> Result<Self> {
        let day = start_day::roll(tx, caller)?;
        Ok(Press { tx, hub, caller, day })
    }

    /// Today's ticket, if this person may act on it.
    fn ticket(&self, id: TicketId) -> Result<Ticket> {
        let ticket = store::ticket(self.tx.sql(), id, self.day)?.ok_or(Refusal::TicketNotFound)?;
        if self.may_act_in(ticket.service) { Ok(ticket) } else { Err(Refusal::Forbidden.into()) }
    }

    fn may_act_in(&self, service: ServiceId) -> bool {
        match &self.caller.actor {
            Actor::System => true,
            Actor::Public => false,
            Actor::Staff(staff) => may_act_in(&staff.roles, &staff.services, &service),
        }
    }

    /// Does `action` to the ticket, writes it down and tells it; gives the ticket as it is now.
    fn step(&mut self, before: &Ticket, action: Action) -> Result<Ticket> {
        let after = before.after(action, self.caller.now).map_err(|refused| Refusal::InvalidState {
            nomor: self.service(before.service).number(before.number),
            status: refused.status,
            action: refused.action,
        })?;
        let staff = match &self.caller.actor {
            Actor::Staff(staff) => Some(staff.id),
            Actor::Public | Actor::System => None,
        };
        store::save_ticket(self.tx.sql(), &after, staff)?;
        let waits = |ticket: &Ticket| i32::from(ticket.status == Status::Waiting);
        let waiting =
            store::count_waiting(self.tx.sql(), after.service, self.day, waits(&after) - waits(before))?;
        self.tell(&after, kind(action), waiting)?;
        Ok(after)
    }

    /// Records the event of a ticket's new state.
    fn tell(&mut self, ticket: &Ticket, kind: &'static str, waiting: u32) -> Result<()> {
        let service = self.service(ticket.service);
        let site = self.hub.site();
        let live = LiveTicket::new(ticket, &service, site.zone);
        let speech = match (kind, ticket.counter) {
            ("QueueCalled" | "QueueRecalled", Some(counter)) => {
                speech::call(&service, ticket.number, counter.0, &site.speech)
            }
            _ => Vec::new(),
        };
        let event = NewEvent {
            at: self.caller.now,
            day: self.day,
            channel: format!("queue.{}", service.slug),
            counter: ticket.counter.map(|counter| counter.0),
            kind,
            actor: self.caller.actor.name(),
            data: told(&TicketEvent { ticket: live, waiting_count: waiting, speech }),
            change: Change::Ticket { ticket: ticket.clone(), called: kind == "QueueCalled" },
        };
        Ok(self.tx.record(event)?)
    }

    /// The answer about a ticket as this transaction leaves it.
    fn view(&self, ticket: &Ticket) -> Result<TicketView> {
        let waits = ticket.status == Status::Waiting;
        let ahead = waits.then(|| store::ahead_of(self.tx.sql(), ticket, self.day)).transpose()?;
        Ok(self.view_behind(ticket, ahead))
    }

    /// The same when it is known how many wait before it.
    fn view_behind(&self, ticket: &Ticket, ahead: Option<usize>) -> TicketView {
        let live = LiveTicket::new(ticket, &self.service(ticket.service), self.hub.site().zone);
        TicketView::new(live, ticket, ahead, &self.hub.board(), self.caller.now)
    }

    /// A ticket's service. Services are never deleted, so the board has every one that a ticket names.
    fn service(&self, id: ServiceId) -> Service {
        self.hub
            .board()
            .service(id)
            .cloned()
            .unwrap_or_else(|| unreachable!("ticket of unknown service {id:?}"))
    }
}

/// An event's data as text.
fn told(data: &impl serde::Serialize) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    serde_json::to_string(data).unwrap_or_default()
}

/// The event that tells of an action (names from seed 0 §7).
fn kind(action: Action) -> &'static str {
    match action {
        Action::Call(_) => "QueueCalled",
        Action::Recall => "QueueRecalled",
        Action::Skip => "QueueSkipped",
        Action::Finish => "QueueFinished",
        Action::Serve | Action::Return | Action::Cancel => "QueueUpdated",
    }
}
