//! Handlers of the queue: read the request, call the action or the board, answer.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::people::{BpjsNumber, Name, Nik, Phone};
use lobi_core::queue::{Action, Board, CounterNumber, PaperState, Ticket, TicketId};
use lobi_core::time::Zone;

use super::actions::{call_next, call_ticket, issue_ticket, move_ticket};
use super::speech;
use super::wire::{
    CallNext, CallTicket, Display, LiveTicket, OpenService, QueueStatus, Register, Services, TicketAnswer,
    TicketView,
};
use crate::error::Refusal;
use crate::http::auth::{Intent, SignedIn};
use crate::http::body::{Body, OptionalBody, Path};
use crate::http::{ApiError, App};
use crate::hub::Actor;
use crate::people::Visitor;
use crate::secrets;

mod dashboard;
mod paper;
pub use dashboard::*;
pub use paper::*;

type Answer<T> = Result<Json<T>, ApiError>;

/// The open services with waiting count and estimate.
#[utoipa::path(get, path = "/api/services", tag = "visitor", responses((status = 200, body = Services)))]
pub async fn services(State(hub): State<App>) -> Json<Services> {
    let now = hub.clock.now();
    let board = hub.board();
    let open = board.services().filter(|service| service.open).map(|service| {
        let waiting_count = board.waiting_count(service.id);
        OpenService {
            slug: service.slug.clone(),
            kode: service.kode.clone(),
            nama: service.nama.clone(),
            nama_en: service.nama_en.clone(),
            icon: service.icon.clone(),
            priority: service.priority,
            waiting_count,
            estimated_wait_minutes: board.estimate(service.id, waiting_count, now),
        }
    });
    Json(Services { services: open.collect(), seq: board.seq })
}

/// Take a number.
#[utoipa::path(post, path = "/api/register", tag = "visitor", request_body = Register,
    params(("Idempotency-Key" = Option<String>, Header, description = "8–200 visible ASCII characters")),
    responses((status = 201, body = TicketAnswer), ApiError))]
pub async fn register(
    State(hub): State<App>,
    intent: Intent,
    body: Body<Register>,
) -> Result<(StatusCode, Json<TicketAnswer>), ApiError> {
    let caller = intent.by(Actor::Public, &body.raw);
    let Register { poli, nama, nik, no_bpjs, no_hp, cara_daftar, cetak } = body.value;
    let mut wrong = BTreeMap::new();
    let visitor = Visitor {
        nama: checked(nama, "nama", "nama", Name::parse, &mut wrong),
        nik: checked(nik, "nik", "nik", Nik::parse, &mut wrong),
        no_bpjs: checked(no_bpjs, "no_bpjs", "no_bpjs", BpjsNumber::parse, &mut wrong),
        no_hp: checked(no_hp, "no_hp", "no_hp", Phone::parse, &mut wrong),
    };
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong).into());
    }
    let paper = if cetak == Some(true) { PaperState::Queued } else { PaperState::None };
    let input =
        issue_ticket::IssueTicket { poli, visitor, cara_daftar: cara_daftar.unwrap_or_default(), paper };
    Ok((StatusCode::CREATED, Json(issue_ticket::issue_ticket(&hub, caller, input).await?)))
}

/// An optional input in its checked form; an empty one counts as not given, a wrong one is remembered.
fn checked<T, E>(
    input: Option<String>,
    field: &'static str,
    complaint: &'static str,
    parse: fn(&str) -> Result<T, E>,
    wrong: &mut BTreeMap<&'static str, &'static str>,
) -> Option<T> {
    let text = input.filter(|text| !text.trim().is_empty())?;
    parse(&text).map_err(|_| wrong.insert(field, complaint)).ok()
}

/// What a TV shows, all services together.
#[utoipa::path(get, path = "/api/display", tag = "visitor", responses((status = 200, body = Display)))]
pub async fn display(State(hub): State<App>) -> Json<Display> {
    let zone = hub.site().zone;
    let board = hub.board();
    Json(display_of(&board, zone, None))
}

/// What a TV of one service shows.
#[utoipa::path(get, path = "/api/display/{poli}", tag = "visitor", params(("poli" = String, Path, description = "Slug")),
    responses((status = 200, body = Display), ApiError))]
pub async fn display_of_service(State(hub): State<App>, Path(poli): Path<String>) -> Answer<Display> {
    let zone = hub.site().zone;
    let board = hub.board();
    if board.service_by_slug(&poli).is_none() {
        return Err(Refusal::ServiceNotFound(poli).into());
    }
    Ok(Json(display_of(&board, zone, Some(&poli))))
}

/// The display of one service, or of all.
pub fn display_of(board: &Board, zone: Zone, slug: Option<&str>) -> Display {
    let wanted = |id| slug.is_none_or(|slug| board.service(id).is_some_and(|service| service.slug == slug));
    let live = |tickets: Vec<&Ticket>| {
        tickets.into_iter().filter_map(|ticket| live_ticket(board, zone, ticket)).collect()
    };
    Display {
        current: live(board.current(wanted)),
        recent: live(board.recent(wanted)),
        waiting_count: board.counts(wanted).waiting,
        seq: board.seq,
    }
}

/// Who is at the counter.
pub fn current_at(board: &Board, zone: Zone, counter: u32) -> Option<LiveTicket> {
    board.at_counter(CounterNumber(counter)).and_then(|ticket| live_ticket(board, zone, ticket))
}

fn live_ticket(board: &Board, zone: Zone, ticket: &Ticket) -> Option<LiveTicket> {
    board.service(ticket.service).map(|service| LiveTicket::new(ticket, service, zone))
}

