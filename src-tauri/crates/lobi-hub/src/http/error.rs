//! One shape for every error: `{"success":false,"error":{"code","message","fields"}}`, the fitting status, and a
//! sentence from `assets/texts` that says what to do.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::openapi::{RefOr, ResponseBuilder, ResponsesBuilder, content::ContentBuilder, response};
use utoipa::{IntoResponses, ToSchema};

use crate::db::DbError;
use crate::error::{Error, Refusal};
use crate::texts::text;

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
pub struct ApiError {
    status: StatusCode,
    detail: ErrorDetail,
    retry_after: Option<u64>,
}

/// Every code with its status.
pub const CODES: [(&str, StatusCode); 42] = [
    ("VALIDATION_ERROR", StatusCode::UNPROCESSABLE_ENTITY),
    ("IDEMPOTENCY_KEY_REUSED", StatusCode::UNPROCESSABLE_ENTITY),
    ("MALFORMED_JSON", StatusCode::BAD_REQUEST),
    ("BAD_REQUEST", StatusCode::BAD_REQUEST),
    ("UNSUPPORTED_MEDIA_TYPE", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ("BODY_TOO_LARGE", StatusCode::PAYLOAD_TOO_LARGE),
    ("INVALID_CREDENTIALS", StatusCode::UNAUTHORIZED),
    ("UNAUTHENTICATED", StatusCode::UNAUTHORIZED),
    ("FORBIDDEN", StatusCode::FORBIDDEN),
    ("NOT_FOUND", StatusCode::NOT_FOUND),
    ("SERVICE_NOT_FOUND", StatusCode::NOT_FOUND),
    ("TICKET_NOT_FOUND", StatusCode::NOT_FOUND),
    ("COUNTER_NOT_FOUND", StatusCode::NOT_FOUND),
    ("METHOD_NOT_ALLOWED", StatusCode::METHOD_NOT_ALLOWED),
    ("REQUEST_TIMEOUT", StatusCode::REQUEST_TIMEOUT),
    ("UPGRADE_REQUIRED", StatusCode::UPGRADE_REQUIRED),
    ("SERVICE_CLOSED", StatusCode::CONFLICT),
    ("QUEUE_EMPTY", StatusCode::CONFLICT),
    ("INVALID_STATE", StatusCode::CONFLICT),
    ("ALREADY_QUEUED", StatusCode::CONFLICT),
    ("ALREADY_SET_UP", StatusCode::CONFLICT),
    ("CLIP_NOT_FOUND", StatusCode::NOT_FOUND),
    ("ENOUGH_COPIES", StatusCode::CONFLICT),
    ("NO_PRINTER", StatusCode::CONFLICT),
    ("PRINTER_OFFLINE", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_WRONG_ADDRESS", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_NOT_FOUND", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_OUT_OF_PAPER", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_COVER_OPEN", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_CUTTER", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_NOT_ALLOWED", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_ERROR", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_HUNG_UP", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_BUSY", StatusCode::SERVICE_UNAVAILABLE),
    ("PRINTER_UNSUPPORTED", StatusCode::SERVICE_UNAVAILABLE),
    ("TOO_MANY_ATTEMPTS", StatusCode::TOO_MANY_REQUESTS),
    ("INTERNAL", StatusCode::INTERNAL_SERVER_ERROR),
    ("UI_MISSING", StatusCode::SERVICE_UNAVAILABLE),
    ("BUSY", StatusCode::SERVICE_UNAVAILABLE),
    ("NOT_SAVED", StatusCode::INSUFFICIENT_STORAGE),
    ("DATA_DAMAGED", StatusCode::SERVICE_UNAVAILABLE),
    ("DATA_LOST", StatusCode::SERVICE_UNAVAILABLE),
];

impl ApiError {
    /// The error with that code and nothing to fill in.
    pub fn plain(code: &'static str) -> Self {
        ApiError::filled(code, &[])
    }

    fn filled(code: &'static str, values: &[(&str, &str)]) -> Self {
        let status = CODES.iter().find(|(known, _)| *known == code).map(|(_, status)| *status);
        ApiError {
            status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            detail: ErrorDetail { code, message: text("errors", code, values), fields: BTreeMap::new() },
            retry_after: None,
        }
    }

    /// Input that is not right, by field with a key of `assets/texts`, section `fields`.
    pub fn invalid<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut error = ApiError::plain("VALIDATION_ERROR");
        error.detail.fields =
            fields.into_iter().map(|(field, key)| (field.to_owned(), text("fields", key, &[]))).collect();
        error
    }

    fn retry_after(self, seconds: u64) -> Self {
        ApiError { retry_after: Some(seconds), ..self }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(fields) => ApiError::invalid(fields),
            Refusal::ServiceNotFound(poli) => {
                ApiError::filled("SERVICE_NOT_FOUND", &[("poli", &shortened(&poli))])
            }
            Refusal::ServiceClosed(poli) => ApiError::filled("SERVICE_CLOSED", &[("poli", &poli)]),
            Refusal::TicketNotFound => ApiError::plain("TICKET_NOT_FOUND"),
            Refusal::CounterNotFound(loket) => {
                ApiError::filled("COUNTER_NOT_FOUND", &[("loket", &loket.to_string())])
            }
            Refusal::QueueEmpty => ApiError::plain("QUEUE_EMPTY"),
            Refusal::InvalidState { nomor, status, action } => {
                let status = text("statuses", status.name(), &[]);
                let action = text("actions", action.name(), &[]);
                ApiError::filled(
                    "INVALID_STATE",
                    &[("nomor", &nomor), ("status", &status), ("aksi", &action)],
                )
            }
            Refusal::AlreadyQueued => ApiError::plain("ALREADY_QUEUED"),
            Refusal::Forbidden => ApiError::plain("FORBIDDEN"),
            Refusal::InvalidCredentials => ApiError::plain("INVALID_CREDENTIALS"),
            Refusal::Unauthenticated => ApiError::plain("UNAUTHENTICATED"),
            Refusal::TooManyAttempts(seconds) => {
                ApiError::filled("TOO_MANY_ATTEMPTS", &[("detik", &seconds.to_string())]).retry_after(seconds)
            }
            Refusal::AlreadySetUp => ApiError::plain("ALREADY_SET_UP"),
            Refusal::KeyReused => ApiError::plain("IDEMPOTENCY_KEY_REUSED"),
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal.into(),
            Error::Db(error) => error.into(),
        }
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy | DbError::Stopping => ApiError::plain("BUSY").retry_after(1),
            DbError::NotSaved(_) => ApiError::plain("NOT_SAVED").retry_after(5),
            DbError::Damaged(_) => ApiError::plain("DATA_DAMAGED"),
            DbError::TailLost(_) => ApiError::plain("DATA_LOST"),
            DbError::Broken(_) | DbError::Panicked => {
                tracing::error!(%error, "a request failed");
                ApiError::plain("INTERNAL")
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response =
            (self.status, Json(ErrorBody { success: false, error: self.detail })).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Every route may answer with an error of the one shape; the code tells which.
impl IntoResponses for ApiError {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        let body =
            ContentBuilder::new().schema(Some(utoipa::openapi::Ref::from_schema_name("ErrorBody"))).build();
        let response = ResponseBuilder::new()
            .description(
                "An error: `code` is stable, `message` is an Indonesian sentence that says what to do",
            )
            .content("application/json", body);
        ResponsesBuilder::new().response("default", response.build()).build().into()
    }
}

/// What a client sent, short enough to be said back.
fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
