//! What visitors and displays ask for: services, a number, where it stands, how its call sounds.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::people::Nik;
use lobi_core::people::doubt::Doubt;
use lobi_core::queue::{CounterNumber, PaperState, TicketId};
use lobi_core::speech::Language;
use lobi_core::time::{Date, ServiceDay};

use crate::error::{Code, Refusal};
use crate::fields::Fields;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::limits::Asker;
use crate::http::{Answer, ApiError, App};
use crate::limits::Class;
use crate::people::visitor::Typed;
use crate::people::{PersonId, Visitor};
use crate::queue::actions::issue_ticket::{IssueTicket, issue_ticket};
use crate::queue::actions::later_day;
use crate::queue::speech;
use crate::queue::store::tickets;
use crate::queue::views::{display_of, services_of, ticket_view};
use crate::queue::wire::ticket::{LiveTicket, TicketAnswer, TicketView};
use crate::queue::wire::visitor::{Display, QueueStatus, Register, Services};
use crate::{secrets, texts};

/// The open services with waiting count and estimate, and those that are shut at this hour with the reason.
#[utoipa::path(get, path = "/api/services", tag = "visitor", responses((status = 200, body = Services)))]
pub async fn services(State(hub): State<App>) -> Json<Services> {
    Json(services_of(&hub.memory(), hub.now()))
}

/// "Already queued" tells who is here: nobody finds out many.
pub(super) fn counted(hub: &App, asker: Asker, visitor: &Visitor) -> Result<(), ApiError> {
    let tells = visitor.nik.is_some() || visitor.no_bpjs.is_some() || visitor.no_hp.is_some();
    if tells {
        asker.may(hub, Class::Identity)?;
    }
    Ok(())
}

/// Whether the consent text of that version is the one that visitors read now. The version stands beside the words.
fn is_present_consent(version: &str) -> bool {
    texts::find(Language::Id, "online", "consent_version") == Some(version)
}

/// Stops at a NIK that is odd, so that somebody looks at the card again.
fn look_again(nik: Option<&Nik>, today: Date) -> Result<(), Refusal> {
    let sentence = match nik.and_then(|nik| nik.doubt(today)) {
        None => return Ok(()),
        Some(Doubt::BornLater) => "nik_born_later",
        Some(Doubt::Regency) => "nik_regency",
    };
    Err(Refusal { fields: Refusal::invalid([("nik", sentence)]).fields, ..Code::NikDoubted.into() })
}

/// A day as it is written in requests.
fn day(fields: &mut Fields, written: Option<&str>) -> Option<ServiceDay> {
    let day = written.map(str::parse::<ServiceDay>);
    fields.check(!matches!(day, Some(Err(_))), "tanggal", "date");
    day.and_then(Result::ok)
}

/// Take a number.
#[utoipa::path(post, path = "/api/register", tag = "visitor", request_body = Register,
    responses((status = 201, body = TicketAnswer)))]
pub async fn register(
    State(hub): State<App>,
    intent: Intent,
    asker: Asker,
    body: Body<Register>,
) -> Result<(StatusCode, Json<TicketAnswer>), ApiError> {
    let caller = intent.caller(&body.raw);
    let Register {
        poli,
        nama,
        nik,
        no_bpjs,
        no_hp,
        cara_daftar,
        cetak,
        periksa_nik,
        nomor_kedua,
        pasien,
        kelas,
        tanggal,
        alur,
        persetujuan,
    } = body.value;
    let mut fields = Fields::default();
    let today = hub.now().date(hub.site().zone);
    let typed = Typed { nama, nik, no_bpjs, no_hp, ..Typed::default() };
    let visitor = typed.check(&mut fields, today);
    let day = day(&mut fields, tanggal.as_deref());
    fields.check(persetujuan.as_deref().is_none_or(is_present_consent), "persetujuan", "consent");
    fields.done()?;
    if periksa_nik == Some(true) {
        look_again(visitor.nik.as_ref(), today)?;
    }
    counted(&hub, asker, &visitor)?;
    let paper = if cetak == Some(true) { PaperState::Queued } else { PaperState::None };
    let (cara_daftar, second) = (cara_daftar.unwrap_or_default(), nomor_kedua == Some(true));
    let person = pasien.map(PersonId);
    let consent = persetujuan;
    let later = day.filter(|day| *day != hub.memory().day);
    let input = IssueTicket { poli, visitor, day, cara_daftar, paper, second, person, kelas, alur, consent };
    let mut answer = issue_ticket(&hub, caller, input).await?;
    answer.ticket.tanggal = later.map(|day| day.to_string());
    Ok((StatusCode::CREATED, Json(answer)))
}

