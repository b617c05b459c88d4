//! The buttons that move a ticket on from where it stands: serve, finish, skip, return, cancel.

use std::sync::Arc;

use lobi_core::queue::{Action, TicketId};

use super::Press;
use crate::error::Result;
use crate::hub::{Caller, Hub};
use crate::queue::wire::TicketAnswer;

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
    hub.act(caller, move |tx, hub, caller| {
        let mut press = Press::begin(tx, hub, caller)?;
        let ticket = press.ticket(id)?;
        let moved = press.step(&ticket, action)?;
        Ok(TicketAnswer { ticket: press.view(&moved)? })
    })
    .await
}