/// Today's ticket by its number.
#[utoipa::path(get, path = "/api/queue/status/{nomor}", tag = "visitor",
    params(("nomor" = String, Path, description = "A number such as A013")),
    responses((status = 200, body = QueueStatus), ApiError))]
pub async fn status(State(hub): State<App>, Path(nomor): Path<String>) -> Answer<QueueStatus> {
    let now = hub.clock.now();
    let zone = hub.site().zone;
    let board = hub.board();
    let ticket = board.ticket_by_number(&nomor).ok_or(Refusal::TicketNotFound)?;
    let view = TicketView::on_board(ticket, &board, zone, now).ok_or(Refusal::TicketNotFound)?;
    let LiveTicket { nomor_antrean, poli, status, loket, called_at, .. } = view.public;
    let TicketView { position, estimated_wait_minutes, .. } = view;
    Ok(Json(QueueStatus { nomor_antrean, poli, status, position, estimated_wait_minutes, loket, called_at }))
}

/// How a call sounds.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CallSpeech {
    /// One sentence per language, Indonesian first; nothing for a ticket that is not called.
    speech: Vec<lobi_core::speech::Spoken>,
}

/// How the call of one of today's tickets sounds, for a TV that missed the event itself.
#[utoipa::path(get, path = "/api/queue/{id}/speech", tag = "visitor",
    params(("id" = i64, Path, description = "Ticket id")),
    responses((status = 200, body = CallSpeech), ApiError))]
pub async fn call_speech(State(hub): State<App>, Path(id): Path<i64>) -> Answer<CallSpeech> {
    let style = hub.site().speech;
    let board = hub.board();
    let ticket = board.ticket(TicketId(id)).ok_or(Refusal::TicketNotFound)?;
    let service = board.service(ticket.service).ok_or(Refusal::TicketNotFound)?;
    let said = |counter: CounterNumber| speech::call(service, ticket.number, counter.0, &style);
    Ok(Json(CallSpeech { speech: ticket.counter.map(said).unwrap_or_default() }))
}

/// Today's ticket by the code on its paper.
#[utoipa::path(get, path = "/api/tickets/{code}", tag = "visitor",
    params(("code" = String, Path, description = "As printed; dashes and small letters are fine")),
    responses((status = 200, body = TicketAnswer), ApiError))]
pub async fn ticket(State(hub): State<App>, Path(code): Path<String>) -> Answer<TicketAnswer> {
    let now = hub.clock.now();
    let zone = hub.site().zone;
    let board = hub.board();
    let ticket = board.ticket_by_code(&secrets::normal_code(&code)).ok_or(Refusal::TicketNotFound)?;
    let ticket = TicketView::on_board(ticket, &board, zone, now).ok_or(Refusal::TicketNotFound)?;
    Ok(Json(TicketAnswer { ticket }))
}

/// Call the next visitor to a counter; its current one is finished first.
#[utoipa::path(post, path = "/api/queue/call-next", tag = "staff", request_body = CallNext, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "8–200 visible ASCII characters")),
    responses((status = 200, body = TicketAnswer), ApiError))]
pub async fn call_next(
    State(hub): State<App>,
    staff: SignedIn,
    intent: Intent,
    body: Body<CallNext>,
) -> Answer<TicketAnswer> {
    let caller = intent.by_staff(staff, &body.raw);
    Ok(Json(call_next::call_next(&hub, caller, CounterNumber(body.value.loket)).await?))
}

/// Call one ticket, or call it again.
#[utoipa::path(post, path = "/api/queue/{id}/call", tag = "staff", request_body = Option<CallTicket>,
    security(("bearer" = [])),
    params(("id" = i64, Path, description = "Ticket id"), ("Idempotency-Key" = Option<String>, Header, description = "8–200 visible ASCII characters")),
    responses((status = 200, body = TicketAnswer), ApiError))]
pub async fn call(
    State(hub): State<App>,
    staff: SignedIn,
    intent: Intent,
    Path(id): Path<i64>,
    OptionalBody(body): OptionalBody<CallTicket>,
) -> Answer<TicketAnswer> {
    let caller = intent.by_staff(staff, &body.raw);
    let loket = body.value.loket.map(CounterNumber);
    Ok(Json(call_ticket::call_ticket(&hub, caller, TicketId(id), loket).await?))
}

/// The routes that move a ticket on differ only in their name and action.
macro_rules! move_routes {
    ($($name:ident $path:literal $action:ident $doc:literal),* $(,)?) => {$(
        #[doc = $doc]
        #[utoipa::path(post, path = $path, tag = "staff", security(("bearer" = [])),
            params(("id" = i64, Path, description = "Ticket id"), ("Idempotency-Key" = Option<String>, Header, description = "8–200 visible ASCII characters")),
            responses((status = 200, body = TicketAnswer), ApiError))]
        pub async fn $name(
            State(hub): State<App>,
            staff: SignedIn,
            intent: Intent,
            Path(id): Path<i64>,
        ) -> Answer<TicketAnswer> {
            let caller = intent.by_staff(staff, &[]);
            Ok(Json(move_ticket::move_ticket(&hub, caller, TicketId(id), Action::$action).await?))
        }
    )*};
}
move_routes! {
    skip "/api/queue/{id}/skip" Skip "The called visitor did not come.",
    serve "/api/queue/{id}/serve" Serve "The called visitor is at the counter.",
    finish "/api/queue/{id}/finish" Finish "The visit is over.",
    return_to_line "/api/queue/{id}/return" Return "A skipped visitor came after all: back to their place by number.",
    cancel "/api/queue/{id}/cancel" Cancel "The visitor will not come.",
}
