//! `/api/admin/services` and `/api/admin/counters`: what can be waited for, and where.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::queue::service::is_kode;
use lobi_core::queue::shares::HEAVIEST;
use lobi_core::queue::{CounterNumber, Service};
use lobi_core::site::Hours;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::fields::{Fields, one_line};
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};
use crate::queue::actions::manage::{
    NewService, ServiceChange, add_counter, add_service, change_counter, change_service, retire_counter,
};
use crate::queue::actions::set_up::Bobot;
use crate::queue::store::counters::{self, Counter};
use crate::queue::views::current_at;
use crate::queue::wire::ticket::LiveTicket;
use crate::wire::Poli;

/// The highest number above a counter.
const MOST_COUNTERS: u32 = 999;

/// A service as an admin sees it.
#[derive(Serialize, ToSchema)]
pub struct ManagedService {
    slug: String,
    /// The letter that its numbers begin with.
    #[schema(example = "A")]
    kode: String,
    nama: String,
    nama_en: String,
    /// A lucide icon name.
    icon: String,
    /// Whether numbers are given out now.
    open: bool,
    /// Whether its visitors come before others.
    priority: bool,
    /// Whether it is given up.
    retired: bool,
    /// How many wait for it now: it cannot be given up while somebody does.
    waiting_count: usize,
    /// When it gives numbers, and how many a day.
    hours: Hours,
}

/// Every service.
#[derive(Serialize, ToSchema)]
pub struct ManagedServices {
    /// In the order in which they were made; those given up last.
    services: Vec<ManagedService>,
}

/// Every service, also closed ones and those that were given up.
#[utoipa::path(get, path = "/api/admin/services", tag = "admin", responses((status = 200, body = ManagedServices)))]
pub async fn managed_services(State(hub): State<App>) -> Json<ManagedServices> {
    Json(services_now(&hub))
}

fn services_now(hub: &App) -> ManagedServices {
    let memory = hub.memory();
    let view = |service: &Service| ManagedService {
        slug: service.slug.clone(),
        kode: service.kode.clone(),
        nama: service.nama.clone(),
        nama_en: service.nama_en.clone(),
        icon: service.icon.clone(),
        open: service.open,
        priority: service.priority,
        retired: service.retired,
        waiting_count: memory.queue.waiting_count(service.id),
        hours: service.hours.clone(),
    };
    let mut services: Vec<ManagedService> = memory.queue.services().map(view).collect();
    services.sort_by_key(|service| service.retired);
    ManagedServices { services }
}

/// A new service.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddService {
    /// One or two capitals that no other service has.
    #[schema(example = "A")]
    kode: String,
    #[schema(example = "Poli Umum")]
    nama: String,
    /// Left out: as in Indonesian.
    nama_en: Option<String>,
    /// A lucide icon name.
    icon: Option<String>,
    /// Left out: numbers are given at once.
    open: Option<bool>,
    #[serde(default)]
    priority: bool,
}

/// Add a service: kiosks offer it at once, unless it is closed.
#[utoipa::path(post, path = "/api/admin/services", tag = "admin", request_body = AddService,
    responses((status = 201, body = ManagedServices)))]
pub async fn add_a_service(
    State(hub): State<App>,
    intent: Intent,
    body: Body<AddService>,
) -> Result<(StatusCode, Json<ManagedServices>), ApiError> {
    let caller = intent.caller(&body.raw);
    let input = body.value;
    let mut fields = Fields::default();
    let kode = kode(&mut fields, &input.kode);
    let nama = name(&mut fields, "nama", &input.nama);
    let nama_en = input.nama_en.filter(|name| !name.trim().is_empty());
    let nama_en = nama_en.map_or_else(|| nama.clone(), |text| name(&mut fields, "nama_en", &text));
    let icon = icon(&mut fields, input.icon.as_deref().unwrap_or("clipboard-list"));
    fields.done()?;
    let (open, priority) = (input.open.unwrap_or(true), input.priority);
    add_service(&hub, caller, NewService { kode, names: (nama, nama_en), icon, open, priority }).await?;
    Ok((StatusCode::CREATED, Json(services_now(&hub))))
}

