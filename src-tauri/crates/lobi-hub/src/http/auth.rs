//! Who asks: the right that a route wants, the staff member behind a bearer token or the program behind a key, and the intent
//! behind a request.

use std::net::IpAddr;

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use lobi_core::access::{Actor, ApiKey, Member, Permission, Reach};
use lobi_core::time::Timestamp;

use super::{ApiError, App, proxy};
use crate::act::Caller;
use crate::db::{DbError, OnceKey};
use crate::error::{Code, Refusal};

/// The header in which other programs send their key.
const API_KEY: &str = "x-api-key";

/// Lets a request through to a route that wants `permission`: 401 without a session or key, 403 without the right, or while
/// a password that somebody else gave waits to be changed. Whether it reaches this or that service is asked by the action.
///
/// # Errors
/// As above.
pub async fn guard(permission: Permission, mut request: Request) -> Result<Request, ApiError> {
    let hub = request.extensions().get::<App>().cloned().ok_or(Code::Internal)?;
    let asks = match bearer(request.headers()).map(str::to_owned) {
        Some(token) => {
            let member = signed_in(&hub, &token).await?;
            request.extensions_mut().insert(SignedIn { member: member.clone(), token });
            Actor::Staff(member)
        }
        None => Actor::Key(key(&hub, request.headers()).await?),
    };
    if !asks.may(permission, Reach::Site) {
        return Err(Code::Forbidden.into());
    }
    if permission != Permission::OwnSession && matches!(&asks, Actor::Staff(member) if member.must_change) {
        return Err(Code::PasswordChangeRequired.into());
    }
    request.extensions_mut().insert(By(asks));
    Ok(request)
}

async fn signed_in(hub: &App, token: &str) -> Result<Member, ApiError> {
    let (digest, now) = (crate::secrets::digest(token), hub.now());
    let Some(member) = whose(hub, token).await? else {
        hub.limits.note_token(digest, None, now);
        return Err(Code::Unauthenticated.into());
    };
    hub.passing.note_use(digest, now);
    Ok(member)
}

async fn key(hub: &App, headers: &HeaderMap) -> Result<ApiKey, ApiError> {
    let secret = headers.get(API_KEY).and_then(|value| value.to_str().ok()).ok_or(Code::Unauthenticated)?;
    let (digest, now, whose_key) = (crate::secrets::digest(secret.trim()), hub.now(), hub.hooks.whose_key);
    let key = hub.db.read(move |sql| whose_key(sql, &digest, now)).await?.ok_or(Code::Unauthenticated)?;
    hub.passing.note_use(digest, now);
    Ok(key)
}

/// Whoever the route's guard let through.
#[derive(Clone)]
pub struct By(pub Actor);

impl FromRequestParts<App> for By {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        parts.extensions.get::<By>().cloned().ok_or_else(|| Code::Unauthenticated.into())
    }
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
    by: Actor,
}

impl Intent {
    /// The caller of an action: somebody signed in, or a visitor. `body` is part of what the key stands
    /// for.
    pub fn caller(self, body: &[u8]) -> Caller {
        let once = self.key.map(|key| OnceKey::new(&self.by.name(), &self.path, key, body));
        Caller { actor: self.by, now: self.now, once }
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
        let by = match parts.extensions.get::<By>() {
            Some(By(let_through)) => let_through.clone(),
            None => who_asks(hub, &parts.headers).await,
        };
        Ok(Intent { now: hub.now(), path: parts.uri.path().to_owned(), key: key.transpose()?, by })
    }
}

/// Who asks behind an open route: somebody signed in, another program, or a visitor.
pub async fn who_asks(hub: &App, headers: &HeaderMap) -> Actor {
    match bearer(headers) {
        Some(token) => known_by(hub, token).await.map_or(Actor::Public, Actor::Staff),
        None if headers.contains_key(API_KEY) => key(hub, headers).await.map_or(Actor::Public, Actor::Key),
        None => Actor::Public,
    }
}

/// Staff who use an open route are still staff there. A session that ended, or a password that waits to be changed, makes a
/// visitor of them, and is no reason to refuse what everybody may do.
async fn known_by(hub: &App, token: &str) -> Option<Member> {
    whose(hub, token).await.ok().flatten().filter(|member| !member.must_change)
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
