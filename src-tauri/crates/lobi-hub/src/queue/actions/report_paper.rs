//! A printer's word about a ticket's paper.

use std::sync::Arc;

use lobi_core::queue::PaperReport;

use super::Press;
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::queue::store;
use crate::queue::wire::TicketAnswer;

/// Notes what became of the paper of today's ticket with this code. Whoever has the code may say so: a machine that
/// prints has just got it.
///
/// # Errors
/// No such ticket today; a database error.
pub async fn report_paper(
    hub: &Arc<Hub>,
    caller: Caller,
    code: String,
    report: PaperReport,
) -> Result<TicketAnswer> {
    hub.act(caller, move |tx, hub, caller| {
        let mut press = Press::begin(tx, hub, caller)?;
        // The board has every committed ticket of today, and a ticket is printed after its commit.
        let id = press.hub.board().ticket_by_code(&code).map(|ticket| ticket.id);
        let mut ticket = id
            .map(|id| store::ticket(press.tx.sql(), id, press.day))
            .transpose()?
            .flatten()
            .ok_or(Refusal::TicketNotFound)?;
        let paper = ticket.paper.after(report);
        if paper != ticket.paper {
            ticket.paper = paper;
            store::save_paper(press.tx.sql(), &ticket)?;
            let waiting = store::count_waiting(press.tx.sql(), ticket.service, press.day, 0)?;
            press.tell(&ticket, "PaperUpdated", waiting)?;
        }
        Ok(TicketAnswer { ticket: press.view(&ticket)? })
    })
    .await
}
