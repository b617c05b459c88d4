//! The buttons of a counter.

use axum::Json;
use axum::extract::State;
use lobi_core::queue::{Action, CounterNumber, TicketId};

use crate::fields::{Fields, one_line};
use crate::http::auth::Intent;
use crate::http::body::{Body, OptionalBody, Path};
use crate::http::{Answer, ApiError, App};
use crate::queue::actions;
use crate::queue::actions::transfer::To;
use crate::queue::wire::desk::{CallNext, CallTicket, HandOver, Transfer};
use crate::queue::wire::ticket::TicketAnswer;

/// The longest reason in characters.
const LONGEST_REASON: usize = 200;

/// Call the next visitor to a counter; its current one is finished first.
#[utoipa::path(post, path = "/api/queue/call-next", tag = "staff", request_body = CallNext,
    responses((status = 200, body = TicketAnswer)))]
pub async fn call_next(State(hub): State<App>, intent: Intent, body: Body<CallNext>) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    Ok(Json(actions::call_next::call_next(&hub, caller, CounterNumber(body.value.loket)).await?))
}

/// Call one ticket, or call it again.
#[utoipa::path(post, path = "/api/queue/{id}/call", tag = "staff", request_body = Option<CallTicket>,
    params(("id" = i64, Path, description = "Ticket id")),
    responses((status = 200, body = TicketAnswer)))]
pub async fn call(
    State(hub): State<App>,
    intent: Intent,
    Path(id): Path<i64>,
    OptionalBody(body): OptionalBody<CallTicket>,
) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    let loket = body.value.loket.map(CounterNumber);
    let alasan = reason(body.value.alasan.as_deref().unwrap_or_default())?;
    Ok(Json(actions::call_ticket::call_ticket(&hub, caller, TicketId(id), loket, alasan).await?))
}

/// The called visitor did not come.
#[utoipa::path(post, path = "/api/queue/{id}/skip", tag = "staff",
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn skip(State(hub): State<App>, intent: Intent, Path(id): Path<i64>) -> Answer<TicketAnswer> {
    moved(&hub, intent, id, Action::Skip).await
}

/// The called visitor is at the counter.
#[utoipa::path(post, path = "/api/queue/{id}/serve", tag = "staff",
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn serve(State(hub): State<App>, intent: Intent, Path(id): Path<i64>) -> Answer<TicketAnswer> {
    moved(&hub, intent, id, Action::Serve).await
}

/// The visit is over.
#[utoipa::path(post, path = "/api/queue/{id}/finish", tag = "staff",
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn finish(State(hub): State<App>, intent: Intent, Path(id): Path<i64>) -> Answer<TicketAnswer> {
    moved(&hub, intent, id, Action::Finish).await
}

/// A skipped visitor came after all, or one was finished by mistake: back to their place by number.
#[utoipa::path(post, path = "/api/queue/{id}/return", tag = "staff",
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn return_to_line(
    State(hub): State<App>,
    intent: Intent,
    Path(id): Path<i64>,
) -> Answer<TicketAnswer> {
    moved(&hub, intent, id, Action::Return).await
}

/// The visitor will not come.
#[utoipa::path(post, path = "/api/queue/{id}/cancel", tag = "staff",
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn cancel(State(hub): State<App>, intent: Intent, Path(id): Path<i64>) -> Answer<TicketAnswer> {
    moved(&hub, intent, id, Action::Cancel).await
}

/// The visitor goes on to another service, counter or person: the number stays, its holder joins that line at its end.
#[utoipa::path(post, path = "/api/queue/{id}/transfer", tag = "staff", request_body = Transfer,
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn transfer(
    State(hub): State<App>,
    intent: Intent,
    Path(id): Path<i64>,
    body: Body<Transfer>,
) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    let Transfer { poli, loket, petugas, alasan } = body.value;
    let alasan = reason(&alasan)?;
    let mut fields = Fields::default();
    fields.check(poli.is_some() || loket.is_some() || petugas.is_some(), "poli", "transfer_where");
    fields.check(loket.is_none() || petugas.is_none(), "petugas", "transfer_one");
    fields.done()?;
    let to = To { poli, loket: loket.map(CounterNumber), petugas };
    Ok(Json(actions::transfer::transfer(&hub, caller, TicketId(id), to, alasan).await?))
}

/// A colleague at another counter takes the visitor over, and whoever waits for this counter alone.
#[utoipa::path(post, path = "/api/counters/{n}/handover", tag = "staff", request_body = HandOver,
    params(("n" = u32, Path, description = "Its number")), responses((status = 200, body = TicketAnswer)))]
pub async fn hand_over(
    State(hub): State<App>,
    intent: Intent,
    Path(n): Path<u32>,
    body: Body<HandOver>,
) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    let to = CounterNumber(body.value.ke);
    Ok(Json(actions::hand_over::hand_over(&hub, caller, CounterNumber(n), to).await?))
}

/// Take the last step of a number back: finished, skipped, called, cancelled by mistake. Within two minutes, while the counter
/// has called nobody else.
#[utoipa::path(post, path = "/api/queue/{id}/undo", tag = "staff",
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn undo(State(hub): State<App>, intent: Intent, Path(id): Path<i64>) -> Answer<TicketAnswer> {
    Ok(Json(actions::undo::undo(&hub, intent.caller(&[]), TicketId(id)).await?))
}

/// Why something is done, for the record; may be empty.
fn reason(typed: &str) -> Result<String, ApiError> {
    let alasan = one_line(typed);
    let mut fields = Fields::default();
    fields.check(alasan.chars().count() <= LONGEST_REASON, "alasan", "too_long");
    fields.done()?;
    Ok(alasan)
}

async fn moved(hub: &App, intent: Intent, id: i64, action: Action) -> Answer<TicketAnswer> {
    Ok(Json(actions::move_ticket::move_ticket(hub, intent.caller(&[]), TicketId(id), action).await?))
}
