//! `/api/webhooks`: other programs that are told what happens.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::people::Name;
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions::manage::{self, Wish};
use super::actions::tell;
use super::record::Webhook;
use super::store;
use super::wire::{
    Deliveries, DeliveryView, NewWebhook, Resent, SetWebhook, WebhookTested, WebhookView, Webhooks,
};
use crate::act::Caller;
use crate::error::Code;
use crate::fields::{Fields, one_line};
use crate::http::auth::{By, Intent};
use crate::http::body::{Body, Path, Query};
use crate::http::paging::{Here, Paging};
use crate::http::{Answer, ApiError, App};

/// The other programs that are told.
#[utoipa::path(get, path = "/api/webhooks", tag = "admin", responses((status = 200, body = Webhooks)))]
pub async fn webhooks(State(hub): State<App>) -> Answer<Webhooks> {
    let (found, waiting) = hub.db.read(|sql| Ok((store::all(sql)?, store::waiting(sql)?))).await?;
    let (zone, waiting) = (hub.site().zone, waiting.into_iter().collect::<HashMap<_, _>>());
    let view = |hook: Webhook| {
        let waits = waiting.get(&hook.id).copied().unwrap_or_default();
        WebhookView::of(hook, waits, zone)
    };
    let webhooks = found.into_iter().map(view).collect();
    Ok(Json(Webhooks { webhooks, events: hub.hooks.outward.to_vec() }))
}

/// Have another program told what happens. The secret that signs it is shown once.
#[utoipa::path(post, path = "/api/webhooks", tag = "admin", request_body = SetWebhook,
    responses((status = 201, body = NewWebhook)))]
pub async fn add_webhook(
    State(hub): State<App>,
    By(actor): By,
    Body { value: input, .. }: Body<SetWebhook>,
) -> Result<(StatusCode, Json<NewWebhook>), ApiError> {
    let caller = Caller { actor, now: hub.now(), once: None };
    let (id, secret) = manage::set(&hub, caller, None, checked(input)?).await?;
    Ok((StatusCode::CREATED, Json(NewWebhook { id, secret: secret.unwrap_or_default() })))
}

/// Change where another program is told, or what.
#[utoipa::path(put, path = "/api/webhooks/{id}", tag = "admin", params(("id" = i64, Path, description = "Webhook id")),
    request_body = SetWebhook, responses((status = 200, body = Webhooks)))]
pub async fn change_webhook(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
    body: Body<SetWebhook>,
) -> Answer<Webhooks> {
    let caller = intent.caller(&body.raw);
    manage::set(&hub, caller, Some(id), checked(body.value)?).await?;
    webhooks(State(hub)).await
}

/// Tell another program nothing any more.
#[utoipa::path(delete, path = "/api/webhooks/{id}", tag = "admin", params(("id" = i64, Path, description = "Webhook id")),
    responses((status = 204, description = "Removed")))]
pub async fn remove_webhook(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
) -> Result<StatusCode, ApiError> {
    manage::remove(&hub, intent.caller(&[]), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give another program a new secret; the old one signs nothing any more.
#[utoipa::path(post, path = "/api/webhooks/{id}/secret", tag = "admin",
    params(("id" = i64, Path, description = "Webhook id")), responses((status = 200, body = NewWebhook)))]
pub async fn renew_webhook_secret(
    State(hub): State<App>,
    By(actor): By,
    Path(id): Path<i64>,
) -> Answer<NewWebhook> {
    let caller = Caller { actor, now: hub.now(), once: None };
    let secret = manage::renew_secret(&hub, caller, id).await?;
    Ok(Json(NewWebhook { id, secret }))
}

/// Tell another program that this is a test, and wait for what it says.
#[utoipa::path(post, path = "/api/webhooks/{id}/test", tag = "admin",
    params(("id" = i64, Path, description = "Webhook id")), responses((status = 200, body = WebhookTested)))]
pub async fn test_webhook(
    State(hub): State<App>,
    By(actor): By,
    Path(id): Path<i64>,
) -> Answer<WebhookTested> {
    let caller = Caller { actor, now: hub.now(), once: None };
    let (delivery, jawaban) = tell::test(&hub, caller, id).await?;
    Ok(Json(WebhookTested { delivery: DeliveryView::of(delivery, hub.site().zone), jawaban }))
}

/// Tell at once what waits, and again what was given up.
#[utoipa::path(post, path = "/api/webhooks/{id}/resend", tag = "admin",
    params(("id" = i64, Path, description = "Webhook id")), responses((status = 200, body = Resent)))]
pub async fn resend_webhook(State(hub): State<App>, Path(id): Path<i64>, intent: Intent) -> Answer<Resent> {
    Ok(Json(Resent { jumlah: manage::resend(&hub, intent.caller(&[]), id).await? }))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesQuery {
    /// From 1.
    #[param(minimum = 1)]
    page: Option<usize>,
    /// 1–1000, 200 unless told.
    #[param(minimum = 1, maximum = 1000)]
    per_page: Option<usize>,
}

/// What another program was told in the last fourteen days, and what came of it.
#[utoipa::path(get, path = "/api/webhooks/{id}/deliveries", tag = "admin",
    params(("id" = i64, Path, description = "Webhook id"), DeliveriesQuery), responses((status = 200, body = Deliveries)))]
pub async fn webhook_deliveries(
    State(hub): State<App>,
    here: Here,
    Path(id): Path<i64>,
    Query(query): Query<DeliveriesQuery>,
) -> Answer<Deliveries> {
    let paging = Paging::of(query.page, query.per_page)?;
    let found = hub.db.read(move |sql| {
        if store::by_id(sql, id)?.is_none() {
            return Ok(None);
        }
        store::deliveries(sql, id, paging.skipped(), paging.per_page).map(Some)
    });
    let (found, total) = found.await?.ok_or(Code::WebhookNotFound)?;
    let zone = hub.site().zone;
    Ok(Json(Deliveries {
        deliveries: found.into_iter().map(|delivery| DeliveryView::of(delivery, zone)).collect(),
        page: paging.page,
        per_page: paging.per_page,
        total,
        next: here.next(paging, total),
    }))
}

fn checked(input: SetWebhook) -> Result<Wish, ApiError> {
    let SetWebhook { nama, url, jaringan_lokal: lan, events, header, aktif } = input;
    let mut fields = Fields::default();
    fields.check(Name::parse(&nama).is_ok(), "nama", "nama");
    fields.check(!url.trim().is_empty(), "url", "webhook_url");
    fields.done()?;
    let header = header.map(|header| (header.nama, header.nilai));
    Ok(Wish { name: one_line(&nama), url, lan, events, header, active: aktif.unwrap_or(true) })
}
