//! The screens: the built UI from inside the program, or from a folder while it is being worked on.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};

use super::auth::Peer;
use super::{ApiError, App, opened};
use crate::error::Code;

#[derive(Embed)]
#[folder = "../../../ui/dist"]
#[allow_missing = true]
struct Built;

/// A file of the UI; any other address is a page, which the UI itself routes.
pub async fn page_or_file(
    State(hub): State<App>,
    Peer(peer): Peer,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path.starts_with("ws/") || path == "api" {
        return ApiError::from(Code::NotFound).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return ApiError::from(Code::MethodNotAllowed).into_response();
    }
    // Vite puts a hash into the names of what it bundles: such a file never changes.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    match file(&hub, path).await {
        Some((kind, bytes)) => {
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache.into())], bytes).into_response()
        }
        None if path.contains('.') => ApiError::from(Code::NotFound).into_response(),
        None => {
            opened::note(&hub, path, peer, &headers);
            let index = file(&hub, "index.html").await;
            index.map_or_else(
                || ApiError::from(Code::UiMissing).into_response(),
                |(kind, bytes)| {
                    let kept = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".into())];
                    (kept, bytes).into_response()
                },
            )
        }
    }
}

async fn file(hub: &App, path: &str) -> Option<(String, Bytes)> {
    match &hub.config.ui {
        None => Built::get(path)
            .map(|EmbeddedFile { data, metadata, .. }| (metadata.mimetype().to_owned(), bytes_of(data))),
        Some(folder) => {
            // Only names that stay inside the folder: no "..", no root, no drive.
            let plain = std::path::Path::new(path)
                .components()
                .all(|part| matches!(part, std::path::Component::Normal(_)));
            if !plain || path.is_empty() {
                return None;
            }
            let bytes = tokio::fs::read(folder.join(path)).await.ok()?;
            Some((mime_guess::from_path(path).first_or_octet_stream().to_string(), bytes.into()))
        }
    }
}

/// What is inside the program is served from where it lies, not copied for every request.
fn bytes_of(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}
