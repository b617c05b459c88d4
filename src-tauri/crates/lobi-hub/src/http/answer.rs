//! One shape for every error: `{"success":false,"error":{"code","message","fields"}}`, the fitting status, and a
//! sentence from `assets/texts` that says what to do, in the language of whoever asked (`Accept-Language`; Indonesian unless
//! English stands first).

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lobi_core::speech::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::DbError;
use crate::error::{Code, Error, Refusal};
use crate::texts::text_in;

/// What most handlers answer.
pub type Answer<T> = Result<Json<T>, ApiError>;

/// An error as clients see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// Always `false`.
    #[schema(example = false)]
    success: bool,
    error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// Stable: programs decide by it.
    #[schema(example = "SERVICE_CLOSED")]
    code: &'static str,
    /// A sentence that a person can act on: Indonesian, or English where `Accept-Language` asks for it.
    #[schema(example = "Poli Gigi sedang tutup. Pilih layanan lain atau tanyakan kepada petugas.")]
    message: String,
    /// By input field: what is not right with it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
    /// When a closed service gives numbers again, where that is known.
    #[serde(flatten)]
    #[schema(inline)]
    again: BTreeMap<&'static str, String>,
}

/// An error answer.
#[derive(Debug)]
pub struct ApiError(Refusal);

impl<R: Into<Refusal>> From<R> for ApiError {
    fn from(refusal: R) -> Self {
        ApiError(refusal.into())
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => ApiError(refusal),
            Error::Db(error) => error.into(),
        }
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        let refused = |code: Code, seconds| ApiError(Refusal::from(code).retry_after(seconds));
        match error {
            DbError::Busy | DbError::Stopping | DbError::NotRead(_) => refused(Code::Busy, 1),
            DbError::Damaged(_) => ApiError(Code::DataDamaged.into()),
            DbError::TailLost(_) => ApiError(Code::DataLost.into()),
            DbError::NotSaved(_) => refused(Code::NotSaved, 5),
            DbError::WriterDied => ApiError(Code::HubMustRestart.into()),
            DbError::Broken(_) | DbError::Panicked => {
                tracing::error!(%error, "a request failed");
                ApiError(Code::Internal.into())
            }
        }
    }
}

/// The refusal that an error answer tells of, so that it can be told in another language.
#[derive(Clone)]
struct Told(Refusal);

impl ErrorBody {
    fn of(refusal: &Refusal, language: Language) -> Self {
        let said =
            |(field, key): (&String, &&'static str)| (field.clone(), text_in(language, "fields", key, &[]));
        let fields = refusal.fields.iter().map(said).collect();
        let again = refusal.again.iter().map(|again| (again.field, again.at.rfc3339(again.zone))).collect();
        let error =
            ErrorDetail { code: refusal.code.name(), message: refusal.sentence(language), fields, again };
        ErrorBody { success: false, error }
    }
}

/// Tells errors in the language of whoever asked.
pub fn in_their_language(response: &mut Response, language: Language) {
    let Some(Told(refusal)) = response.extensions_mut().remove::<Told>() else { return };
    if language == Language::En {
        let Ok(body) = serde_json::to_vec(&ErrorBody::of(&refusal, language)) else { return };
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(body);
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.name()));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
}

/// English where it is wanted more than Indonesian.
pub fn asked_for(headers: &HeaderMap) -> Language {
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let weight = |language: &str| {
        let ranges = wanted.split(',').filter_map(|range| {
            let (name, rest) = range.trim().split_once(';').unwrap_or((range.trim(), "q=1"));
            let primary = name.split('-').next().unwrap_or_default();
            primary
                .eq_ignore_ascii_case(language)
                .then(|| rest.trim().strip_prefix("q=")?.parse::<f32>().ok())?
        });
        ranges.fold(0.0, f32::max)
    };
    if weight("en") > weight("id") { Language::En } else { Language::Id }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let ApiError(refusal) = self;
        let status = StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(ErrorBody::of(&refusal, Language::Id))).into_response();
        if let Some(seconds) = refusal.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Told(refusal));
        response
    }
}
