//! The buttons that move a ticket on from where it stands: serve, finish, skip, return, cancel.

use std::sync::Arc;

use lobi_core::queue::{Action, TicketId};

use super::journeys::finish;
use super::{act_on_ticket, permission, step, ticket};
use crate::act::Caller;
use crate::error::Result;
use crate::hub::Hub;
use crate::queue::wire::ticket::TicketAnswer;

/// Does `action` to one of today's tickets.
///
/// # Errors
/// No such ticket, not the caller's service, the state does not allow it; a database error.
pub async fn move_ticket(
    hub: &Arc<Hub>,
    caller: Caller,
    id: TicketId,
    action: Action,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let ticket = ticket(act, id, permission(action))?;
        let after = match action {
            Action::Finish => finish(act, &ticket)?,
            _ => step(act, &ticket, action)?,
        };
        Ok((after, None))
    })
    .await
}
