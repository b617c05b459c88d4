//! `/api/voices`: which clips there are, and their sounds.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Code;
use crate::http::body::Path;
use crate::http::{ApiError, App};

/// The clips of one language.
#[derive(Serialize, ToSchema)]
pub struct Voice {
    /// Files by name of clip.
    #[schema(example = json!({"huruf-a": "huruf-a.flac"}))]
    clips: BTreeMap<String, String>,
}

/// Which clips the voice pack of a language has; none: calls are read by an engine.
#[utoipa::path(get, path = "/api/voices/{bahasa}", tag = "visitor",
    params(("bahasa" = String, Path, description = "`id` or `en`")), responses((status = 200, body = Voice)))]
pub async fn voice(State(hub): State<App>, Path(language): Path<String>) -> Json<Voice> {
    let data = hub.config.data.clone();
    let clips = tokio::task::spawn_blocking(move || super::clips(&data, &language)).await;
    Json(Voice { clips: clips.unwrap_or_default() })
}

/// The sound of one clip.
#[utoipa::path(get, path = "/api/voices/{bahasa}/{berkas}", tag = "visitor",
    params(("bahasa" = String, Path, description = "`id` or `en`"), ("berkas" = String, Path, description = "A file of the list")),
    responses((status = 200, description = "The sound")))]
pub async fn clip(
    State(hub): State<App>,
    Path((language, file)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let (data, name) = (hub.config.data.clone(), file.clone());
    let found = tokio::task::spawn_blocking(move || super::file(&data, &language, &name)).await;
    let bytes = found.ok().flatten().ok_or_else(|| ApiError::from(Code::ClipNotFound))?;
    let kind = mime_guess::from_path(file).first_or_octet_stream().to_string();
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
