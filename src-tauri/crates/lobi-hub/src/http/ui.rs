//! The screens: the built UI from inside the program, or from a folder while it is being worked on; packed as small as the
//! browser can unpack it, and not sent again while nothing changed.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use rust_embed::Embed;

use super::auth::Peer;
use super::{ApiError, App, opened};
use crate::error::Code;
use crate::secrets;

#[derive(Embed)]
#[folder = "../../../ui/dist"]
#[allow_missing = true]
struct Built;

/// How the build packs files, best first: the name for the browser, and what is added to a file's name.
const PACKED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

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
    match packed(&hub, path, &headers).await {
        Some(file) => file.answer(path, &headers),
        None if path.contains('.') => ApiError::from(Code::NotFound).into_response(),
        None => {
            opened::note(&hub, path, peer, &headers);
            match packed(&hub, "index.html", &headers).await {
                Some(file) => file.answer("index.html", &headers),
                None => ApiError::from(Code::UiMissing).into_response(),
            }
        }
    }
}

/// A file as it is sent.
struct Sent {
    bytes: Bytes,
    /// Changes with the bytes.
    tag: String,
    packed: Option<&'static str>,
}

impl Sent {
    fn answer(self, path: &str, asked: &HeaderMap) -> Response {
        // Vite puts a hash into the names of what it bundles: such a file never changes.
        let cache =
            if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        let kind = mime_guess::from_path(path).first_or_octet_stream().to_string();
        let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let same = known
            .is_some_and(|known| known.split(',').any(|tag| tag.trim() == self.tag || tag.trim() == "*"));
        let about = [
            (header::CACHE_CONTROL, cache.to_owned()),
            (header::ETAG, self.tag),
            (header::VARY, "accept-encoding".to_owned()),
        ];
        if same {
            return (StatusCode::NOT_MODIFIED, about).into_response();
        }
        let packed = self.packed.map(|packed| [(header::CONTENT_ENCODING, packed)]);
        (about, packed, [(header::CONTENT_TYPE, kind)], self.bytes).into_response()
    }
}

/// The file, packed in the best way that the browser takes and the build made.
async fn packed(hub: &App, path: &str, asked: &HeaderMap) -> Option<Sent> {
    let takes = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (name, ending) in PACKED.into_iter().filter(|(name, _)| accepts(takes, name)) {
        if let Some((bytes, tag)) = file(hub, &format!("{path}{ending}")).await {
            return Some(Sent { bytes, tag, packed: Some(name) });
        }
    }
    let (bytes, tag) = file(hub, path).await?;
    Some(Sent { bytes, tag, packed: None })
}

/// Whether an `Accept-Encoding` header takes this packing: named, and not with `q=0`.
fn accepts(header: &str, packing: &str) -> bool {
    header.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let none =
            matches!(weight.trim().to_ascii_lowercase().as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case(packing) && !none
    })
}

/// The bytes of a file of that name, and what changes with them.
async fn file(hub: &App, path: &str) -> Option<(Bytes, String)> {
    match &hub.config.ui {
        None => Built::get(path).map(|file| (bytes_of(file.data), tag(&file.metadata.sha256_hash()))),
        Some(folder) => {
            // Only names that stay inside the folder: no "..", no root, no drive.
            let plain = std::path::Path::new(path)
                .components()
                .all(|part| matches!(part, std::path::Component::Normal(_)));
            if !plain || path.is_empty() {
                return None;
            }
            let bytes = tokio::fs::read(folder.join(path)).await.ok()?;
            let digest = secrets::digest_of(&bytes);
            Some((bytes.into(), tag(&digest)))
        }
    }
}

fn tag(digest: &[u8; 32]) -> String {
    format!("\"{}\"", HEXLOWER.encode(&digest[..8]))
}

/// What is inside the program is served from where it lies, not copied for every request.
fn bytes_of(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_what_it_takes() {
        for (header, br, gzip) in [
            ("gzip, deflate, br", true, true),
            ("br;q=0, gzip;q=0.5", false, true),
            ("GZIP", false, true),
            ("", false, false),
            ("identity", false, false),
            ("brotli", false, false),
        ] {
            assert_eq!((accepts(header, "br"), accepts(header, "gzip")), (br, gzip), "{header}");
        }
    }
}
