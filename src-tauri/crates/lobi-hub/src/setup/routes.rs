//! `/api/setup`: whether the site waits to be set up, and doing it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::access::{Member, Role};
use lobi_core::password;
use lobi_core::people::Name;
use lobi_core::site::Site;
use lobi_core::time::Zone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::{self, KindChange, NewSite};
use super::template::Facility;
use crate::access::actions::{LONGEST_PASSWORD, needs_first_admin};
use crate::act::Caller;
use crate::error::Code;
use crate::fields::{Fields, one_line};
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};

/// Whether the site waits to be set up.
#[derive(Serialize, ToSchema)]
pub struct SetupState {
    /// Nobody is there yet: the first who answers becomes admin.
    needed: bool,
}

/// Whether the site waits to be set up.
#[utoipa::path(get, path = "/api/setup", tag = "site", responses((status = 200, body = SetupState)))]
pub async fn setup_state(State(hub): State<App>) -> Answer<SetupState> {
    Ok(Json(SetupState { needed: needs_first_admin(&hub).await? }))
}

/// What a new site needs to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The facility's name, 1–100 characters.
    #[schema(example = "Puskesmas Antang")]
    nama: String,
    /// Its town, may be empty.
    kota: String,
    /// Its time zone.
    zona: Zone,
    /// What kind of facility it is: gives it services and counters to begin with.
    jenis: Facility,
    /// The admin's own name.
    admin_nama: String,
    /// The admin's sign-in name: small letters, digits, `.`, `-`, `_`.
    admin_username: String,
    /// The admin's password, 8 characters or more.
    admin_password: String,
}

/// Set a new site up: its name, its services and counters, its admin. Works once.
#[utoipa::path(post, path = "/api/setup", tag = "site", request_body = SetUp,
    responses((status = 201, body = SetupState)))]
pub async fn set_up(
    State(hub): State<App>,
    Body { value: input, .. }: Body<SetUp>,
) -> Result<(StatusCode, Json<SetupState>), ApiError> {
    // A site that is set up has nothing to say about what somebody else would call it.
    if !needs_first_admin(&hub).await? {
        return Err(Code::AlreadySetUp.into());
    }
    let mut fields = Fields::default();
    fields.check(Name::parse(&input.nama).is_ok(), "nama", "nama");
    fields.check(input.kota.chars().count() <= 100, "kota", "nama");
    fields.check(Name::parse(&input.admin_nama).is_ok(), "admin_nama", "nama");
    let username = input.admin_username.trim().to_lowercase();
    let plain = username.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    fields.check((1..=40).contains(&username.len()) && plain, "admin_username", "username");
    if let Err(weak) = password::check(&input.admin_password, &username) {
        fields.check(false, "admin_password", weak.key());
    }
    fields.check(input.admin_password.len() <= LONGEST_PASSWORD, "admin_password", "too_long");
    fields.done()?;
    let site = Site {
        name: one_line(&input.nama),
        city: one_line(&input.kota),
        zone: input.zona,
        ..Site::default()
    };
    let new = NewSite { site, template: input.jenis.template() };
    let (name, roles) = (one_line(&input.admin_nama), vec![Role::Admin]);
    let admin = Member { id: 0, username, name, roles, services: Vec::new() };
    actions::set_up(&hub, Caller::system(hub.now()), new, admin, input.admin_password).await?;
    Ok((StatusCode::CREATED, Json(SetupState { needed: false })))
}

/// What would become of the site if it were of that kind: said before it is done.
#[utoipa::path(get, path = "/api/setup/kind/{jenis}", tag = "site", params(("jenis" = Facility, Path)),
    responses((status = 200, body = KindChange)))]
pub async fn look_at_kind(State(hub): State<App>, Path(kind): Path<Facility>) -> Answer<KindChange> {
    Ok(Json(actions::look_at_kind(&hub, kind).await?))
}

/// The site's kind after all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeKind {
    /// What kind of facility it is.
    jenis: Facility,
}

/// Make the site one of another kind: its services open, others close; numbers that were given are still called.
#[utoipa::path(post, path = "/api/setup/kind", tag = "site", request_body = ChangeKind,
    responses((status = 200, body = KindChange)))]
pub async fn change_kind(
    State(hub): State<App>,
    intent: Intent,
    body: Body<ChangeKind>,
) -> Answer<KindChange> {
    let caller = intent.caller(&body.raw);
    Ok(Json(actions::change_kind(&hub, caller, body.value.jenis).await?))
}
