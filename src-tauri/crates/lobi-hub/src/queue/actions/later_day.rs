//! Numbers for later days: given by the hours and quotas of that day, and checked in when their holder comes.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::people::Phone;
use lobi_core::queue::{CaraDaftar, Service, Ticket};
use lobi_core::site::Hours;
use lobi_core::site::hours::Why;
use lobi_core::time::ServiceDay;

use super::hours::must_give;
use super::{act_on_ticket, not_now, public, service, tell};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::events::{QueueUpdated, TicketEvent};
use crate::queue::store::{numbers, steps, tickets};
use crate::queue::wire::ticket::TicketAnswer;
use crate::site::actions::holidays::calendar;
use crate::site::actions::online;

/// The day that a number is for; nothing was said: today.
pub(super) fn day_of(act: &Act<'_, '_>, asked: Option<ServiceDay>) -> Result<ServiceDay> {
    let today = act.day();
    let Some(day) = asked else { return Ok(today) };
    let ahead = day.days_since(today);
    if ahead < 0 {
        return Err(Refusal::invalid([("tanggal", "date_past")]).into());
    }
    if ahead > i32::from(online(act)?.hari_ke_depan) {
        return Err(Refusal::invalid([("tanggal", "date_too_far")]).into());
    }
    Ok(day)
}

/// Whether the service gives a number of that day to whoever acts. Staff of its desk know what they do.
pub(super) fn must_give_on(
    act: &Act<'_, '_>,
    service: &Service,
    cara: CaraDaftar,
    day: ServiceDay,
) -> Result<()> {
    if day == act.day() {
        return must_give(act, service, cara);
    }
    if !service.open {
        return Err(Refusal::from(Code::ServiceClosed).with("poli", &service.nama).into());
    }
    if service.hours == Hours::default() || desk(act, service) {
        return Ok(());
    }
    let (holidays, _) = calendar(act)?;
    let given = numbers::given_count(act.sql(), service.id, day)?;
    let online = match (cara, service.hours.kuota.online) {
        (CaraDaftar::Online, Some(_)) => Some(tickets::online_count(act.sql(), service.id, day)?),
        _ => None,
    };
    let code = match service.hours.refuse_on(day.date(), &holidays, given, online) {
        None => return Ok(()),
        Some(Why::Quota) => Code::DayFull,
        Some(Why::Hours | Why::Holiday(_)) => Code::DayClosed,
    };
    Err(Refusal::from(code).with("poli", &service.nama).about("tanggal", "other_day").into())
}

/// A family comes together, a crowd does not: so many numbers of one day under one telephone, taken from afar.
pub(super) fn phone_may(
    act: &Act<'_, '_>,
    service: &Service,
    phone: Option<&Phone>,
    cara: CaraDaftar,
    day: ServiceDay,
) -> Result<()> {
    let Some(phone) = phone.filter(|_| cara == CaraDaftar::Online && !desk(act, service)) else {
        return Ok(());
    };
    let most = online(act)?.per_hp;
    if tickets::held_by_phone(act.sql(), phone.as_ref(), day)? >= u32::from(most) {
        return Err(Refusal::from(Code::PhoneLimit)
            .with("jumlah", most)
            .about("no_hp", "phone_limit")
            .into());
    }
    Ok(())
}

fn desk(act: &Act<'_, '_>, service: &Service) -> bool {
    act.by().may(Permission::RegisterVisitor, Reach::Service(service.id))
}

/// Whoever has a number for today came: the line has them from now on. Coming twice changes nothing.
///
/// # Errors
/// No such number, one for a later day, a visit that is over; a database error.
pub async fn check_in(hub: &Arc<Hub>, caller: Caller, code: String) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let Some(before) = tickets::by_code(act.sql(), &code, act.day())? else {
            let later = tickets::later_by_code(act.sql(), &code, act.day())?;
            let (_, day) = later.ok_or(Code::TicketNotFound)?;
            return Err(Refusal::from(Code::CheckinLater).with("tanggal", day).into());
        };
        let after = match before.checked_in(act.now()) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        if after != before {
            came(act, &after)?;
        }
        Ok((after, None))
    })
    .await
}

fn came(act: &mut Act<'_, '_>, after: &Ticket) -> Result<()> {
    tickets::save_ticket(act.sql(), after, act.by().staff_id())?;
    // Whoever is here does not leave by taking an earlier step back.
    steps::forget(act.sql(), after.id)?;
    let waiting_count = numbers::count_waiting(act.sql(), after.stage.service, act.day(), 1)?;
    let news = TicketEvent { ticket: public(act, after)?, waiting_count, speech: Vec::new() };
    tell(act, after, &QueueUpdated(news))
}

/// Where nobody has to check in, whoever has a number of the day that begins waits from its beginning.
///
/// # Errors
/// A database error.
pub fn all_come(act: &Act<'_, '_>) -> Result<()> {
    if online(act)?.wajib_hadir {
        return Ok(());
    }
    let (holidays, _) = calendar(act)?;
    for expected in tickets::open_tickets(act.sql(), act.day())? {
        if expected.is_expected() {
            // When they come is not known: they are taken to wait from the hour at which the service opens.
            let hours = service(act, expected.stage.service)?.hours;
            let opens = hours.opens_on(act.day().date(), &holidays, act.zone());
            let mut after = Ticket { absent: false, ..expected };
            after.stage.joined = Some(opens.unwrap_or(act.now()).max(act.now()));
            tickets::save_ticket(act.sql(), &after, None)?;
            numbers::count_waiting(act.sql(), after.stage.service, act.day(), 1)?;
        }
    }
    Ok(())
}
