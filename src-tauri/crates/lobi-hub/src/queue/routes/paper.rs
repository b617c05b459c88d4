//! A ticket on paper: what stands on it, printing it through the hub, and what became of it.

use axum::Json;
use axum::extract::State;
use lobi_core::printout::Printout;
use lobi_core::queue::{PaperReport, Ticket};
use lobi_core::speech::Language;
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, Semaphore};
use utoipa::{IntoParams, ToSchema};

use super::Answer;
use crate::devices::printer;
use crate::error::Refusal;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path, Query};
use crate::http::{ApiError, App};
use crate::hub::{Actor, Caller};
use crate::queue::actions::report_paper::report_paper;
use crate::queue::printout;
use crate::queue::wire::TicketAnswer;
use crate::secrets;

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaperQuery {
    /// `id` unless told.
    bahasa: Option<Language>,
}

/// A ticket's paper.
#[derive(Serialize, ToSchema)]
pub struct PaperAnswer {
    /// What stands on it, top to bottom.
    printout: Printout,
    /// Whether it says SALINAN, because a paper was printed before.
    copy: bool,
}

/// What stands on the paper of today's ticket; a copy once a paper was printed.
#[utoipa::path(get, path = "/api/tickets/{code}/printout", tag = "visitor",
    params(("code" = String, Path, description = "As printed"), PaperQuery), responses((status = 200, body = PaperAnswer), ApiError))]
pub async fn printout_of_ticket(
    State(hub): State<App>,
    Path(code): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Answer<PaperAnswer> {
    let (printout, ticket) = composed(&hub, &code, query.bahasa.unwrap_or(Language::Id))?;
    Ok(Json(PaperAnswer { printout, copy: ticket.paper.next_is_copy() }))
}

/// The paper of today's ticket as it would be printed now.
fn composed(hub: &App, code: &str, language: Language) -> Result<(Printout, Ticket), ApiError> {
    let (site, address) = (hub.site(), hub.address());
    let board = hub.board();
    let ticket = board.ticket_by_code(&secrets::normal_code(code)).ok_or(Refusal::TicketNotFound)?;
    let service = board.service(ticket.service).ok_or(Refusal::TicketNotFound)?;
    Ok((printout::of_ticket(ticket, service, &board, &site, &address, language), ticket.clone()))
}

/// What a printer says.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PaperOutcome {
    /// A printer is asked now.
    Queued,
    /// On paper, whole.
    Printed,
    /// Not on paper.
    Failed,
}

/// What became of a paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportPaper {
    /// The outcome.
    state: PaperOutcome,
    /// With `failed`: the printer's fault code, 1–40 characters.
    #[schema(example = "out_of_paper")]
    fault: Option<String>,
}

/// A machine reports what its printer did with the ticket.
#[utoipa::path(post, path = "/api/tickets/{code}/paper", tag = "visitor", request_body = ReportPaper,
    params(("code" = String, Path, description = "As printed"), ("Idempotency-Key" = Option<String>, Header, description = "8–200 visible ASCII characters")),
    responses((status = 200, body = TicketAnswer), ApiError))]
pub async fn report(
    State(hub): State<App>,
    intent: Intent,
    Path(code): Path<String>,
    body: Body<ReportPaper>,
) -> Answer<TicketAnswer> {
    let caller = intent.by(Actor::Public, &body.raw);
    let report = match (body.value.state, body.value.fault) {
        (PaperOutcome::Queued, None) => PaperReport::Queued,
        (PaperOutcome::Printed, None) => PaperReport::Printed,
        (PaperOutcome::Failed, Some(fault)) if is_code(&fault) => PaperReport::Failed(fault),
        _ => return Err(ApiError::invalid([("fault", "fault")])),
    };
    Ok(Json(report_paper(&hub, caller, secrets::normal_code(&code), report).await?))
}

/// A fault's code: small letters, digits and `_`; it goes to public channels, so it cannot carry words.
fn is_code(fault: &str) -> bool {
    (1..=40).contains(&fault.len())
        && fault.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Prints the ticket on the site's network printer, for browsers that have none; a copy once a paper was printed.
#[utoipa::path(post, path = "/api/tickets/{code}/print", tag = "visitor",
    params(("code" = String, Path, description = "As printed"), PaperQuery),
    responses((status = 200, body = TicketAnswer), ApiError))]
pub async fn print(
    State(hub): State<App>,
    Path(code): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Answer<TicketAnswer> {
    let (code, language) = (secrets::normal_code(&code), query.bahasa.unwrap_or(Language::Id));
    // A job of its own: a caller that hangs up takes neither the paper nor its report away.
    let job = tokio::spawn(async move { print_in_turn(&hub, code, language).await });
    job.await.map_err(|_| ApiError::plain("INTERNAL"))?
}

/// Papers that wait for the site's printer; whoever comes later is told to come back.
const MOST_WAITING: usize = 8;
static WAITING: Semaphore = Semaphore::const_new(MOST_WAITING);
/// One paper at a time, from what stands on it to what became of it: a second touch then gets a copy.
static TURN: Mutex<()> = Mutex::const_new(());

async fn print_in_turn(hub: &App, code: String, language: Language) -> Answer<TicketAnswer> {
    let _place = WAITING.try_acquire().map_err(|_| ApiError::plain("PRINTER_BUSY"))?;
    let _turn = TURN.lock().await;
    let (printout, ticket) = composed(hub, &code, language)?;
    if ticket.paper.copies >= MOST_COPIES {
        return Err(ApiError::plain("ENOUGH_COPIES"));
    }
    let by = || Caller { actor: Actor::Public, now: hub.clock.now(), once: None };
    report_paper(hub, by(), code.clone(), PaperReport::Queued).await?;
    let (report, why) = match printer::print(hub, printout).await {
        Ok(()) => (PaperReport::Printed, None),
        Err(fault) => (PaperReport::Failed(fault.code().to_owned()), Some(fault)),
    };
    let ticket = report_paper(hub, by(), code, report).await?;
    match why {
        None => Ok(Json(ticket)),
        Some(fault) => Err(fault.into()),
    }
}

/// A code lies on every paper and phone: nobody empties the roll with one.
const MOST_COPIES: u32 = 5;
