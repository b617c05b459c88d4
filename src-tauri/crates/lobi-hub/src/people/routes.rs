//! `/api/patients`: found, seen, made one. Taking a number for one stands with the queue.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::actions::{find, merge};
use super::record::PersonId;
use super::store::records;
use super::wire::{History, Noted, PatientAnswer, PatientView, Patients};
use crate::db::{DbError, audit};
use crate::error::Code;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path, Query};
use crate::http::paging::{Here, Paging};
use crate::http::{Answer, ApiError, App};

/// So much of a record's history is shown.
const HISTORY: usize = 100;

/// Which patients to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PatientsQuery {
    /// Part of a name however it is spelled, initials, a record's number, NIK, card, telephone (whole, begun, or the last four
    /// digits), a date of birth; several together.
    q: Option<String>,
    /// From 1.
    #[param(minimum = 1)]
    page: Option<usize>,
    /// 1–1000, 200 unless told.
    #[param(minimum = 1, maximum = 1000)]
    per_page: Option<usize>,
}

/// Find patients.
#[utoipa::path(get, path = "/api/patients", tag = "patients", params(PatientsQuery),
    responses((status = 200, body = Patients)))]
pub async fn patients(
    State(hub): State<App>,
    here: Here,
    Query(query): Query<PatientsQuery>,
) -> Answer<Patients> {
    let paging = Paging::of(query.page, query.per_page)?;
    let zone = hub.site().zone;
    let sought = query.q.filter(|text| !text.trim().is_empty());
    let (records, total) = match sought {
        None => {
            let newest = move |sql: &_| records::newest(sql, paging.skipped(), paging.per_page);
            hub.db.read(newest).await?
        }
        Some(text) => {
            let found = find(&hub, &text).await?;
            (paging.page_of(&found).cloned().collect(), found.len())
        }
    };
    Ok(Json(Patients {
        patients: records.into_iter().map(|record| PatientView::new(record, zone)).collect(),
        page: paging.page,
        per_page: paging.per_page,
        total,
        next: here.next(paging, total),
    }))
}

/// A patient's record.
#[utoipa::path(get, path = "/api/patients/{id}", tag = "patients", params(("id" = i64, Path, description = "Patient id")),
    responses((status = 200, body = PatientAnswer)))]
pub async fn patient(State(hub): State<App>, Path(id): Path<i64>) -> Answer<PatientAnswer> {
    answer(&hub, PersonId(id)).await
}

/// What was done to a patient's record: what it said before, what since, and who had it so.
#[utoipa::path(get, path = "/api/patients/{id}/history", tag = "patients", params(("id" = i64, Path, description = "Patient id")),
    responses((status = 200, body = History)))]
pub async fn history(State(hub): State<App>, Path(id): Path<i64>) -> Answer<History> {
    let (zone, called) = (hub.site().zone, hub.hooks.called);
    let rows = hub.db.read(move |sql| {
        if records::by_id(sql, PersonId(id))?.is_none() {
            return Ok(None);
        }
        let rows = audit::of(sql, &format!("patient:{id}"), HISTORY)?;
        let named = rows.into_iter().map(|row| Ok((called(sql, &row.actor)?, row)));
        named.collect::<Result<Vec<_>, DbError>>().map(Some)
    });
    let rows = rows.await?.ok_or(Code::PatientNotFound)?;
    let riwayat = rows.into_iter().map(|(oleh, row)| Noted {
        at: row.at.rfc3339(zone),
        oleh,
        apa: row.deed.split_once('.').map_or(row.deed.as_str(), |(_, deed)| deed).to_owned(),
        sebelum: fields(row.before.as_deref()),
        sesudah: fields(row.after.as_deref()),
    });
    Ok(Json(History { riwayat: riwayat.collect() }))
}

/// What was noted, by field; what a record was given stands among its fields.
fn fields(json: Option<&str>) -> BTreeMap<String, String> {
    let Some(Ok(Value::Object(noted))) = json.map(serde_json::from_str) else { return BTreeMap::new() };
    let mut fields = BTreeMap::new();
    for (name, value) in noted {
        match value {
            Value::Object(inner) => {
                fields.extend(
                    inner.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned()))),
                );
            }
            Value::String(text) => drop(fields.insert(name, text)),
            _ => {}
        }
    }
    fields
}

/// The record that is this one's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergePatient {
    /// The id of the record that is to become part of this one.
    dari: i64,
}

/// Make another record of the same person part of this one: visits are shown together, what this one lacks it is given.
#[utoipa::path(post, path = "/api/patients/{id}/merge", tag = "patients",
    params(("id" = i64, Path, description = "The patient who stays")), request_body = MergePatient,
    responses((status = 200, body = PatientAnswer)))]
pub async fn merge_patient(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
    body: Body<MergePatient>,
) -> Answer<PatientAnswer> {
    let caller = intent.caller(&body.raw);
    let into = merge::merge(&hub, caller, PersonId(body.value.dari), PersonId(id)).await?;
    answer(&hub, into).await
}

/// Make a record its own again that had become part of another one by mistake; what it gave goes back to it.
#[utoipa::path(post, path = "/api/patients/{id}/unmerge", tag = "patients",
    params(("id" = i64, Path, description = "The patient who had become part of another")),
    responses((status = 200, body = PatientAnswer)))]
pub async fn unmerge_patient(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
) -> Answer<PatientAnswer> {
    let from = merge::unmerge(&hub, intent.caller(&[]), PersonId(id)).await?;
    answer(&hub, from).await
}

/// A record as it is now.
///
/// # Errors
/// There is none of that id.
pub async fn answer(hub: &App, id: PersonId) -> Answer<PatientAnswer> {
    let record = hub.db.read(move |sql| records::by_id(sql, id)).await?.ok_or(Code::PatientNotFound)?;
    Ok::<_, ApiError>(Json(PatientAnswer { patient: PatientView::new(record, hub.site().zone) }))
}
