//! Every route, once: method, path and document are at the handler, the right is here. A row is open by decision, or asks for
//! a permission; there is no third way. What is asked for too often is refused by its class (`limits`).

pub mod asyncapi;
pub mod openapi;

use axum::Extension;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use lobi_core::access::Permission::{
    Announce, CallQueue, FinishQueue, ManageHub, ManageSite, OwnSession, SkipQueue, ViewDashboard,
    ViewDevices,
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::routes;

use crate::error::Code;
use crate::http::routes::Routes;
use crate::http::{ApiError, App, MAX_BODY, hosts, limits, ui};
use crate::limits::Class;
use crate::queue::routes as queue;
use crate::{access, announcements, devices, health, settings, setup, site, voices, ws};

/// The table.
pub fn table() -> Routes {
    Routes::new(openapi::base())
        // Signing in and out
        .open_within(Class::SignIn, routes!(access::routes::log_in))
        .may(OwnSession, routes!(access::routes::log_out))
        .may(OwnSession, routes!(access::routes::me))
        // The site
        .open(routes!(site::routes::site))
        .open(routes!(setup::routes::setup_state))
        .open(routes!(setup::routes::set_up))
        .may(ManageSite, routes!(settings::routes::settings))
        .may(ManageSite, routes!(settings::routes::change_settings))
        .may(ManageSite, routes!(devices::routes::test_printer))
        .may(ManageHub, routes!(site::routes::clock))
        .may(ManageHub, routes!(site::routes::confirm_clock))
        .may(ManageHub, routes!(health::routes::unfinished_jobs))
        // Machines and their devices; what a machine says about itself is believed until machines are paired
        .open(routes!(devices::routes::own_test_page))
        .may(ViewDevices, routes!(devices::routes::machines))
        .open_within(Class::MachineReport, routes!(devices::routes::report))
        // Voices
        .may(Announce, routes!(announcements::routes::announce))
        .open(routes!(announcements::routes::turn))
        .open(routes!(voices::routes::voice))
        .open(routes!(voices::routes::clip))
        // Visitors and displays: no personal data in answers
        .open(routes!(queue::visitor::services))
        .open_within(Class::TakeNumber, routes!(queue::visitor::register))
        .open(routes!(queue::visitor::display))
        .open(routes!(queue::visitor::display_of_service))
        .open(routes!(queue::visitor::status))
        .open(routes!(queue::visitor::ticket))
        .open(routes!(queue::paper::printout_of_ticket))
        .open_within(Class::PaperReport, routes!(queue::paper::report))
        .open_within(Class::Print, routes!(queue::paper::print))
        .open(routes!(queue::visitor::call_speech))
        // Desks
        .may(ViewDashboard, routes!(queue::dashboard::counters))
        .may(ViewDashboard, routes!(queue::dashboard::dashboard))
        .may(CallQueue, routes!(queue::calls::call_next))
        .may(CallQueue, routes!(queue::calls::call))
        .may(SkipQueue, routes!(queue::calls::skip))
        .may(CallQueue, routes!(queue::calls::serve))
        .may(FinishQueue, routes!(queue::calls::finish))
        .may(SkipQueue, routes!(queue::calls::return_to_line))
        .may(SkipQueue, routes!(queue::calls::cancel))
        // About the hub
        .open(routes!(openapi::openapi_document))
        .open(routes!(openapi::asyncapi_document))
        .open(routes!(health::routes::health))
        .open(routes!(ws::routes::listen))
        .open(routes!(ws::routes::listen_at_counter))
}

/// The router of an open hub.
pub fn router(hub: App) -> Router {
    let (routes, _) = table().split();
    // What is no row of the table: files, pages, and addresses that do not exist.
    let pages = openapi::page()
        .fallback(ui::page_or_file)
        .layer(middleware::from_fn(|request, next| limits::within(Some(Class::Page), request, next)));
    routes
        .merge(pages)
        .method_not_allowed_fallback(|| async { ApiError::from(Code::MethodNotAllowed) })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(hub.clone(), within_time))
        .layer(middleware::from_fn_with_state(hub.clone(), hosts::own_names_only))
        .layer(middleware::from_fn(safe_headers))
        .layer(CatchPanicLayer::custom(|_| ApiError::from(Code::Internal).into_response()))
        // The guards find the hub here: the table is built without one.
        .layer(Extension(hub.clone()))
        .with_state(hub)
}

/// Gives up on a request whose body trickles in or whose answer hangs.
async fn within_time(State(hub): State<App>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(hub.config.http.answer_within(), next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::from(Code::RequestTimeout).into_response(),
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
