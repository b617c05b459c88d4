//! A visitor takes a number.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::{CaraDaftar, PaperState, Service};

use super::{act_on_ticket, tell};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::people::Visitor;
use crate::people::actions::recognise;
use crate::queue::events::{NewRegistration, TicketEvent};
use crate::queue::store::lines::{self, Held};
use crate::queue::store::tickets::{self, NewTicket};
use crate::queue::store::{numbers, services};
use crate::queue::wire::ticket::{LiveTicket, TicketAnswer};
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
    /// Staff give a person who has a number of this service another one.
    pub second: bool,
}

/// One number a person and service. Which it is hears staff, and who tells the telephone that was told for it: whoever only
/// types a stranger's NIK learns no number.
fn already_queued(act: &Act<'_, '_>, service: &Service, held: &Held, visitor: &Visitor) -> Refusal {
    let told = visitor.no_hp.as_ref().map(AsRef::as_ref);
    let desk = act.by().may(Permission::RegisterVisitor, Reach::Service(service.id));
    let proven = desk || told.is_some() && told == held.no_hp.as_deref();
    let nomor = if proven { format!(" {}", service.number(held.number)) } else { String::new() };
    Refusal::from(Code::AlreadyQueued).with("nomor", nomor).with("poli", &service.nama)
}

/// Gives the next number of the service.
///
/// # Errors
/// No such service, service closed, the person already has an active number; a database error.
pub async fn issue_ticket(hub: &Arc<Hub>, caller: Caller, input: IssueTicket) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let service =
            services::service(act.sql(), &input.poli)?.ok_or_else(|| Refusal::no_service(&input.poli))?;
        if !service.open {
            return Err(Refusal::from(Code::ServiceClosed).with("poli", &service.nama).into());
        }
        let person = recognise(act, &input.visitor)?;
        if input.second {
            act.must(Permission::RegisterVisitor, Reach::Service(service.id))?;
        } else if let Some(person) = person
            && let Some(held) = lines::active_ticket(act.sql(), person, service.id, act.day())?
        {
            return Err(already_queued(act, &service, &held, &input.visitor).into());
        }
        let (number, waiting) = numbers::take_number(act.sql(), service.id, act.day())?;
        let new = NewTicket {
            code: &secrets::ticket_code(),
            day: act.day(),
            person,
            nama: input.visitor.nama.as_ref().map(AsRef::as_ref),
            no_hp: input.visitor.no_hp.as_ref().map(AsRef::as_ref),
            cara_daftar: input.cara_daftar.name(),
            paper: input.paper,
            now: act.now(),
        };
        let ticket = tickets::insert_ticket(act.sql(), service.id, number, &new)?;
        let public = LiveTicket::new(&ticket, &service, &service, act.zone());
        let news = TicketEvent { ticket: public, waiting_count: waiting, speech: Vec::new() };
        tell(act, &ticket, &NewRegistration(news))?;
        // The newest number is last in line: nobody needs to be counted.
        Ok((ticket, Some(waiting as usize - 1)))
    })
    .await
}
