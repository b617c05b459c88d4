//! A printer's word about a ticket's paper.

use std::sync::Arc;

use lobi_core::queue::{PaperReport, TicketId};

use super::{act_on_ticket, public, tell};
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::queue::events::{PaperUpdated, TicketEvent};
use crate::queue::store::{numbers, tickets};
use crate::queue::wire::ticket::TicketAnswer;

/// The fault of a paper whose printer was asked and never heard of again.
pub const NO_REPORT: &str = "no_report";
/// How long a printer may take to report, in minutes.
const REPORT_WITHIN: i64 = 3;

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
    // The board has every committed ticket of today, and a ticket is printed after its commit.
    let id = hub.memory().queue.ticket_by_code(&code).map(|ticket| ticket.id).ok_or(Code::TicketNotFound)?;
    act_on_ticket(hub, caller, move |act| {
        note(act, id, report)?;
        let ticket = tickets::ticket(act.sql(), id, act.day())?.ok_or(Code::TicketNotFound)?;
        Ok((ticket, None))
    })
    .await
}

/// Notes it inside an action.
///
/// # Errors
/// No such ticket today; a database error.
pub fn note(act: &mut Act<'_, '_>, id: TicketId, report: PaperReport) -> Result<()> {
    let mut ticket = tickets::ticket(act.sql(), id, act.day())?.ok_or(Code::TicketNotFound)?;
    let paper = ticket.paper.after(report);
    if paper == ticket.paper {
        return Ok(());
    }
    ticket.paper = paper;
    tickets::save_paper(act.sql(), &ticket, act.now())?;
    let waiting_count = numbers::count_waiting(act.sql(), ticket.stage.service, act.day(), 0)?;
    let news = TicketEvent { ticket: public(act, &ticket)?, waiting_count, speech: Vec::new() };
    tell(act, &ticket, &PaperUpdated(news))
}

/// Papers that nobody reported count as failed: the kiosk's page died, or its hub was away. Whoever looks sees it, and the
/// next paper is a copy, because the first may be in somebody's hand.
///
/// # Errors
/// A database error.
pub async fn give_up_unreported(hub: &Arc<Hub>, caller: Caller) -> Result<()> {
    let (day, before) = (hub.memory().day, caller.now.plus_minutes(-REPORT_WITHIN));
    let overdue = hub.db.read(move |sql| tickets::unreported_papers(sql, day, before)).await?;
    if overdue.is_empty() {
        return Ok(());
    }
    hub.act(caller, move |act| {
        overdue.into_iter().try_for_each(|id| match note(act, id, PaperReport::Failed(NO_REPORT.into())) {
            Err(error) if error.code() == Some(Code::TicketNotFound) => Ok(()),
            other => other,
        })
    })
    .await
}
