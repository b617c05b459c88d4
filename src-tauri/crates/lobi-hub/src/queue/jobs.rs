//! Printing through the hub, as a durable job: a caller that hangs up, or a hub that dies, takes neither the paper nor the
//! word about it away. Jobs run one after the other, so that papers never mix.

use std::sync::Arc;
use std::time::Duration;

use lobi_core::queue::PaperReport;
use lobi_core::speech::Language;
use lobi_devices::printer::fault::PrintFault;
use serde::{Deserialize, Serialize};

use super::actions::report_paper::{note, report_paper};
use super::printout::composed;
use super::wire::ticket::TicketAnswer;
use crate::act::Caller;
use crate::db::NewJob;
use crate::db::jobs::{Job, no_more};
use crate::devices::site_printer::{self, NotPrinted};
use crate::error::{Code, Error, Refusal, Result};
use crate::hub::Hub;
use crate::jobs::{Fault, JobKind, Run};
use crate::queue::views::ticket_view;

/// A code lies on every paper and phone: nobody empties the roll with one.
const MOST_COPIES: u32 = 5;
/// Papers that wait for the site's printer; whoever comes later is told to come back.
const MOST_WAITING: usize = 8;
/// How long a caller waits for the paper before the ticket is answered as it stands: well below the door's own patience.
const WAIT: Duration = Duration::from_secs(10);

/// Prints a ticket on the site's printer. While another program has that, the paper waits: half a minute less than staff
/// wait for a word about it.
pub const PRINT: JobKind = JobKind {
    name: "print",
    tries: 30,
    longest_pause: 5,
    at_once: 1,
    more: no_more,
    run: |hub, job| -> Run { Box::pin(print(hub, job)) },
};

#[derive(Serialize, Deserialize)]
struct Print {
    code: String,
    language: Language,
}

/// Has today's ticket with this code printed, and waits for the paper. A second touch while one is under way waits for the
/// same paper.
///
/// # Errors
/// No such ticket, no printer, what is wrong with it, enough copies, too many papers waiting; a database error.
pub async fn print_ticket(
    hub: &Arc<Hub>,
    caller: Caller,
    code: &str,
    language: Language,
) -> Result<TicketAnswer> {
    let (_, ticket) = composed(hub, code, language)?;
    if ticket.paper.copies >= MOST_COPIES {
        return Err(Code::EnoughCopies.into());
    }
    if hub.site().printer.is_none() {
        return Err(Code::NoPrinter.into());
    }
    if hub.job_ends.awaited() >= MOST_WAITING {
        return Err(Refusal::from(Code::PrinterBusy).retry_after(5).into());
    }
    let data = serde_json::to_string(&Print { code: code.to_owned(), language }).unwrap_or_default();
    let (waiter, about, now) = (Arc::clone(hub), code.to_owned(), caller.now);
    let outcome = hub
        .act(Caller { once: None, ..caller }, move |act| {
            let id = act.enqueue(&NewJob { kind: PRINT.name, about: &about, data, due: now })?;
            note(act, ticket.id, PaperReport::Queued)?;
            Ok(id)
        })
        .await
        .map(|id| waiter.job_ends.outcome(id))?;
    // Otherwise it is printed, or still under way.
    if let Ok(Ok(Err(fault))) = tokio::time::timeout(WAIT, outcome).await {
        return Err(NotPrinted::code_of(&fault).into());
    }
    let memory = hub.memory();
    let ticket = memory.queue.ticket_by_code(code).ok_or(Code::TicketNotFound)?;
    let ticket = ticket_view(&memory, ticket, hub.now()).ok_or(Code::TicketNotFound)?;
    Ok(TicketAnswer { ticket })
}

async fn print(hub: Arc<Hub>, job: Job) -> Result<(), Fault> {
    let broken = |why: &dyn std::fmt::Display| Fault::Final(why.to_string());
    let Print { code, language } = serde_json::from_str(&job.data).map_err(|error| broken(&error))?;
    // A ticket whose day ended is nobody's any more, on paper or not.
    let gone = |error: Error| match error.code() {
        Some(Code::TicketNotFound) => Fault::Told(NotPrinted::TICKET_GONE.into()),
        _ => broken(&error),
    };
    let report = async |report| {
        let told = report_paper(&hub, Caller::system(hub.now()), code.clone(), report).await;
        told.map(drop).map_err(gone)
    };
    if job.tries > 0 && job.fault.as_deref() != Some(PrintFault::Busy.code()) {
        // Cut off by the end of the hub or by a mistake of ours: the paper may be in somebody's hand, so nobody prints a second one unasked.
        return report(PaperReport::Failed("hung_up".into())).await;
    }
    let (printout, _) = composed(&hub, &code, language).map_err(|refusal| gone(refusal.into()))?;
    match site_printer::print(&hub, printout).await {
        Ok(()) => report(PaperReport::Printed).await,
        Err(NotPrinted::Fault(PrintFault::Busy)) if job.tries + 1 < PRINT.tries => {
            Err(Fault::Again(PrintFault::Busy.code().to_owned()))
        }
        Err(fault) => {
            report(PaperReport::Failed(fault.code().to_owned())).await?;
            Err(Fault::Told(fault.code().to_owned()))
        }
    }
}