/// What a TV shows, all services together.
#[utoipa::path(get, path = "/api/display", tag = "visitor", responses((status = 200, body = Display)))]
pub async fn display(State(hub): State<App>) -> Json<Display> {
    Json(display_of(&hub.memory(), None))
}

/// What a TV of one service shows.
#[utoipa::path(get, path = "/api/display/{poli}", tag = "visitor", params(("poli" = String, Path, description = "Slug")),
    responses((status = 200, body = Display)))]
pub async fn display_of_service(State(hub): State<App>, Path(poli): Path<String>) -> Answer<Display> {
    let memory = hub.memory();
    if memory.queue.service_by_slug(&poli).is_none() {
        return Err(Refusal::no_service(&poli).into());
    }
    Ok(Json(display_of(&memory, Some(&poli))))
}

/// Today's ticket by its number.
#[utoipa::path(get, path = "/api/queue/status/{nomor}", tag = "visitor",
    params(("nomor" = String, Path, description = "A number such as A013")),
    responses((status = 200, body = QueueStatus)))]
pub async fn status(State(hub): State<App>, Path(nomor): Path<String>) -> Answer<QueueStatus> {
    let now = hub.now();
    let memory = hub.memory();
    let ticket = memory.queue.ticket_by_number(&nomor).ok_or(Code::TicketNotFound)?;
    let view = ticket_view(&memory, ticket, now).ok_or(Code::TicketNotFound)?;
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
    responses((status = 200, body = CallSpeech)))]
pub async fn call_speech(State(hub): State<App>, Path(id): Path<i64>) -> Answer<CallSpeech> {
    let memory = hub.memory();
    let (board, style) = (&memory.queue, memory.site.speech);
    let ticket = board.ticket(TicketId(id)).ok_or(Code::TicketNotFound)?;
    let service = board.service(ticket.service).ok_or(Code::TicketNotFound)?;
    let said = |counter: CounterNumber| speech::call(service, ticket.number, counter.0, &style);
    Ok(Json(CallSpeech { speech: ticket.stage.counter.map(said).unwrap_or_default() }))
}

/// A ticket by the code on its paper: today's, or one for a later day.
#[utoipa::path(get, path = "/api/tickets/{code}", tag = "visitor",
    params(("code" = String, Path, description = "As printed; dashes and small letters are fine")),
    responses((status = 200, body = TicketAnswer)))]
pub async fn ticket(State(hub): State<App>, Path(code): Path<String>) -> Answer<TicketAnswer> {
    let (now, code) = (hub.now(), secrets::normal_code(&code));
    let today = {
        let memory = hub.memory();
        if let Some(ticket) = memory.queue.ticket_by_code(&code) {
            let ticket = ticket_view(&memory, ticket, now).ok_or(Code::TicketNotFound)?;
            return Ok(Json(TicketAnswer { ticket }));
        }
        memory.day
    };
    let later = hub.db.read(move |sql| tickets::later_by_code(sql, &code, today)).await?;
    let (ticket, day) = later.ok_or(Code::TicketNotFound)?;
    let view = ticket_view(&hub.memory(), &ticket, now).ok_or(Code::TicketNotFound)?;
    Ok(Json(TicketAnswer { ticket: TicketView { tanggal: Some(day.to_string()), ..view } }))
}

/// Its holder came: the line has them from now on. Coming twice changes nothing.
#[utoipa::path(post, path = "/api/tickets/{code}/checkin", tag = "visitor",
    params(("code" = String, Path, description = "As printed; dashes and small letters are fine")),
    responses((status = 200, body = TicketAnswer)))]
pub async fn check_in(
    State(hub): State<App>,
    intent: Intent,
    Path(code): Path<String>,
) -> Answer<TicketAnswer> {
    let code = secrets::normal_code(&code);
    Ok(Json(later_day::check_in(&hub, intent.caller(&[]), code).await?))
}
