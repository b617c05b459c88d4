//! The API described: one document that the TypeScript client is made from, one for the live feed, and a page to read offline.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, Router};
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::house;
use crate::http::{App, answer};

/// Where the page is.
pub const PAGE: &str = "/api/docs";

/// What the document says beside its routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lobi hub",
        description = "Numbers, calls and boards of one site. Times are RFC 3339 with the site's offset. Unsafe requests accept \
                       `Idempotency-Key`: the same key gives the first answer for 24 hours. Errors have one shape, see `ErrorBody`.",
        license(name = "MIT", identifier = "MIT")
    ),
    servers((url = "/", description = "This hub")),
    components(schemas(answer::ErrorBody, answer::ErrorDetail)),
    modifiers(&Bearer),
    tags(
        (name = "visitor", description = "Open to everybody on the network; no personal data in answers"),
        (name = "staff", description = "Needs `Authorization: Bearer <token>` from `/api/login` and the right in `x-permission`"),
        (name = "patients", description = "Patients; what is open answers only what was told"),
        (name = "reports", description = "What a day, a week, a month was like; what is not the asker's service is left out"),
        (name = "site", description = "About the hub itself"),
        (name = "live", description = "WebSocket")
    )
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut Document) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        api.components.get_or_insert_default().add_security_scheme("bearer", bearer);
    }
}

/// The document before its routes: the table adds them. The events of the live feed are among its components.
pub fn base() -> Document {
    let mut document = Base::openapi();
    let components = document.components.get_or_insert_default();
    for event in house::events() {
        components.schemas.extend(event.schemas);
    }
    document
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "site", operation_id = "document",
    responses((status = 200, description = "OpenAPI 3.1")))]
pub async fn openapi_document(Extension(document): Extension<Arc<Document>>) -> Response {
    Json(&*document).into_response()
}

/// The readable page; its files are in the program, nothing is fetched.
pub fn page() -> Router<App> {
    SwaggerUi::new(PAGE).config(Config::from("/api/openapi.json").try_it_out_enabled(true)).into()
}
