//! What visitors see and do of their own numbers: those taken under their telephone, and those of the records that have it.

use std::sync::Arc;

use lobi_core::people::Phone;
use lobi_core::queue::{Action, Status, TicketId};
use lobi_core::time::{ServiceDay, Timestamp};

use super::{act_on_ticket, not_now, step};
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::people::PersonId;
use crate::queue::store::registrations::{self, OwnNumber};
use crate::queue::store::tickets;
use crate::queue::views::ticket_view;
use crate::queue::wire::ticket::{TicketAnswer, TicketView};
use crate::wire::Poli;

/// So many of one's visits are shown.
const SHOWN: usize = 50;

/// One's own numbers.
pub struct Numbers {
    /// Of today and later, the next one first, with the name that each was taken in.
    pub open: Vec<(TicketView, Option<String>)>,
    /// Those that are over, the newest first.
    pub over: Vec<Visit>,
    /// The last event that this contains.
    pub seq: i64,
}

/// A visit that is over.
#[allow(missing_docs, reason = "as in OwnNumber")]
pub struct Visit {
    pub id: TicketId,
    pub code: String,
    pub day: ServiceDay,
    pub nomor: String,
    pub poli: Poli,
    pub nama: Option<String>,
    pub status: Status,
    /// When it was done; nothing: it ended otherwise.
    pub done_at: Option<Timestamp>,
}

/// Whether any number was ever taken under that telephone.
///
/// # Errors
/// A database error.
pub fn holds_any(act: &Act<'_, '_>, phone: &str) -> Result<bool> {
    Ok(!registrations::own(act.sql(), phone, &[], 1)?.is_empty())
}

/// The numbers of a telephone and of those records.
///
/// # Errors
/// A database error.
pub async fn numbers(hub: &Hub, phone: &Phone, records: &[PersonId]) -> Result<Numbers> {
    let (phone, records) = (phone.as_ref().to_owned(), records.to_vec());
    let today = hub.memory().day;
    let (found, later) = hub
        .db
        .read(move |sql| {
            let found = registrations::own(sql, &phone, &records, SHOWN)?;
            let later = found.iter().filter(|one| one.day > today);
            let later = later.map(|one| tickets::later_by_code(sql, &one.code, today));
            let later = later.collect::<Result<Vec<_>, _>>()?;
            Ok((found, later))
        })
        .await?;
    let (memory, now) = (hub.memory(), hub.now());
    let mut numbers = Numbers { open: Vec::new(), over: Vec::new(), seq: memory.seq };
    for one in &found {
        let ticket = memory.queue.ticket(one.id).filter(|ticket| !ended(ticket.stage.status));
        if let Some(view) = ticket.and_then(|ticket| ticket_view(&memory, ticket, now)) {
            numbers.open.push((view, one.nama.clone()));
        } else if one.day <= today || ended(one.status) {
            numbers.over.extend(visit(&memory.queue, one));
        }
    }
    for (ticket, day) in later.into_iter().flatten().filter(|(ticket, _)| !ended(ticket.stage.status)) {
        let nama = found.iter().find(|one| one.id == ticket.id).and_then(|one| one.nama.clone());
        let view = ticket_view(&memory, &ticket, now);
        numbers.open.extend(view.map(|view| (TicketView { tanggal: Some(day.to_string()), ..view }, nama)));
    }
    numbers.open.sort_by_key(|(view, _)| (view.tanggal.clone(), view.public.id));
    Ok(numbers)
}

fn ended(status: Status) -> bool {
    matches!(status, Status::Done | Status::Cancelled)
}

fn visit(board: &lobi_core::queue::Board, one: &OwnNumber) -> Option<Visit> {
    let service = board.service(one.service)?;
    Some(Visit {
        id: one.id,
        code: one.code.clone(),
        day: one.day,
        nomor: service.number(one.number),
        poli: service.into(),
        nama: one.nama.clone(),
        status: one.status,
        done_at: one.finished_at.filter(|_| one.status == Status::Done),
    })
}

/// Gives one's own number back, today's or one for a later day.
///
/// # Errors
/// No such number, or somebody else's; a visit that is under way or over; a database error.
pub async fn cancel(
    hub: &Arc<Hub>,
    caller: Caller,
    code: String,
    phone: Phone,
    records: Vec<PersonId>,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let own = registrations::own(act.sql(), phone.as_ref(), &records, usize::MAX)?;
        if !own.iter().any(|one| one.code == code) {
            return Err(Code::TicketNotFound.into());
        }
        if let Some(before) = tickets::by_code(act.sql(), &code, act.day())? {
            return Ok((step(act, &before, Action::Cancel)?, None));
        }
        let (before, _) = tickets::later_by_code(act.sql(), &code, act.day())?.ok_or(Code::TicketNotFound)?;
        let after = match before.after(Action::Cancel, act.moment()?) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        tickets::save_ticket(act.sql(), &after, None)?;
        Ok((after, None))
    })
    .await
}

/// The number with that code, if its visit was done since.
///
/// # Errors
/// A database error.
pub fn finished(act: &Act<'_, '_>, code: &str, since: Timestamp) -> Result<Option<TicketId>> {
    Ok(registrations::finished(act.sql(), code, since)?)
}

/// Numbers as they are called, and where their holders were last.
///
/// # Errors
/// A database error.
pub async fn named(hub: &Hub, ids: Vec<TicketId>) -> Result<Vec<(String, Poli)>> {
    let known = hub.db.read(move |sql| registrations::numbers(sql, &ids)).await?;
    let memory = hub.memory();
    let name = |(service, number, at): (_, u32, _)| {
        let (service, at) = (memory.queue.service(service)?, memory.queue.service(at)?);
        Some((service.number(number), at.into()))
    };
    Ok(known.into_iter().filter_map(name).collect())
}
