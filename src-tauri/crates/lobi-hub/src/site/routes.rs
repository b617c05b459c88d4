//! `GET /api/site`, and the clock when it has to be confirmed.

pub mod holidays;

use axum::Json;
use axum::extract::State;
use lobi_core::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

use super::day;
use crate::http::auth::Intent;
use crate::http::{Answer, App};

/// What every screen needs to know about the site.
#[derive(Serialize, ToSchema)]
pub struct SiteView {
    /// The site's id: stays when its address or name changes.
    id: String,
    /// The facility's name.
    #[schema(example = "Puskesmas Antang")]
    name: String,
    /// Its town.
    city: String,
    /// Its time zone.
    zone: Zone,
    /// The zone's offset.
    #[schema(example = "+08:00")]
    utc_offset: String,
    /// The line at the foot of the TV.
    #[schema(required)]
    info: Option<Info>,
    /// Whether this is a demonstration.
    demo: bool,
    /// Nobody has set the site up yet: every page leads to where that is done.
    needs_setup: bool,
    /// Where phones and other machines reach the hub, without a slash at the end: what QR codes begin with.
    #[schema(example = "http://192.168.1.5:4040")]
    address: String,
    /// Whether the site has a network printer that browsers can print on.
    printer: bool,
    /// Whether a kiosk takes the number of a card or a telephone before it gives a number.
    kiosk_kenal: bool,
    /// The hub's version.
    version: &'static str,
    /// The day that numbers belong to.
    #[schema(example = "2026-11-20")]
    service_day: String,
    /// The hub's clock.
    now: String,
    /// The last event so far.
    seq: i64,
}

/// The line at the foot of the TV in both languages.
#[derive(Serialize, ToSchema)]
pub struct Info {
    /// Indonesian.
    id: String,
    /// English.
    en: String,
}

/// The site's name, zone and clock.
#[utoipa::path(get, path = "/api/site", tag = "site", responses((status = 200, body = SiteView)))]
pub async fn site(State(hub): State<App>) -> Json<SiteView> {
    let (site, address) = (hub.site(), hub.address());
    let (day, seq, needs_setup) = {
        let memory = hub.memory();
        // Whoever sets a site up gives it services, and a service never goes altogether.
        (memory.day, memory.seq, memory.queue.services().next().is_none())
    };
    let info =
        (!site.info_id.is_empty()).then(|| Info { id: site.info_id.clone(), en: site.info_en.clone() });
    Json(SiteView {
        id: site.id.clone(),
        name: site.name.clone(),
        city: site.city.clone(),
        zone: site.zone,
        utc_offset: site.zone.utc_offset(),
        info,
        demo: site.demo,
        needs_setup,
        address,
        printer: site.printer.is_some(),
        kiosk_kenal: site.kiosk_identity,
        version: env!("CARGO_PKG_VERSION"),
        service_day: day.to_string(),
        now: hub.now().rfc3339(site.zone),
        seq,
    })
}

/// The clock as an admin sees it.
#[derive(Serialize, ToSchema)]
pub struct ClockView {
    /// What the hub's clock shows.
    now: String,
    /// The day that numbers belong to.
    #[schema(example = "2026-11-20")]
    service_day: String,
    /// The day that the clock asks for and that waits to be confirmed; nothing when the two agree.
    #[schema(required, example = "2036-11-20")]
    doubted: Option<String>,
}

/// What the hub's clock shows, and whether it is believed.
#[utoipa::path(get, path = "/api/clock", tag = "staff", responses((status = 200, body = ClockView)))]
pub async fn clock(State(hub): State<App>) -> Answer<ClockView> {
    let now = hub.now();
    let doubted = hub.look_at_clock(now).await?;
    let (service_day, zone) = {
        let memory = hub.memory();
        (memory.day.to_string(), memory.site.zone)
    };
    Ok(Json(ClockView { now: now.rfc3339(zone), service_day, doubted: doubted.map(|day| day.to_string()) }))
}

/// Say that the hub's clock is right: the day that it asks for begins.
#[utoipa::path(post, path = "/api/clock/confirm", tag = "staff", responses((status = 200, body = ClockView)))]
pub async fn confirm_clock(State(hub): State<App>, intent: Intent) -> Answer<ClockView> {
    day::confirm_clock(&hub, intent.caller(&[])).await?;
    clock(State(hub)).await
}
