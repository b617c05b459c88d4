//! `/api/login`, `/api/logout`, `/api/me`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::staff::{Role, permissions};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StaffMember, actions};
use crate::http::auth::{Peer, SignedIn};
use crate::http::body::Body;
use crate::http::{ApiError, App};
use crate::queue::wire::Poli;

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
    responses((status = 200, body = LoggedIn), ApiError))]
pub async fn log_in(
    State(hub): State<App>,
    Peer(from): Peer,
    Body { value: LogIn { username, password }, .. }: Body<LogIn>,
) -> Result<Json<LoggedIn>, ApiError> {
    let session = actions::log_in(&hub, username, password, from, hub.clock.now()).await?;
    let Me { user, permissions } = me_of(&hub, session.member);
    Ok(Json(LoggedIn { token: session.token, user, permissions }))
}

/// Sign out: the token is worthless from now on.
#[utoipa::path(post, path = "/api/logout", tag = "staff", security(("bearer" = [])),
    responses((status = 204, description = "Signed out"), ApiError))]
pub async fn log_out(State(hub): State<App>, signed_in: SignedIn) -> Result<StatusCode, ApiError> {
    actions::log_out(&hub, &signed_in.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in with this token.
#[utoipa::path(get, path = "/api/me", tag = "staff", security(("bearer" = [])),
    responses((status = 200, body = Me), ApiError))]
pub async fn me(State(hub): State<App>, signed_in: SignedIn) -> Json<Me> {
    Json(me_of(&hub, signed_in.member))
}

fn me_of(hub: &App, member: StaffMember) -> Me {
    let board = hub.board();
    let poli = member.services.iter().filter_map(|id| board.service(*id)).map(Poli::from).collect();
    let permissions = permissions(&member.roles);
    let StaffMember { id, name, username, roles, .. } = member;
    Me { user: User { id, name, username, roles, poli }, permissions }
}