/// What is to change about a service; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeService {
    /// One or two capitals; stays for today once a number was given.
    kode: Option<String>,
    nama: Option<String>,
    nama_en: Option<String>,
    icon: Option<String>,
    open: Option<bool>,
    priority: Option<bool>,
    /// `false` takes a service up again that was given up; it is closed at first.
    retired: Option<bool>,
}

/// Change a service: kiosks, TVs and counters show it at once.
#[utoipa::path(put, path = "/api/admin/services/{slug}", tag = "admin", params(("slug" = String, Path, description = "Slug")),
    request_body = ChangeService, responses((status = 200, body = ManagedServices)))]
pub async fn change_a_service(
    State(hub): State<App>,
    Path(slug): Path<String>,
    intent: Intent,
    body: Body<ChangeService>,
) -> Answer<ManagedServices> {
    let caller = intent.caller(&body.raw);
    let input = body.value;
    let mut fields = Fields::default();
    let change = ServiceChange {
        kode: input.kode.map(|text| kode(&mut fields, &text)),
        nama: input.nama.map(|text| name(&mut fields, "nama", &text)),
        nama_en: input.nama_en.map(|text| name(&mut fields, "nama_en", &text)),
        icon: input.icon.map(|text| icon(&mut fields, &text)),
        open: input.open,
        priority: input.priority,
        retired: input.retired,
    };
    fields.done()?;
    change_service(&hub, caller, slug, change).await?;
    Ok(Json(services_now(&hub)))
}

/// Give a service up. Its numbers of earlier days stay; while somebody waits for it, it stays too.
#[utoipa::path(delete, path = "/api/admin/services/{slug}", tag = "admin", params(("slug" = String, Path, description = "Slug")),
    responses((status = 200, body = ManagedServices)))]
pub async fn retire_a_service(
    State(hub): State<App>,
    Path(slug): Path<String>,
    intent: Intent,
) -> Answer<ManagedServices> {
    let change = ServiceChange { retired: Some(true), ..ServiceChange::default() };
    change_service(&hub, intent.caller(&[]), slug, change).await?;
    Ok(Json(services_now(&hub)))
}

fn kode(fields: &mut Fields, typed: &str) -> String {
    let kode = typed.trim().to_ascii_uppercase();
    fields.check(is_kode(&kode), "kode", "kode");
    kode
}

/// A name that people read, in one line.
pub(super) fn name(fields: &mut Fields, field: &str, typed: &str) -> String {
    let name = one_line(typed);
    fields.check((1..=60).contains(&name.chars().count()), field, "name_64");
    name
}

/// The name of a lucide icon.
pub(super) fn icon(fields: &mut Fields, typed: &str) -> String {
    let icon = typed.trim().to_owned();
    let plain = icon.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    fields.check((1..=40).contains(&icon.len()) && plain, "icon", "icon");
    icon
}

/// A counter as an admin sees it.
#[derive(Serialize, ToSchema)]
pub struct ManagedCounter {
    number: u32,
    nama: String,
    /// What it serves.
    services: Vec<Poli>,
    /// How its calls are shared among them, by slug: 1–9; all alike: first come, first served.
    bobot: Bobot,
    /// Who is there now: it cannot be given up while somebody is.
    #[schema(required)]
    current: Option<LiveTicket>,
}

/// Every counter.
#[derive(Serialize, ToSchema)]
pub struct ManagedCounters {
    /// By number.
    counters: Vec<ManagedCounter>,
}

