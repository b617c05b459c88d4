//! What people do with the queue, one file per button; here is what the buttons share.

pub mod auto_call;
pub mod call_next;
pub mod call_ticket;
pub mod classes;
mod comes_back;
pub mod given;
pub mod hand_over;
pub mod hours;
pub mod issue_ticket;
pub mod journeys;
pub mod late;
pub mod later_day;
pub mod manage;
pub mod move_ticket;
pub mod own;
pub mod patients;
pub mod pause;
pub mod report_paper;
pub mod reset;
pub mod set_up;
pub mod transfer;
pub mod undo;

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::{self, Action, Class, CounterNumber, Refused, Service, ServiceId, Ticket, TicketId};
use lobi_core::speech::Spoken;

use super::events::{
    QueueCalled, QueueFinished, QueueRecalled, QueueSkipped, QueueTransferred, QueueUpdated, TicketEvent,
};
use super::speech;
use super::store::classes::class_by_id;
use super::store::{lines, numbers, services, steps, tickets};
use super::wire::ticket::{LiveTicket, StageView, TicketAnswer, TicketView};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::live::audience::Told;
use crate::site::actions::speech_style;
use crate::wire::Poli;

/// An action on tickets, answered with the ticket as it is afterwards.
async fn act_on_ticket(
    hub: &Arc<Hub>,
    caller: Caller,
    work: impl FnOnce(&mut Act<'_, '_>) -> Result<(Ticket, Option<usize>)> + Send + 'static,
) -> Result<TicketAnswer> {
    let board = Arc::clone(hub);
    hub.act(caller, move |act| {
        let (ticket, ahead) = work(act)?;
        let ahead = match ahead {
            None if ticket.waits() => Some(lines::ahead_of(act.sql(), &ticket, act.day(), act.now())?),
            known => known,
        };
        let public = public(act, &ticket)?;
        let class = class_of(act, &ticket)?;
        let stages = stages(act, &ticket)?;
        let onward = onward(act, &ticket)?;
        // An estimate colours the answer; nothing that is written comes from it.
        let estimate =
            ahead.and_then(|ahead| board.memory().queue.estimate(ticket.stage.service, ahead, act.now()));
        Ok(TicketAnswer {
            ticket: TicketView::new(public, &ticket, class.as_ref(), (stages, onward), ahead, estimate),
        })
    })
    .await
}

/// Today's ticket, if whoever acts may do that to it.
fn ticket(act: &Act<'_, '_>, id: TicketId, permission: Permission) -> Result<Ticket> {
    let ticket = tickets::ticket(act.sql(), id, act.day())?.ok_or(Code::TicketNotFound)?;
    act.must(permission, Reach::Service(ticket.stage.service))?;
    Ok(ticket)
}

/// The right that an action on a ticket asks for (seed 0 §4).
fn permission(action: Action) -> Permission {
    match action {
        Action::Call(_) | Action::Serve | Action::HandOver => Permission::CallQueue,
        Action::Recall => Permission::RecallQueue,
        Action::Skip | Action::Return | Action::Cancel | Action::Transfer => Permission::SkipQueue,
        Action::Finish => Permission::FinishQueue,
        Action::Classify | Action::Route | Action::CheckIn => Permission::RegisterVisitor,
    }
}

/// Does `action` to the ticket, writes it down and tells it; gives the ticket as it is now.
fn step(act: &mut Act<'_, '_>, before: &Ticket, action: Action) -> Result<Ticket> {
    let mut after = match before.after(action, act.moment()?) {
        Ok(after) => after,
        Err(refused) => return Err(not_now(act, before, refused)?.into()),
    };
    if action == Action::Return {
        comes_back::join_line(act, &mut after)?;
    }
    tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
    steps::remember(act.sql(), before, action.name(), act.now())?;
    let waits = |ticket: &Ticket| i32::from(ticket.waits());
    let waiting =
        numbers::count_waiting(act.sql(), after.stage.service, act.day(), waits(&after) - waits(before))?;
    let mut news = TicketEvent { ticket: public(act, &after)?, waiting_count: waiting, speech: Vec::new() };
    match action {
        Action::Call(_) | Action::Recall => {
            news.speech = call_speech(act, &after)?;
            match action {
                Action::Recall => tell(act, &after, &QueueRecalled(news))?,
                _ => tell(act, &after, &QueueCalled(news))?,
            }
        }
        Action::Skip => tell(act, &after, &QueueSkipped(news))?,
        Action::Finish => tell(act, &after, &QueueFinished(news))?,
        _ => tell(act, &after, &QueueUpdated(news))?,
    }
    Ok(after)
}

