//! The API described: one document that the TypeScript client is made from, and a page to read it offline.

use axum::Json;
use axum::Router;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{App, error, health};
use crate::{announcements, devices, live, queue, settings, staff, voices};

/// Where the page is.
pub const PAGE: &str = "/api/docs";

/// The document. Routes are listed as in the router, a test holds the two together.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lobi hub",
        description = "Numbers, calls and boards of one site. Times are RFC 3339 with the site's offset. Unsafe requests accept \
                       `Idempotency-Key`: the same key gives the first answer for 24 hours. Errors have one shape, see `ErrorBody`.",
        license(name = "MIT", identifier = "MIT")
    ),
    servers((url = "/", description = "This hub")),
    paths(
        staff::routes::log_in,
        staff::routes::log_out,
        staff::routes::me,
        settings::routes::site,
        settings::admin::setup_state,
        settings::admin::set_up,
        settings::admin::settings,
        settings::admin::change_settings,
        settings::admin::test_printer,
        settings::admin::test_page,
        devices::routes::machines,
        devices::routes::report,
        announcements::routes::announce,
        announcements::routes::turn,
        voices::routes::voice,
        voices::routes::clip,
        queue::routes::services,
        queue::routes::register,
        queue::routes::display,
        queue::routes::display_of_service,
        queue::routes::status,
        queue::routes::ticket,
        queue::routes::printout_of_ticket,
        queue::routes::report,
        queue::routes::print,
        queue::routes::counters,
        queue::routes::dashboard,
        queue::routes::call_next,
        queue::routes::call,
        queue::routes::call_speech,
        queue::routes::skip,
        queue::routes::serve,
        queue::routes::finish,
        queue::routes::return_to_line,
        queue::routes::cancel,
        document,
        health::health,
        live::routes::listen,
        live::routes::listen_at_counter,
    ),
    components(schemas(error::ErrorBody, error::ErrorDetail)),
    modifiers(&Bearer),
    tags(
        (name = "visitor", description = "Open to everybody on the network; no personal data in answers"),
        (name = "staff", description = "Needs `Authorization: Bearer <token>` from `/api/login`"),
        (name = "site", description = "About the hub itself"),
        (name = "live", description = "WebSocket")
    )
)]
pub struct Api;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        api.components.get_or_insert_default().add_security_scheme("bearer", bearer);
    }
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "site", responses((status = 200, description = "OpenAPI 3.1")))]
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Api::openapi())
}

/// The readable page; its files are in the program, nothing is fetched.
pub fn page() -> Router<App> {
    SwaggerUi::new(PAGE).config(Config::from("/api/openapi.json").try_it_out_enabled(true)).into()
}
