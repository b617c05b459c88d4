//! A patient's active number, reached by the patient: called again, ended.

use std::sync::Arc;

use lobi_core::queue::{Action, TicketId};

use super::{act_on_ticket, permission, step, ticket};
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::people::PersonId;
use crate::people::actions::records_of;
use crate::queue::store::registrations;
use crate::queue::wire::ticket::TicketAnswer;

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
