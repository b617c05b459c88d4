//! `/api/patients` where it meets the queue (seed 1): take a number, correct or end, call again, see visits and who has a number.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use lobi_core::access::{Permission, Reach};
use lobi_core::queue::{Action, PaperState, TicketId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::visitor::counted;
use crate::error::{Code, Refusal};
use crate::fields::Fields;
use crate::http::auth::{Intent, who_asks};
use crate::http::body::{Body, Path, Query};
use crate::http::limits::Asker;
use crate::http::{Answer, ApiError, App};
use crate::limits::Class;
use crate::people::actions::change::{Correction, correct};
use crate::people::actions::{all_records, look_up};
use crate::people::record::Details;
use crate::people::visitor::Typed;
use crate::people::wire::{PatientAnswer, PatientView};
use crate::people::{PersonId, routes};
use crate::queue::actions::issue_ticket::{IssueTicket, issue_ticket};
use crate::queue::actions::patients::{has_number, on_active};
use crate::queue::store::registrations;
use crate::queue::store::services;
use crate::queue::wire::patients::{
    ActiveAnswer, ChangePatient, NewPatient, PatientTicket, ToldPatient, VisitView, Visits, WhoIsIt,
};
use crate::queue::wire::ticket::TicketAnswer;

/// So many visits are shown.
const VISITS: usize = 100;

/// Take a number for a patient. Staff hear whose record it became; everybody else hears what they told.
#[utoipa::path(post, path = "/api/patients", tag = "patients", request_body = NewPatient,
    responses((status = 201, body = PatientTicket)))]
pub async fn new_patient(
    State(hub): State<App>,
    intent: Intent,
    asker: Asker,
    body: Body<NewPatient>,
) -> Result<(StatusCode, Json<PatientTicket>), ApiError> {
    let caller = intent.caller(&body.raw);
    let staff = caller.actor.may(Permission::ViewPatients, Reach::Site);
    let input = body.value;
    let mut fields = Fields::default();
    let visitor = input.typed().check(&mut fields, hub.now().date(hub.site().zone));
    fields.check(visitor.nama.is_some(), "nama", "nama");
    fields.done()?;
    counted(&hub, asker, &visitor)?;
    let told =
        ToldPatient { nama: visitor.nama.as_ref().map(|name| name.as_ref().to_owned()).unwrap_or_default() };
    let issue = IssueTicket {
        poli: input.poli,
        visitor,
        cara_daftar: input.cara_daftar.unwrap_or_default(),
        paper: if input.cetak == Some(true) { PaperState::Queued } else { PaperState::None },
        ..IssueTicket::default()
    };
    let TicketAnswer { ticket } = issue_ticket(&hub, caller, issue).await?;
    let known = if staff { whose(&hub, TicketId(ticket.public.id)).await? } else { None };
    let patient = known.map_or(WhoIsIt::Told(told), |known| WhoIsIt::Known(Box::new(known)));
    Ok((StatusCode::CREATED, Json(PatientTicket { patient, ticket })))
}

/// Whose record a ticket belongs to, if anybody was recognised.
async fn whose(hub: &App, id: TicketId) -> Result<Option<PatientView>, ApiError> {
    let said = hub.db.read(move |sql| registrations::registrations(sql, &[id])).await?;
    let Some(person) = said.first().and_then(|one| one.person) else { return Ok(None) };
    Ok(look_up(hub, person).await?.map(|record| PatientView::new(record, hub.site().zone)))
}

/// Correct what is known about a patient, or end their visit with `{"status":"selesai"}`. What was known before stays in the history.
#[utoipa::path(put, path = "/api/patients/{id}", tag = "patients", params(("id" = i64, Path, description = "Patient id")),
    request_body = ChangePatient, responses((status = 200, body = PatientAnswer)))]
pub async fn change_patient(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
    body: Body<ChangePatient>,
) -> Answer<PatientAnswer> {
    let caller = intent.caller(&body.raw);
    let id = PersonId(id);
    if body.value.status.is_some() {
        let alone = ChangePatient { status: None, ..body.value }.told().is_empty();
        if !alone {
            return Err(Refusal::invalid([("status", "alone")]).into());
        }
        on_active(&hub, caller, id, Action::Finish).await?;
        return routes::answer(&hub, id).await;
    }
    let (told, checked) = (body.value.told(), body.value.diperiksa);
    let mut fields = Fields::default();
    let visitor = body.value.typed().check(&mut fields, hub.now().date(hub.site().zone));
    fields.done()?;
    let correction = Correction { details: Details::from(&visitor), told, checked };
    let id = correct(&hub, caller, id, correction).await?;
    routes::answer(&hub, id).await
}

