//! The router of an open hub: the table of routes, and what stands around all of them.

pub mod asyncapi;
pub mod openapi;
pub mod table;

use std::sync::Arc;

use axum::Extension;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;

use crate::error::Code;
use crate::http::answer::{asked_for, in_their_language};
use crate::http::routes::door;
use crate::http::{ApiError, App, MAX_BODY, hosts, ui};
use crate::limits::Class;

/// The API's whole document; needs no hub.
pub fn document() -> utoipa::openapi::OpenApi {
    table::table().split().1
}

/// The router of an open hub.
pub fn router(hub: App) -> Router {
    let (routes, document) = table::table().split();
    // What is no row of the table: files, pages, and addresses that do not exist.
    let pages = openapi::page()
        .fallback(ui::page_or_file)
        .layer(middleware::from_fn(|request, next| door(Some(Class::Page), None, request, next)));
    routes
        .merge(pages)
        .method_not_allowed_fallback(|| async { ApiError::from(Code::MethodNotAllowed) })
        // One after the other from outside, in one layer of the router: each of its own would cost a box around everything within.
        .layer((
            Extension(Arc::new(document)),
            // The guards find the hub here: the table is built without one.
            Extension(hub.clone()),
            middleware::from_fn_with_state(hub.clone(), doorway),
            CatchPanicLayer::custom(|_| ApiError::from(Code::Internal).into_response()),
            DefaultBodyLimit::max(MAX_BODY),
        ))
        .with_state(hub)
}

/// What stands around every answer.
async fn doorway(State(hub): State<App>, request: Request, next: Next) -> Response {
    let language = asked_for(request.headers());
    let place = Place::of(request.uri().path());
    let mut response = if hosts::asked_by_own_name(&hub, request.headers()) {
        within_time(&hub, next.run(request)).await
    } else {
        ApiError::from(Code::WrongHost).into_response()
    };
    in_their_language(&mut response, language);
    safe_headers(&mut response, place);
    response
}

/// Gives up on a request whose body trickles in or whose answer hangs.
async fn within_time(hub: &App, answer: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(hub.config.http.answer_within(), answer).await {
        Ok(response) => response,
        Err(_) => ApiError::from(Code::RequestTimeout).into_response(),
    }
}

/// What an address leads to.
#[derive(Clone, Copy)]
struct Place {
    is_api: bool,
    is_docs: bool,
}

impl Place {
    fn of(path: &str) -> Self {
        Place { is_api: path.starts_with("/api/"), is_docs: path.starts_with(openapi::PAGE) }
    }
}

/// Headers that keep pages to themselves: no foreign scripts, frames or guesses about types.
fn safe_headers(response: &mut Response, Place { is_api, is_docs }: Place) {
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
}