/// Every counter.
#[utoipa::path(get, path = "/api/admin/counters", tag = "admin", responses((status = 200, body = ManagedCounters)))]
pub async fn managed_counters(State(hub): State<App>) -> Answer<ManagedCounters> {
    let found = hub.db.read(counters::counters).await?;
    let memory = hub.memory();
    let view = |counter: Counter| ManagedCounter {
        number: counter.number.0,
        bobot: counter
            .services
            .iter()
            .filter_map(|id| Some((memory.queue.service(*id)?.slug.clone(), counter.weights.of(*id))))
            .collect(),
        services: counter
            .services
            .iter()
            .filter_map(|id| memory.queue.service(*id))
            .map(Poli::from)
            .collect(),
        current: current_at(&memory, counter.number.0),
        nama: counter.nama,
    };
    Ok(Json(ManagedCounters { counters: found.into_iter().map(view).collect() }))
}

/// A new counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddCounter {
    /// The number painted above it.
    #[schema(minimum = 1, maximum = 999)]
    number: u32,
    #[schema(example = "Loket 1")]
    nama: String,
    /// What it serves, by slug.
    services: Vec<String>,
    /// How its calls are shared among them, by slug: 1–9, 1 where left out.
    #[serde(default)]
    #[schema(example = json!({"umum": 3, "lansia": 1}))]
    bobot: Bobot,
}

/// Add a counter.
#[utoipa::path(post, path = "/api/admin/counters", tag = "admin", request_body = AddCounter,
    responses((status = 201, body = ManagedCounters)))]
pub async fn add_a_counter(
    State(hub): State<App>,
    intent: Intent,
    body: Body<AddCounter>,
) -> Result<(StatusCode, Json<ManagedCounters>), ApiError> {
    let caller = intent.caller(&body.raw);
    let AddCounter { number, nama, services, bobot } = body.value;
    let mut fields = Fields::default();
    fields.check((1..=MOST_COUNTERS).contains(&number), "number", "counter_number");
    let nama = name(&mut fields, "nama", &nama);
    weigh(&mut fields, &bobot);
    fields.done()?;
    add_counter(&hub, caller, CounterNumber(number), nama, services, bobot).await?;
    Ok((StatusCode::CREATED, managed_counters(State(hub)).await?))
}

/// What is to change about a counter; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCounter {
    nama: Option<String>,
    /// What it serves, by slug.
    services: Option<Vec<String>>,
    /// How its calls are shared among them, by slug: 1–9, 1 where left out.
    bobot: Option<Bobot>,
}

/// Change a counter.
#[utoipa::path(put, path = "/api/admin/counters/{n}", tag = "admin", params(("n" = u32, Path, description = "Its number")),
    request_body = ChangeCounter, responses((status = 200, body = ManagedCounters)))]
pub async fn change_a_counter(
    State(hub): State<App>,
    Path(n): Path<u32>,
    intent: Intent,
    body: Body<ChangeCounter>,
) -> Answer<ManagedCounters> {
    let caller = intent.caller(&body.raw);
    let ChangeCounter { nama, services, bobot } = body.value;
    let mut fields = Fields::default();
    let nama = nama.map(|text| name(&mut fields, "nama", &text));
    weigh(&mut fields, bobot.as_ref().unwrap_or(&Bobot::new()));
    fields.done()?;
    change_counter(&hub, caller, CounterNumber(n), nama, services, bobot).await?;
    managed_counters(State(hub)).await
}

fn weigh(fields: &mut Fields, bobot: &Bobot) {
    fields.check(bobot.values().all(|weight| (1..=HEAVIEST).contains(weight)), "bobot", "weight");
}

/// Give a counter up; while somebody is at it, it stays.
#[utoipa::path(delete, path = "/api/admin/counters/{n}", tag = "admin", params(("n" = u32, Path, description = "Its number")),
    responses((status = 200, body = ManagedCounters)))]
pub async fn retire_a_counter(
    State(hub): State<App>,
    Path(n): Path<u32>,
    intent: Intent,
) -> Answer<ManagedCounters> {
    retire_counter(&hub, intent.caller(&[]), CounterNumber(n)).await.map_err(ApiError::from)?;
    managed_counters(State(hub)).await
}
