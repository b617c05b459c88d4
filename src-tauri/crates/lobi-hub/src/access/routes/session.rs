//! `/api/login`, `/api/logout`, `/api/me`, `/api/sessions`, `/api/auth/change-password`: what everybody does about their own
//! account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use lobi_core::access::{Actor, Member, Role, permissions};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::actions::password::change_own;
use crate::access::actions::session::{self, Credentials, session_id};
use crate::access::credentials::{LONGEST_PASSWORD, password_sentence};
use crate::act::Caller;
use crate::fields::Fields;
use crate::http::auth::{Intent, Peer, SignedIn};
use crate::http::body::{Body, Path};
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

impl User {
    /// Somebody as the hub knows them.
    pub fn of(hub: &App, member: &Member) -> Self {
        let memory = hub.memory();
        let services = member.services.iter().filter_map(|id| memory.queue.service(*id));
        User {
            id: member.id,
            name: member.name.clone(),
            username: member.username.clone(),
            roles: member.roles.clone(),
            poli: services.map(Poli::from).collect(),
        }
    }
}

/// A session.
#[derive(Serialize, ToSchema)]
pub struct LoggedIn {
    /// Send it as `Authorization: Bearer <token>`; it ends after 16 hours, or after 4 without use.
    token: String,
    user: User,
    /// What the user may do; `*` is everything.
    permissions: Vec<&'static str>,
    /// The password was given by somebody else: until it is changed, everything else is answered 403
    /// `PASSWORD_CHANGE_REQUIRED`.
    must_change_password: bool,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub struct Me {
    user: User,
    /// What the user may do; `*` is everything.
    permissions: Vec<&'static str>,
    /// As in the answer of signing in.
    must_change_password: bool,
}

/// Sign in. Wrong names and wrong passwords take the same time.
#[utoipa::path(post, path = "/api/login", tag = "staff", request_body = LogIn,
    responses((status = 200, body = LoggedIn)))]
pub async fn log_in(
    State(hub): State<App>,
    Peer(from): Peer,
    headers: HeaderMap,
    Body { value: LogIn { username, password }, .. }: Body<LogIn>,
) -> Answer<LoggedIn> {
    // Without an idempotency key: a token is given once and kept nowhere.
    let caller = Caller { actor: Actor::Public, now: hub.now(), once: None };
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agent = lobi_core::text::readable(agent).chars().take(200).collect();
    let with = Credentials { username, password, from: household(from), agent };
    let session = session::log_in(&hub, caller, with).await?;
    let Me { user, permissions, must_change_password } = me_of(&hub, &session.member);
    Ok(Json(LoggedIn { token: session.token, user, permissions, must_change_password }))
}

/// Sign out: the token is worthless from now on.
#[utoipa::path(post, path = "/api/logout", tag = "staff",
    responses((status = 204, description = "Signed out")))]
pub async fn log_out(
    State(hub): State<App>,
    signed_in: SignedIn,
    intent: Intent,
) -> Result<StatusCode, ApiError> {
    session::log_out(&hub, intent.caller(&[]), &signed_in.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in with this token.
#[utoipa::path(get, path = "/api/me", tag = "staff",
    responses((status = 200, body = Me)))]
pub async fn me(State(hub): State<App>, signed_in: SignedIn) -> Json<Me> {
    Json(me_of(&hub, &signed_in.member))
}

fn me_of(hub: &App, member: &Member) -> Me {
    let permissions = permissions(&member.roles);
    Me { user: User::of(hub, member), permissions, must_change_password: member.must_change }
}

/// One of one's own sessions.
#[derive(Serialize, ToSchema)]
pub struct OwnSession {
    /// What it is called here.
    id: String,
    /// When it began.
    #[schema(example = "2026-11-20T07:42:00+08:00")]
    mulai: String,
    /// When it was last used, to within half a minute.
    terakhir: String,
    /// When it ends whatever happens.
    berakhir: String,
    /// What the browser or program calls itself.
    perangkat: String,
    /// Where it was begun.
    alamat: String,
    /// Whether it is the one that asks.
    ini: bool,
}

/// One's own sessions.
#[derive(Serialize, ToSchema)]
pub struct OwnSessions {
    /// Last used first.
    sessions: Vec<OwnSession>,
}

/// Your own sessions, wherever you are signed in.
#[utoipa::path(get, path = "/api/sessions", tag = "staff", responses((status = 200, body = OwnSessions)))]
pub async fn sessions(State(hub): State<App>, signed_in: SignedIn) -> Answer<OwnSessions> {
    let zone = hub.site().zone;
    let this = crate::secrets::digest(&signed_in.token);
    let sessions =
        session::own_sessions(&hub, signed_in.member.id).await?.into_iter().map(|session| OwnSession {
            id: session_id(&session.token_hash),
            mulai: session.created_at.rfc3339(zone),
            terakhir: session.used_at.max(session.created_at).rfc3339(zone),
            berakhir: session.expires_at.rfc3339(zone),
            perangkat: session.agent,
            alamat: session.address,
            ini: session.token_hash == this,
        });
    Ok(Json(OwnSessions { sessions: sessions.collect() }))
}

/// End one of your sessions: signed out there at once.
#[utoipa::path(delete, path = "/api/sessions/{id}", tag = "staff", params(("id" = String, Path, description = "Session id")),
    responses((status = 204, description = "Ended")))]
pub async fn end_session(
    State(hub): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    intent: Intent,
) -> Result<StatusCode, ApiError> {
    session::end_session(&hub, intent.caller(&[]), signed_in.member, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The old and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    lama: String,
    baru: String,
}

/// Change your own password; your other sessions end.
#[utoipa::path(put, path = "/api/auth/change-password", tag = "staff", request_body = ChangePassword,
    responses((status = 204, description = "Changed")))]
pub async fn change_password(
    State(hub): State<App>,
    Peer(from): Peer,
    signed_in: SignedIn,
    Body { value: ChangePassword { lama, baru }, .. }: Body<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    let SignedIn { member, token } = signed_in;
    let mut fields = Fields::default();
    fields.check(!lama.is_empty() && lama.len() <= LONGEST_PASSWORD, "lama", "password_old");
    password_sentence(&mut fields, "baru", &baru, &member.username);
    fields.check(lama != baru, "baru", "password_same");
    fields.done()?;
    // Without an idempotency key: not even a digest of a password is kept beside its hash.
    let caller = Caller { actor: Actor::Staff(member.clone()), now: hub.now(), once: None };
    let session = crate::secrets::digest(&token);
    change_own(&hub, caller, member, session, (lama, baru), household(from)).await?;
    Ok(StatusCode::NO_CONTENT)
}
