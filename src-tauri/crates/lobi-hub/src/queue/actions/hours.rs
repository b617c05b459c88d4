//! When a service gives numbers: set by an admin, asked before each number.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::{CaraDaftar, Service};
use lobi_core::site::Hours;
use lobi_core::site::hours::{Standing, When, Why};

use super::set_up::put_service;
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::store::{numbers, services, tickets};
use crate::site::actions::holidays::calendar;

/// Sets when the service gives numbers, and how many a day.
///
/// # Errors
/// No right, no such service; a database error.
pub async fn set_hours(hub: &Arc<Hub>, caller: Caller, slug: String, hours: Hours) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let service = services::service(act.sql(), &slug)?.ok_or_else(|| Refusal::no_service(&slug))?;
        put_service(act, Service { hours, ..service }).map(drop)
    })
    .await
}

/// Whether the service gives a number to whoever acts. Staff of its desk know what they do: hours and quotas bind the kiosk and
/// who comes from afar; only the switch binds everybody.
pub(super) fn must_give(act: &Act<'_, '_>, service: &Service, cara: CaraDaftar) -> Result<()> {
    let closed = || Refusal::from(Code::ServiceClosed).with("poli", &service.nama);
    if !service.open {
        return Err(closed().into());
    }
    let hours = &service.hours;
    if *hours == Hours::default() || act.by().may(Permission::RegisterVisitor, Reach::Service(service.id)) {
        return Ok(());
    }
    let (holidays, day_ends) = calendar(act)?;
    let when = When { now: act.now(), zone: act.zone(), holidays: &holidays, day_ends };
    let given = numbers::given_count(act.sql(), service.id, act.day())?;
    let online = match (cara, hours.kuota.online) {
        (CaraDaftar::Online, Some(_)) => Some(tickets::online_count(act.sql(), service.id, act.day())?),
        _ => None,
    };
    let (refusal, again) = match hours.gives(&when, given, online) {
        Standing::Open(_) => return Ok(()),
        Standing::Shut(Why::Quota, again) => {
            (Refusal::from(Code::QuotaFull).with("poli", &service.nama), again)
        }
        Standing::Shut(Why::Hours | Why::Holiday(_), again) => (closed(), again),
    };
    Err(refusal.again("buka_lagi", again, act.zone()).into())
}