/// Counts and tells of somebody who joined another line, or another counter's part of it.
fn joined(act: &mut Act<'_, '_>, before: &Ticket, after: &Ticket) -> Result<()> {
    let waits = |ticket: &Ticket| i32::from(ticket.waits());
    let (from, to) = (before.stage.service, after.stage.service);
    numbers::count_waiting(act.sql(), from, act.day(), -waits(before))?;
    let waiting_count = numbers::count_waiting(act.sql(), to, act.day(), waits(after))?;
    let ticket = public(act, after)?;
    if from == to {
        return tell(act, after, &QueueUpdated(TicketEvent { ticket, waiting_count, speech: Vec::new() }));
    }
    let dari = Poli::from(&service(act, from)?);
    tell(act, after, &QueueTransferred { ticket, waiting_count, dari })
}

/// What is said where a ticket's state does not allow it.
fn not_now(act: &Act<'_, '_>, ticket: &Ticket, refused: Refused) -> Result<Refusal> {
    Ok(Refusal::invalid_state(&service(act, ticket.service)?.number(ticket.number), refused))
}

/// Tells a ticket's new state.
fn tell(act: &mut Act<'_, '_>, ticket: &Ticket, event: &impl Told) -> Result<()> {
    act.tell(event, [Change::Queue(queue::Change::Ticket(Box::new(ticket.clone())))])
}

fn call_speech(act: &Act<'_, '_>, ticket: &Ticket) -> Result<Vec<Spoken>> {
    let Some(CounterNumber(counter)) = ticket.stage.counter else { return Ok(Vec::new()) };
    Ok(speech::call(&service(act, ticket.service)?, ticket.number, counter, &speech_style(act)?))
}

/// The public face of a ticket as this transaction leaves it.
fn public(act: &Act<'_, '_>, ticket: &Ticket) -> Result<LiveTicket> {
    let from = service(act, ticket.service)?;
    if ticket.stage.service == ticket.service {
        return Ok(LiveTicket::new(ticket, &from, &from, act.zone()));
    }
    Ok(LiveTicket::new(ticket, &from, &service(act, ticket.stage.service)?, act.zone()))
}

/// A service as this transaction has it. Services are never deleted: foreign keys hold every one that a ticket names.
fn service(act: &Act<'_, '_>, id: ServiceId) -> Result<Service> {
    Ok(services::service_by_id(act.sql(), id)?.ok_or(Code::Internal)?)
}

/// Where a ticket's holder was served and is now, as this transaction has it.
fn stages(act: &Act<'_, '_>, ticket: &Ticket) -> Result<Vec<StageView>> {
    let stages = ticket.past.iter().chain([&ticket.stage]);
    let services = stages.map(|stage| service(act, stage.service)).collect::<Result<Vec<_>>>()?;
    let named = |id: ServiceId| services.iter().find(|service| service.id == id).map(Poli::from);
    Ok(StageView::all(ticket, act.zone(), named))
}

/// Where a ticket's holder goes from where they are, as this transaction has it; what was given up they pass by.
fn onward(act: &Act<'_, '_>, ticket: &Ticket) -> Result<Vec<Poli>> {
    let stops = ticket.route.iter().map(|id| service(act, *id)).collect::<Result<Vec<_>>>()?;
    Ok(stops.iter().filter(|stop| !stop.retired).map(Poli::from).collect())
}

/// The class of a ticket, as this transaction has it.
fn class_of(act: &Act<'_, '_>, ticket: &Ticket) -> Result<Option<Class>> {
    let Some(id) = ticket.class else { return Ok(None) };
    Ok(class_by_id(act.sql(), id)?)
}
