//! `/api/classes` and `/api/queue/{id}/class`: who is called before others.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::queue::{Class, ClassId, TicketId};

use super::manage::{icon, name};
use crate::fields::Fields;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};
use crate::queue::actions::classes::{classify, set_class};
use crate::queue::wire::classes::{Classes, GiveClass, SetClass};
use crate::queue::wire::ticket::TicketAnswer;

/// The site's priority classes.
#[utoipa::path(get, path = "/api/classes", tag = "visitor", responses((status = 200, body = Classes)))]
pub async fn classes(State(hub): State<App>) -> Json<Classes> {
    Json(Classes { kelas: hub.memory().queue.classes().map(Into::into).collect() })
}

/// Add a priority class; its slug is made of its name.
#[utoipa::path(post, path = "/api/classes", tag = "admin", request_body = SetClass, responses((status = 201, body = Classes)))]
pub async fn add_class(
    State(hub): State<App>,
    intent: Intent,
    body: Body<SetClass>,
) -> Result<(StatusCode, Json<Classes>), ApiError> {
    let caller = intent.caller(&body.raw);
    let class = checked(Fields::default(), String::new(), body.value)?;
    set_class(&hub, caller, class).await?;
    Ok((StatusCode::CREATED, classes(State(hub)).await))
}

/// Set a priority class, or add one under that slug: small letters, digits and dashes.
#[utoipa::path(put, path = "/api/classes/{slug}", tag = "admin", params(("slug" = String, Path, description = "Slug")),
    request_body = SetClass, responses((status = 200, body = Classes)))]
pub async fn change_class(
    State(hub): State<App>,
    Path(slug): Path<String>,
    intent: Intent,
    body: Body<SetClass>,
) -> Answer<Classes> {
    let caller = intent.caller(&body.raw);
    let mut fields = Fields::default();
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    fields.check((1..=40).contains(&slug.len()) && slug.bytes().all(letters), "slug", "slug");
    set_class(&hub, caller, checked(fields, slug, body.value)?).await?;
    Ok(classes(State(hub)).await)
}

fn checked(mut fields: Fields, slug: String, input: SetClass) -> Result<Class, ApiError> {
    let nama = name(&mut fields, "nama", &input.nama);
    let nama_en = input.nama_en.filter(|name| !name.trim().is_empty());
    let nama_en = nama_en.map_or_else(|| nama.clone(), |text| name(&mut fields, "nama_en", &text));
    let icon = icon(&mut fields, &input.icon);
    fields.check(input.aturan.is_sound(), "aturan", "class_rule");
    fields.done()?;
    let SetClass { warna, aturan: rule, kiosk, aktif: active, .. } = input;
    Ok(Class { id: ClassId(0), slug, nama, nama_en, icon, warna, rule, kiosk, active })
}

/// Give a number a priority class, or take it away.
#[utoipa::path(put, path = "/api/queue/{id}/class", tag = "staff", request_body = GiveClass,
    params(("id" = i64, Path, description = "Ticket id")), responses((status = 200, body = TicketAnswer)))]
pub async fn give_class(
    State(hub): State<App>,
    intent: Intent,
    Path(id): Path<i64>,
    body: Body<GiveClass>,
) -> Answer<TicketAnswer> {
    let caller = intent.caller(&body.raw);
    Ok(Json(classify(&hub, caller, TicketId(id), body.value.kelas).await?))
}
