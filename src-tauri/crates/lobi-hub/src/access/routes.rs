//! `/api/login`, `/api/logout`, `/api/me`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::access::{Actor, Member, Role, permissions};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions;
use crate::act::Caller;
use crate::http::auth::{Intent, Peer, SignedIn};
use crate::http::body::Body;
use crate::http::{Answer, ApiError, App};
use crate::limits::household;
use crate::wire::Poli;

/// Sign-in name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    #[schema(example = "rina")]
    username: String,
    password: String,
}

/// Somebody of the staff.
#[derive(Serialize, ToSchema)]
pub struct User {
    id: i64,
    name: String,
    username: String,
    roles: Vec<Role>,
    /// Own services.
    poli: Vec<Poli>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub struct LoggedIn {
    /// Send it as `Authorization: Bearer <token>`; it ends after 16 hours.
    token: String,
    user: User,
    /// What the user may do; `*` is everything.
    permissions: Vec<&'static str>,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub struct Me {
    user: User,
    /// What the user may do; `*` is everything.
    permissions: Vec<&'static str>,
}

/// Sign in. Wrong names and wrong passwords take the same time.
#[utoipa::path(post, path = "/api/login", tag = "staff", request_body = LogIn,
    responses((status = 200, body = LoggedIn)))]
pub async fn log_in(
    State(hub): State<App>,
    Peer(from): Peer,
    Body { value: LogIn { username, password }, .. }: Body<LogIn>,
) -> Answer<LoggedIn> {
    // Without an idempotency key: a token is given once and kept nowhere.
    let caller = Caller { actor: Actor::Public, now: hub.now(), once: None };
    let session = actions::log_in(&hub, caller, username, password, household(from)).await?;
    let Me { user, permissions } = me_of(&hub, session.member);
    Ok(Json(LoggedIn { token: session.token, user, permissions }))
}

/// Sign out: the token is worthless from now on.
#[utoipa::path(post, path = "/api/logout", tag = "staff",
    responses((status = 204, description = "Signed out")))]
pub async fn log_out(
    State(hub): State<App>,
    signed_in: SignedIn,
    intent: Intent,
) -> Result<StatusCode, ApiError> {
    actions::log_out(&hub, intent.caller(&[]), &signed_in.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in with this token.
#[utoipa::path(get, path = "/api/me", tag = "staff",
    responses((status = 200, body = Me)))]
pub async fn me(State(hub): State<App>, signed_in: SignedIn) -> Json<Me> {
    Json(me_of(&hub, signed_in.member))
}

fn me_of(hub: &App, member: Member) -> Me {
    let memory = hub.memory();
    let poli = member.services.iter().filter_map(|id| memory.queue.service(*id)).map(Poli::from).collect();
    let permissions = permissions(&member.roles);
    let Member { id, name, username, roles, .. } = member;
    Me { user: User { id, name, username, roles, poli }, permissions }
}
