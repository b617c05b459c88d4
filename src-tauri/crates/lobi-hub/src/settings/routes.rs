//! `/api/settings`: what an admin sees and changes about the site.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use lobi_core::site::{DayStart, Late, Online, Site, SitePrinter, SpeechStyle};
use lobi_core::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

use super::wish::ChangeSettings;
use crate::devices::site_printer;
use crate::error::{Code, Refusal};
use crate::http::auth::Intent;
use crate::http::body::Body;
use crate::http::{ApiError, App};
use crate::site::actions::change_site;

/// The site's settings.
#[derive(Serialize, ToSchema)]
pub struct Settings {
    nama: String,
    kota: String,
    zona: Zone,
    /// When a service day begins.
    #[schema(example = "03:00")]
    hari_mulai: DayStart,
    info_id: String,
    info_en: String,
    speech: SpeechStyle,
    public_address: String,
    /// A PNG as base64.
    #[schema(required)]
    logo: Option<String>,
    #[schema(required)]
    printer: Option<SitePrinter>,
    /// What happens about people who do not come when they are called.
    terlambat: Late,
    /// How numbers are taken from afar, and for later days.
    daftar: Online,
    /// After how many seconds a counter that is free calls the next by itself; 0: staff call.
    panggil_otomatis: u16,
    /// Whether a kiosk takes the number of a card or a telephone before it gives a number.
    kiosk_kenal: bool,
}

impl From<&Site> for Settings {
    fn from(site: &Site) -> Self {
        Settings {
            nama: site.name.clone(),
            kota: site.city.clone(),
            zona: site.zone,
            hari_mulai: site.day_starts_at,
            info_id: site.info_id.clone(),
            info_en: site.info_en.clone(),
            speech: site.speech,
            public_address: site.public_address.clone(),
            logo: site.logo.clone(),
            printer: site.printer.clone(),
            terlambat: site.late,
            daftar: site.online,
            panggil_otomatis: site.auto_call,
            kiosk_kenal: site.kiosk_identity,
        }
    }
}

/// The settings with their version as `ETag`.
type Versioned = ([(HeaderName, HeaderValue); 1], Json<Settings>);

fn versioned(site: &Site) -> Versioned {
    let tag = HeaderValue::from_str(&format!("\"{}\"", site.version));
    // Digits between quotes are always a header value.
    ([(header::ETAG, tag.unwrap_or(HeaderValue::from_static("\"\"")))], Json(Settings::from(site)))
}

/// The site's settings.
#[utoipa::path(get, path = "/api/settings", tag = "staff",
    responses((status = 200, body = Settings, headers(("ETag" = String, description = "Their version, for `If-Match`")))))]
pub async fn settings(State(hub): State<App>) -> Versioned {
    versioned(&hub.site())
}

/// Change the site's settings; every screen hears of it. What is left out stays as it is, also when somebody else has just
/// changed it.
#[utoipa::path(post, path = "/api/settings", tag = "staff", request_body = ChangeSettings,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of the settings that the change was made from: when they changed since, nothing is changed and the answer is 412")),
    responses((status = 200, body = Settings, headers(("ETag" = String, description = "Their version, for `If-Match`")))))]
pub async fn change_settings(
    State(hub): State<App>,
    intent: Intent,
    headers: HeaderMap,
    body: Body<ChangeSettings>,
) -> Result<Versioned, ApiError> {
    let caller = intent.caller(&body.raw);
    let seen = seen_version(&headers)?;
    let wish = tokio::task::spawn_blocking(move || body.value.checked()).await;
    let wish = wish.map_err(|_| Refusal::from(Code::Internal))??;
    let printer = hub.site().printer.clone();
    change_site(&hub, caller, seen, move |site| Ok(wish.apply(site))).await?;
    let site = hub.site();
    if printer != site.printer {
        // What was wrong with the last one is nobody's worry any more.
        site_printer::forget(&hub);
    }
    Ok(versioned(&site))
}

/// The version that an `If-Match` header names; any of them without one, or for `*`.
fn seen_version(headers: &HeaderMap) -> Result<Option<i64>, Refusal> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let version = text.trim_start_matches("W/").trim_matches('"').parse().ok();
    version.map(Some).ok_or_else(|| Code::ChangedMeanwhile.into())
}