impl ChangePatient {
    /// The fields that were told.
    fn told(&self) -> Vec<&'static str> {
        let given = [
            ("nama", self.nama.is_some()),
            ("nik", self.nik.is_some()),
            ("no_bpjs", self.no_bpjs.is_some()),
            ("tgl_lahir", self.tgl_lahir.is_some()),
            ("jenis_kelamin", self.jenis_kelamin.is_some()),
            ("no_hp", self.no_hp.is_some()),
            ("alamat", self.alamat.is_some()),
            ("email", self.email.is_some()),
        ];
        given.into_iter().filter_map(|(field, given)| given.then_some(field)).collect()
    }

    fn typed(self) -> Typed {
        let ChangePatient { nama, nik, no_bpjs, tgl_lahir, jenis_kelamin, no_hp, alamat, email, .. } = self;
        Typed { nama, nik, no_bpjs, tgl_lahir, jenis_kelamin, no_hp, alamat, email }
    }
}

/// Call a patient's active number again (seed 1).
#[utoipa::path(post, path = "/api/patients/{id}/recall", tag = "patients", params(("id" = i64, Path, description = "Patient id")),
    responses((status = 200, body = TicketAnswer)))]
pub async fn recall_patient(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
) -> Answer<TicketAnswer> {
    Ok(Json(on_active(&hub, intent.caller(&[]), PersonId(id), Action::Recall).await?))
}

/// A patient's visits, also those noted in records that became part of this one.
#[utoipa::path(get, path = "/api/patients/{id}/visits", tag = "patients", params(("id" = i64, Path, description = "Patient id")),
    responses((status = 200, body = Visits)))]
pub async fn visits(State(hub): State<App>, Path(id): Path<i64>) -> Answer<Visits> {
    let records = all_records(&hub, vec![PersonId(id)]).await?;
    if records.is_empty() {
        return Err(Code::PatientNotFound.into());
    }
    let read = move |sql: &_| Ok((registrations::visits(sql, &records, VISITS)?, services::services(sql)?));
    let (found, services) = hub.db.read(read).await?;
    let zone = hub.site().zone;
    let view = |visit: registrations::Visit| {
        let service = services.iter().find(|service| service.id == visit.service)?;
        Some(VisitView {
            tanggal: visit.day.to_string(),
            nomor_antrean: service.number(visit.number),
            poli: service.into(),
            nama: visit.nama,
            status: visit.status,
            created_at: visit.created_at.rfc3339(zone),
            finished_at: visit.finished_at.map(|at| at.rfc3339(zone)),
        })
    };
    let visits = found.into_iter().filter_map(view).collect();
    Ok(Json(Visits { visits }))
}

/// What proves to be that person; needed of everybody who is not of the staff.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Proof {
    /// NIK.
    nik: Option<String>,
    /// BPJS number.
    no_bpjs: Option<String>,
    /// Telephone.
    no_hp: Option<String>,
}

/// Whether somebody has an active number (seed 1). Who is not of the staff adds a NIK, card or telephone that was told for it.
#[utoipa::path(get, path = "/api/patients/check/{name}", tag = "patients",
    params(("name" = String, Path, description = "A name, however it is spelled"), Proof),
    responses((status = 200, body = ActiveAnswer)))]
pub async fn check(
    State(hub): State<App>,
    Path(name): Path<String>,
    Query(proof): Query<Proof>,
    asker: Asker,
    headers: HeaderMap,
) -> Answer<ActiveAnswer> {
    let asks = who_asks(&hub, &headers).await;
    let staff = asks.may(Permission::ViewPatients, Reach::Site);
    let mut fields = Fields::default();
    let typed = Typed { nik: proof.nik, no_bpjs: proof.no_bpjs, no_hp: proof.no_hp, ..Typed::default() };
    let proof = typed.check(&mut fields, hub.now().date(hub.site().zone));
    fields.done()?;
    if !staff {
        asker.may(&hub, Class::Identity)?;
    }
    Ok(Json(has_number(&hub, &name, &proof, staff).await?))
}
