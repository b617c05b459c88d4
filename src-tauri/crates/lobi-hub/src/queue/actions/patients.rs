//! A patient's active number, reached by the patient: called again, ended, asked for.

use std::sync::Arc;

use lobi_core::people::likeness::alike;
use lobi_core::queue::{Action, Status, TicketId};

use super::{act_on_ticket, permission, step, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::people::actions::{all_records, find, records_of};
use crate::people::record::Details;
use crate::people::{PersonId, Visitor};
use crate::queue::store::registrations::{self, Registration};
use crate::queue::wire::patients::ActiveAnswer;
use crate::queue::wire::ticket::{LiveTicket, TicketAnswer};

/// Does `action` to the patient's active number: the one that is at a counter, or else the oldest.
///
/// # Errors
/// No such patient, none active, not the caller's service, the state does not allow it; a database error.
pub async fn on_active(
    hub: &Arc<Hub>,
    caller: Caller,
    person: PersonId,
    action: Action,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let id = active(act, person)?;
        let ticket = ticket(act, id, permission(action))?;
        Ok((step(act, &ticket, action)?, None))
    })
    .await
}

fn active(act: &Act<'_, '_>, person: PersonId) -> Result<TicketId> {
    let records = records_of(act, person)?;
    if records.is_empty() {
        return Err(Code::PatientNotFound.into());
    }
    let active = registrations::active_of(act.sql(), &records, act.day())?;
    // The store gives those at a counter first.
    active.first().copied().ok_or_else(|| Code::NotQueued.into())
}

/// Whether somebody of that name has an active number, and which. Whoever is not of the staff hears it only with a NIK, card or
/// telephone that is that person's, or was told for the number.
///
/// # Errors
/// Nothing that was told proves to be that person; a database error.
pub async fn has_number(hub: &Hub, name: &str, proof: &Visitor, staff: bool) -> Result<ActiveAnswer> {
    // Records of that name, and of those the ones that the proof fits.
    let mut records = find(hub, name).await?;
    records.retain(|record| {
        record.details.nama.as_deref().is_some_and(|known| alike(known, name))
            && (staff || proves(proof, &record.details))
    });
    let whose = all_records(hub, records.iter().map(|record| record.id).collect()).await?;
    let here = |status: Status| status.at_counter() || status == Status::Waiting;
    let active: Vec<TicketId> = {
        let memory = hub.memory();
        memory.queue.tickets().filter(|ticket| here(ticket.stage.status)).map(|ticket| ticket.id).collect()
    };
    let theirs = |one: &Registration| {
        one.person.is_some_and(|person| whose.contains(&person))
            || said_for(one, name) && (staff || phone_fits(proof, one))
    };
    let asked = active.clone();
    let said = hub.db.read(move |sql| registrations::registrations(sql, &asked)).await?;
    let ticket = active.iter().zip(&said).find(|(_, one)| theirs(one)).map(|(id, _)| *id);
    if !staff && whose.is_empty() && ticket.is_none() {
        return Err(Code::Unauthenticated.into());
    }
    let memory = hub.memory();
    let ticket = ticket.and_then(|id| memory.queue.ticket(id));
    let ticket = ticket.and_then(|ticket| LiveTicket::on_board(ticket, &memory.queue, memory.site.zone));
    Ok(ActiveAnswer { active: ticket.is_some(), ticket })
}

fn said_for(active: &Registration, name: &str) -> bool {
    active.nama.as_deref().is_some_and(|said| alike(said, name))
}

fn phone_fits(proof: &Visitor, active: &Registration) -> bool {
    let told = proof.no_hp.as_ref().map(AsRef::as_ref);
    told.is_some() && told == active.no_hp.as_deref()
}

/// Whether one of the numbers is the record's.
fn proves(proof: &Visitor, known: &Details) -> bool {
    let proof = Details::from(proof);
    let same = |told: &Option<String>, known: &Option<String>| told.is_some() && told == known;
    same(&proof.nik, &known.nik) || same(&proof.no_bpjs, &known.no_bpjs) || same(&proof.no_hp, &known.no_hp)
}
