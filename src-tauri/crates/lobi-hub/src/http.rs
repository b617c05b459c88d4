//! The HTTP door: every route on this page, the limits around them, one shape for errors.

pub mod auth;
pub mod body;
pub mod error;
pub mod health;
pub mod openapi;
pub mod serve;
mod ui;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

pub use error::ApiError;

use crate::hub::Hub;
use crate::{announcements, devices, live, queue, settings, staff, voices};

/// What handlers share.
pub type App = Arc<Hub>;

/// The largest body that is read.
pub const MAX_BODY: usize = 64 * 1024;
/// How long a body may take to arrive and an answer to be made.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Every route.
pub fn router(hub: App) -> Router {
    Router::new()
        .route("/api/login", post(staff::routes::log_in))
        .route("/api/logout", post(staff::routes::log_out))
        .route("/api/me", get(staff::routes::me))
        .route("/api/site", get(settings::routes::site))
        .route("/api/setup", get(settings::admin::setup_state))
        .route("/api/setup", post(settings::admin::set_up))
        .route("/api/settings", get(settings::admin::settings))
        .route("/api/settings", post(settings::admin::change_settings))
        .route("/api/settings/printer/test", post(settings::admin::test_printer))
        .route("/api/printouts/test", post(settings::admin::test_page))
        .route("/api/devices", get(devices::routes::machines))
        .route("/api/devices", post(devices::routes::report))
        .route("/api/announcements", post(announcements::routes::announce))
        .route("/api/voice/turn", post(announcements::routes::turn))
        .route("/api/voices/{bahasa}", get(voices::routes::voice))
        .route("/api/voices/{bahasa}/{berkas}", get(voices::routes::clip))
        .route("/api/services", get(queue::routes::services))
        .route("/api/register", post(queue::routes::register))
        .route("/api/display", get(queue::routes::display))
        .route("/api/display/{poli}", get(queue::routes::display_of_service))
        .route("/api/queue/status/{nomor}", get(queue::routes::status))
        .route("/api/tickets/{code}", get(queue::routes::ticket))
        .route("/api/tickets/{code}/printout", get(queue::routes::printout_of_ticket))
        .route("/api/tickets/{code}/paper", post(queue::routes::report))
        .route("/api/tickets/{code}/print", post(queue::routes::print))
        .route("/api/counters", get(queue::routes::counters))
        .route("/api/dashboard/queues", get(queue::routes::dashboard))
        .route("/api/queue/call-next", post(queue::routes::call_next))
        .route("/api/queue/{id}/call", post(queue::routes::call))
        .route("/api/queue/{id}/speech", get(queue::routes::call_speech))
        .route("/api/queue/{id}/skip", post(queue::routes::skip))
        .route("/api/queue/{id}/serve", post(queue::routes::serve))
        .route("/api/queue/{id}/finish", post(queue::routes::finish))
        .route("/api/queue/{id}/return", post(queue::routes::return_to_line))
        .route("/api/queue/{id}/cancel", post(queue::routes::cancel))
        .route("/api/openapi.json", get(openapi::document))
        .route("/health", get(health::health))
        .route("/ws", get(live::routes::listen))
        .route("/ws/loket/{n}", get(live::routes::listen_at_counter))
        .merge(openapi::page())
        .fallback(ui::page_or_file)
        .method_not_allowed_fallback(|| async { ApiError::plain("METHOD_NOT_ALLOWED") })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn(within_time))
        .layer(middleware::from_fn(safe_headers))
        .layer(CatchPanicLayer::custom(|_| ApiError::plain("INTERNAL").into_response()))
        .with_state(hub)
}

/// Gives up on a request whose body trickles in or whose answer hangs.
async fn within_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::plain("REQUEST_TIMEOUT").into_response(),
    }
}

/// Headers that keep pages to themselves: no foreign scripts, frames or guesses about types.
async fn safe_headers(request: Request, next: Next) -> Response {
    let is_docs = request.uri().path().starts_with(openapi::PAGE);
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // The API page's own script writes its settings inline.
    let policy = if is_docs {
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    } else {
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if is_api && !is_docs {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
