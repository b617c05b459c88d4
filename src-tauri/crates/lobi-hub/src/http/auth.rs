//! Who asks: the right that a route wants, the staff member behind a bearer token, and the intent behind a request.

use std::net::IpAddr;

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use lobi_core::access::{Actor, Member, Permission, Reach};
use lobi_core::time::Timestamp;

use super::{ApiError, App, proxy};
use crate::act::Caller;
use crate::db::{DbError, OnceKey};
use crate::error::{Code, Refusal};

/// Lets a request through to a route that wants `permission`: 401 without a session, 403 without the right. Whether it
/// reaches this or that service is asked by the action.
pub async fn guard(permission: Permission, mut request: Request, next: Next) -> Response {
    let Some(hub) = request.extensions().get::<App>().cloned() else {
        return ApiError::from(Code::Internal).into_response();
    };
    let Some(token) = bearer(request.headers()).map(str::to_owned) else {
        return ApiError::from(Code::Unauthenticated).into_response();
    };
    let whose = hub.hooks.whose;
    let now = hub.now();
    let digest = crate::secrets::digest(&token);
    let member = match hub.db.read(move |sql| whose(sql, &digest, now)).await {
        Ok(Some(member)) => member,
        Ok(None) => {
            hub.limits.note_token(digest, None, now);
            return ApiError::from(Code::Unauthenticated).into_response();
        }
        Err(error) => return ApiError::from(error).into_response(),
    };
    if !member.may(permission, Reach::Site) {
        return ApiError::from(Code::Forbidden).into_response();
    }
    request.extensions_mut().insert(SignedIn { member, token });
    next.run(request).await
}

/// Somebody signed in, whom the route's guard let through.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub member: Member,
    /// The token they came with.
    pub token: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        // A handler that wants to know who asks behind an open route is refused: nobody looked.
        parts.extensions.get::<SignedIn>().cloned().ok_or_else(|| Code::Unauthenticated.into())
    }
}

/// The token of an `Authorization: Bearer …` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// One unsafe request: when it came, who sent it, and the key that makes its repeat harmless.
pub struct Intent {
    now: Timestamp,
    path: String,
    key: Option<String>,
    member: Option<Member>,
}

impl Intent {
    /// The caller of an action: somebody signed in, or a visitor. `body` is part of what the key stands
    /// for.
    pub fn caller(self, body: &[u8]) -> Caller {
        let actor = self.member.map_or(Actor::Public, Actor::Staff);
        let once = self.key.map(|key| OnceKey::new(&actor.name(), &self.path, key, body));
        Caller { actor, now: self.now, once }
    }
}

impl FromRequestParts<App> for Intent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &App) -> Result<Self, ApiError> {
        let key = parts.headers.get("idempotency-key").map(|value| {
            let text = value.to_str().unwrap_or_default().trim();
            let usable = (8..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
            let wrong = || Refusal::invalid([("Idempotency-Key", "idempotency_key")]);
            usable.then(|| text.to_owned()).ok_or_else(wrong)
        });
        let let_through = parts.extensions.get::<SignedIn>().map(|signed_in| signed_in.member.clone());
        let member = match (let_through, bearer(&parts.headers)) {
            (None, Some(token)) => known_by(hub, token).await,
            (member, _) => member,
        };
        Ok(Intent { now: hub.now(), path: parts.uri.path().to_owned(), key: key.transpose()?, member })
    }
}

/// Staff who use an open route are still staff there. A session that ended makes a visitor of them, and is no reason to
/// refuse what everybody may do.
async fn known_by(hub: &App, token: &str) -> Option<Member> {
    whose(hub, token).await.ok().flatten()
}

/// Whose session this token is.
///
/// # Errors
/// A database that cannot be asked says nothing about the token.
pub async fn whose(hub: &App, token: &str) -> Result<Option<Member>, DbError> {
    let (digest, now, whose) = (crate::secrets::digest(token), hub.now(), hub.hooks.whose);
    hub.db.read(move |sql| whose(sql, &digest, now)).await
}

/// The address a request came from.
pub struct Peer(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let known = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>();
        Ok(Peer(proxy::asker(known.map(|info| info.0), &parts.headers)))
    }
}
