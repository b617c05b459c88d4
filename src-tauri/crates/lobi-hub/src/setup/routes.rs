//! `/api/setup`: whether the site waits to be set up, and doing it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::access::{Member, Role};
use lobi_core::people::Name;
use lobi_core::site::Site;
use lobi_core::time::Zone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::{self, KindChange, NewSite};
use super::code;
use super::template::Facility;
use crate::access::actions::staff::needs_first_admin;
use crate::access::credentials::{password_sentence, sign_in_name};
use crate::act::Caller;
use crate::error::Code;
use crate::fields::{Fields, one_line};
use crate::http::auth::{Intent, Peer};
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};
use crate::limits::household;

/// Whether the site waits to be set up.
#[derive(Serialize, ToSchema)]
pub struct SetupState {
    /// Nobody is there yet: who answers becomes admin.
    needed: bool,
    /// Whether that needs the code that the hub shows on its own screen and in its log.
    needs_code: bool,
    /// That code, told to the hub's own machine only.
    #[schema(required)]
    kode: Option<String>,
}

/// Whether the site waits to be set up.
#[utoipa::path(get, path = "/api/setup", tag = "site", responses((status = 200, body = SetupState)))]
pub async fn setup_state(State(hub): State<App>, Peer(from): Peer) -> Answer<SetupState> {
    let needed = needs_first_admin(&hub).await?;
    let here = code::is_here(from);
    let kode = (needed && here).then(|| code::present(&hub, hub.now()));
    Ok(Json(SetupState { needed, needs_code: needed && !here, kode }))
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
    /// The six digits that the hub shows on its own screen and in its log; its own machine needs none.
    #[schema(example = "482913")]
    kode: Option<String>,
}

/// Set a new site up: its name, its services and counters, its admin. Works once.
#[utoipa::path(post, path = "/api/setup", tag = "site", request_body = SetUp,
    responses((status = 201, body = SetupState)))]
pub async fn set_up(
    State(hub): State<App>,
    Peer(from): Peer,
    Body { value: input, .. }: Body<SetUp>,
) -> Result<(StatusCode, Json<SetupState>), ApiError> {
    // A site that is set up has nothing to say about what somebody else would call it.
    if !needs_first_admin(&hub).await? {
        return Err(Code::AlreadySetUp.into());
    }
    code::check(&hub, input.kode.as_deref(), household(from), hub.now())?;
    let mut fields = Fields::default();
    fields.check(Name::parse(&input.nama).is_ok(), "nama", "nama");
    fields.check(input.kota.chars().count() <= 100, "kota", "nama");
    fields.check(Name::parse(&input.admin_nama).is_ok(), "admin_nama", "nama");
    let username = sign_in_name(&mut fields, "admin_username", &input.admin_username);
    password_sentence(&mut fields, "admin_password", &input.admin_password, &username);
    fields.done()?;
    let site = Site {
        name: one_line(&input.nama),
        city: one_line(&input.kota),
        zone: input.zona,
        ..Site::default()
    };
    let new = NewSite { site, template: input.jenis.template() };
    let (name, roles) = (one_line(&input.admin_nama), vec![Role::Admin]);
    let admin = Member { id: 0, username, name, roles, services: Vec::new(), must_change: false };
    actions::set_up(&hub, Caller::system(hub.now()), new, admin, input.admin_password).await?;
    code::used(&hub);
    Ok((StatusCode::CREATED, Json(SetupState { needed: false, needs_code: false, kode: None })))
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
