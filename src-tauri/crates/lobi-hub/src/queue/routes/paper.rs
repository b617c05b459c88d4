//! A ticket on paper: what stands on it, printing it through the hub, and what became of it.

use axum::Json;
use axum::extract::State;
use lobi_core::printout::Printout;
use lobi_core::queue::PaperReport;
use lobi_core::speech::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::Refusal;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path, Query};
use crate::http::{Answer, App};
use crate::queue::actions::report_paper::report_paper;
use crate::queue::jobs::print_ticket;
use crate::queue::printout::composed;
use crate::queue::wire::ticket::TicketAnswer;
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
    params(("code" = String, Path, description = "As printed"), PaperQuery), responses((status = 200, body = PaperAnswer)))]
pub async fn printout_of_ticket(
    State(hub): State<App>,
    Path(code): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Answer<PaperAnswer> {
    let (printout, ticket) =
        composed(&hub, &secrets::normal_code(&code), query.bahasa.unwrap_or(Language::Id))?;
    Ok(Json(PaperAnswer { printout, copy: ticket.paper.next_is_copy() }))
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
    params(("code" = String, Path, description = "As printed")),
    responses((status = 200, body = TicketAnswer)))]
pub async fn report(
    State(hub): State<App>,
    intent: Intent,
    Path(code): Path<String>,
    body: Body<ReportPaper>,
) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    let report = match (body.value.state, body.value.fault) {
        (PaperOutcome::Queued, None) => PaperReport::Queued,
        (PaperOutcome::Printed, None) => PaperReport::Printed,
        (PaperOutcome::Failed, Some(fault)) if is_code(&fault) => PaperReport::Failed(fault),
        _ => return Err(Refusal::invalid([("fault", "fault")]).into()),
    };
    Ok(Json(report_paper(&hub, caller, secrets::normal_code(&code), report).await?))
}

/// A fault's code: small letters, digits and `_`; it goes to public channels, so it cannot carry words.
fn is_code(fault: &str) -> bool {
    (1..=40).contains(&fault.len())
        && fault.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Prints the ticket on the site's network printer, for browsers that have none; a copy once a paper was printed. Answers when
/// the paper is out, or after a while with the ticket as it then stands: its paper is `queued` and will still come.
#[utoipa::path(post, path = "/api/tickets/{code}/print", tag = "visitor",
    params(("code" = String, Path, description = "As printed"), PaperQuery),
    responses((status = 200, body = TicketAnswer)))]
pub async fn print(
    State(hub): State<App>,
    intent: Intent,
    Path(code): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Answer<TicketAnswer> {
    let language = query.bahasa.unwrap_or(Language::Id);
    Ok(Json(print_ticket(&hub, intent.caller(&[]), &secrets::normal_code(&code), language).await?))
}
