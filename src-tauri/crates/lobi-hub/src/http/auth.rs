//! Who asks: the staff member behind a bearer token, and the intent behind a request.

use std::net::IpAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};

use super::{ApiError, App};
use crate::db::OnceKey;
use crate::error::Refusal;
use crate::hub::{Actor, Caller};
use crate::staff::{StaffMember, actions};

/// Somebody signed in; a request without a valid token is answered 401 before the handler runs.
pub struct SignedIn {
    /// Who.
    pub member: StaffMember,
    /// The token they came with.
    pub token: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &App) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or(Refusal::Unauthenticated)?.to_owned();
        let member = actions::whose(hub, &token, hub.clock.now()).await?;
        Ok(SignedIn { member, token })
    }
}

/// The token of an `Authorization: Bearer …` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// One unsafe request: when it came and the key that makes its repeat harmless.
pub struct Intent {
    now: lobi_core::time::Timestamp,
    path: String,
    key: Option<String>,
}

impl Intent {
    /// The caller of an action; `body` is part of what the key stands for.
    pub fn by(self, actor: Actor, body: &[u8]) -> Caller {
        let once = self.key.map(|key| OnceKey::new(&actor.name(), &self.path, key, body));
        Caller { actor, now: self.now, once }
    }

    /// The caller when it is a signed-in staff member.
    pub fn by_staff(self, staff: SignedIn, body: &[u8]) -> Caller {
        self.by(Actor::Staff(staff.member), body)
    }
}

impl FromRequestParts<App> for Intent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &App) -> Result<Self, ApiError> {
        let key = parts.headers.get("idempotency-key").map(|value| {
            let text = value.to_str().unwrap_or_default().trim();
            let usable = (8..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
            usable
                .then(|| text.to_owned())
                .ok_or_else(|| ApiError::invalid([("Idempotency-Key", "idempotency_key")]))
        });
        Ok(Intent { now: hub.clock.now(), path: parts.uri.path().to_owned(), key: key.transpose()? })
    }
}

/// The address a request came from.
pub struct Peer(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let known = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>();
        Ok(Peer(known.map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip())))
    }
}
