//! Request bodies, paths and queries: read whole, checked against their shape, refused in the one error shape.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{header, request::Parts};
use serde::de::DeserializeOwned;

use super::{ApiError, App};
use crate::error::{Code, Refusal};

/// A JSON body: the value, and its bytes for the idempotency key.
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    /// As it was sent.
    pub raw: Bytes,
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, hub: &App) -> Result<Self, ApiError> {
        // Also what keeps other sites' forms out: they cannot send this type without asking first (CSRF).
        if !is_json(&request) {
            return Err(ApiError::from(Code::UnsupportedMediaType));
        }
        let raw = bytes(request, hub).await?;
        Ok(Body { value: parsed(&raw)?, raw })
    }
}

/// A JSON body that may be left out altogether, or be `null`.
pub struct OptionalBody<T>(pub Body<T>);

impl<T: DeserializeOwned + Default> FromRequest<App> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, hub: &App) -> Result<Self, ApiError> {
        let json = is_json(&request);
        let raw = bytes(request, hub).await?;
        match (raw.is_empty(), json) {
            (true, _) => Ok(OptionalBody(Body { value: T::default(), raw })),
            (false, true) => {
                Ok(OptionalBody(Body { value: parsed::<Option<T>>(&raw)?.unwrap_or_default(), raw }))
            }
            (false, false) => Err(ApiError::from(Code::UnsupportedMediaType)),
        }
    }
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"))
}

async fn bytes(request: Request, hub: &App) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, hub).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Code::BodyTooLarge.into()
        }
        _ => Code::BadRequest.into(),
    })
}

/// Well-formed JSON of the wrong shape is a validation error that names the field; anything else is malformed.
fn parsed<T: DeserializeOwned>(raw: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(raw).map_err(|error| {
        if !error.is_data() {
            return Code::MalformedJson.into();
        }
        let said = error.to_string();
        let key = match said.split_once(' ').map(|(first, _)| first) {
            Some("unknown") => "unknown_field",
            Some("missing") => "required",
            _ => "wrong_type",
        };
        // serde names the field between backticks; a wrong type names none.
        let field = said.split('`').nth(1).filter(|_| key != "wrong_type").unwrap_or("body");
        Refusal::invalid([(field, key)]).into()
    })
}

/// Path parameters.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &App) -> Result<Self, ApiError> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, hub).await;
        // An id that is no number names nothing that exists.
        path.map(|axum::extract::Path(value)| Path(value)).map_err(|_| Code::NotFound.into())
    }
}

/// Query parameters.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &App) -> Result<Self, ApiError> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, hub).await;
        query
            .map(|axum::extract::Query(value)| Query(value))
            .map_err(|_| Refusal::invalid([("query", "wrong_type")]).into())
    }
}
