//! One shape for every error: `{"success":false,"error":{"code","message","fields"}}`, the fitting status, and a
//! sentence from `assets/texts` that says what to do.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::DbError;
use crate::error::{Code, Error, Refusal};
use crate::texts::text;

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
    /// An Indonesian sentence that a person can act on.
    #[schema(example = "Poli Gigi sedang tutup. Pilih layanan lain atau tanyakan kepada petugas.")]
    message: String,
    /// By input field: what is not right with it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
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

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let ApiError(refusal) = self;
        let message = refusal.sentence();
        let status = StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let fields =
            refusal.fields.into_iter().map(|(field, key)| (field, text("fields", key, &[]))).collect();
        let error = ErrorDetail { code: refusal.code.name(), message, fields };
        let mut response = (status, Json(ErrorBody { success: false, error })).into_response();
        if let Some(seconds) = refusal.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
