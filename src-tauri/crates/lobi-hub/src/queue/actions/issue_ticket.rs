//! A visitor takes a number.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::{CaraDaftar, PaperState, Service};
use lobi_core::time::ServiceDay;

use super::classes::class_to_give;
use super::journeys::way_of_new;
use super::later_day::{day_of, must_give_on, phone_may};
use super::{act_on_ticket, tell};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::people::actions::{recognise, records_of, whole_record};
use crate::people::{PersonId, Visitor};
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
    /// The day that it is for; nothing: today.
    pub day: Option<ServiceDay>,
    /// From afar or on the spot.
    pub cara_daftar: CaraDaftar,
    /// Whether a printer will be asked for its paper.
    pub paper: PaperState,
    /// Staff give a person who has a number of this service another one.
    pub second: bool,
    /// The patient whom staff chose; nothing: who it is shows from what was told.
    pub person: Option<PersonId>,
    /// The slug of a priority class.
    pub kelas: Option<String>,
    /// The slug of a way through the building.
    pub alur: Option<String>,
    /// The version of the consent text that the visitor agreed to.
    pub consent: Option<String>,
}

/// One number a person and service. Which it is hears staff, and who tells the telephone that was told for it: whoever only
/// types a stranger's NIK learns no number.
fn already_queued(
    act: &Act<'_, '_>,
    service: &Service,
    given_by: &Service,
    held: &Held,
    visitor: &Visitor,
) -> Refusal {
    let told = visitor.no_hp.as_ref().map(AsRef::as_ref);
    let desk = act.by().may(Permission::RegisterVisitor, Reach::Service(service.id));
    let proven = desk || told.is_some() && told == held.no_hp.as_deref();
    let nomor = if proven { format!(" {}", given_by.number(held.number)) } else { String::new() };
    Refusal::from(Code::AlreadyQueued).with("nomor", nomor).with("poli", &service.nama)
}

/// Whom the number is for, and the name that it is taken in: the patient whom staff chose, or who is recognised by what was told.
fn person(
    act: &mut Act<'_, '_>,
    input: &IssueTicket,
    service: &Service,
) -> Result<(Option<PersonId>, Option<String>)> {
    let told = input.visitor.nama.as_ref().map(|name| name.as_ref().to_owned());
    let Some(chosen) = input.person else { return Ok((recognise(act, &input.visitor)?, told)) };
    act.must(Permission::RegisterVisitor, Reach::Service(service.id))?;
    act.must(Permission::ViewPatients, Reach::Site)?;
    let record = whole_record(act, chosen)?.ok_or(Code::PatientNotFound)?;
    Ok((Some(record.id), told.or(record.details.nama)))
}

/// Gives the next number of the service.
///
/// # Errors
/// No such service, service closed, the person already has an active number; a database error.
pub async fn issue_ticket(hub: &Arc<Hub>, caller: Caller, input: IssueTicket) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let service =
            services::service(act.sql(), &input.poli)?.ok_or_else(|| Refusal::no_service(&input.poli))?;
        let day = day_of(act, input.day)?;
        let later = day != act.day();
        must_give_on(act, &service, input.cara_daftar, day)?;
        phone_may(act, &service, input.visitor.no_hp.as_ref(), input.cara_daftar, day)?;
        let (person, nama) = person(act, &input, &service)?;
        if input.second {
            act.must(Permission::RegisterVisitor, Reach::Service(service.id))?;
        } else if let Some(person) = person {
            let records = records_of(act, person)?;
            if let Some(held) = lines::active_ticket(act.sql(), &records, service.id, day)? {
                let given_by = super::service(act, held.service)?;
                return Err(already_queued(act, &service, &given_by, &held, &input.visitor).into());
            }
        }
        let class = input.kelas.as_deref().map(|slug| class_to_give(act, slug, &service)).transpose()?;
        let route = way_of_new(act, &service, input.alur.as_deref())?;
        let (number, waiting) = numbers::take_number(act.sql(), service.id, day, !later)?;
        let new = NewTicket {
            code: &secrets::ticket_code(),
            day,
            person,
            nama: nama.as_deref(),
            no_hp: input.visitor.no_hp.as_ref().map(AsRef::as_ref),
            cara_daftar: input.cara_daftar.name(),
            paper: input.paper,
            class,
            consent: input.consent.as_deref(),
            absent: later,
            route,
            now: act.now(),
        };
        let ticket = tickets::insert_ticket(act.sql(), service.id, number, &new)?;
        if later {
            // Today's screens have nothing to show of it.
            return Ok((ticket, None));
        }
        let public = LiveTicket::new(&ticket, &service, &service, act.zone());
        let news = TicketEvent { ticket: public, waiting_count: waiting, speech: Vec::new() };
        tell(act, &ticket, &NewRegistration(news))?;
        // The newest number is last in line: nobody needs to be counted, unless somebody goes before others.
        let classes = lines::has_classes(act.sql(), service.id, act.day())?;
        let ahead = (!classes).then(|| waiting as usize - 1);
        Ok((ticket, ahead))
    })
    .await
}
