//! A visitor takes a number.

use std::sync::Arc;

use lobi_core::queue::PaperState;

use super::Press;
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::people::{self, Visitor};
use crate::queue::store::{self, NewTicket};
use crate::queue::wire::{CaraDaftar, TicketAnswer};
use crate::secrets;

/// What is needed to give a number.
#[derive(Debug, Default)]
pub struct IssueTicket {
    /// The service's slug.
    pub poli: String,
    /// What the visitor told.
    pub visitor: Visitor,
    /// From afar or on the spot.
    pub cara_daftar: CaraDaftar,
    /// Whether a printer will be asked for its paper.
    pub paper: PaperState,
}

/// Gives the next number of the service.
///
/// # Errors
/// No such service, service closed, the person already has an active number; a database error.
pub async fn issue_ticket(hub: &Arc<Hub>, caller: Caller, input: IssueTicket) -> Result<TicketAnswer> {
    hub.act(caller, move |tx, hub, caller| {
        let mut press = Press::begin(tx, hub, caller)?;
        let sql = press.tx.sql();
        let service = store::service(sql, &input.poli)?.ok_or(Refusal::ServiceNotFound(input.poli))?;
        if !service.open {
            return Err(Refusal::ServiceClosed(service.nama).into());
        }
        let person = people::actions::recognise(press.tx, &input.visitor, caller.now)?;
        if let Some(person) = person
            && store::has_active_ticket(sql, person, press.day)?
        {
            return Err(Refusal::AlreadyQueued.into());
        }
        let (number, waiting) = store::take_number(sql, service.id, press.day)?;
        let new = NewTicket {
            code: &secrets::ticket_code(),
            day: press.day,
            person,
            cara_daftar: input.cara_daftar.name(),
            paper: input.paper,
            now: caller.now,
        };
        let ticket = store::insert_ticket(sql, service.id, number, &new)?;
        press.tell(&ticket, "NewRegistration", waiting)?;
        // The newest number is last in line: nobody needs to be counted.
        Ok(TicketAnswer { ticket: press.view_behind(&ticket, Some(waiting as usize - 1)) })
    })
    .await
}
