//! `/api/api-keys`: keys with which other programs use the API (`X-API-KEY`).

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::access::{Permission, Scope};
use lobi_core::people::Name;
use lobi_core::time::Zone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::actions::keys::{self, NEVER};
use crate::access::store::keys::KnownKey;
use crate::act::Caller;
use crate::fields::{Fields, one_line};
use crate::http::auth::{By, Intent};
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};

/// The longest that a key may live, in days.
const LONGEST_DAYS: i64 = 3_660;

/// A key, without the key.
#[derive(Serialize, ToSchema)]
pub struct ApiKeyView {
    id: i64,
    /// What it was given for.
    nama: String,
    /// What it may do.
    scopes: Vec<Permission>,
    /// When it was given.
    dibuat: String,
    /// When it ends; nothing: never.
    #[schema(required)]
    berakhir: Option<String>,
    /// When it was last used, to within half a minute.
    #[schema(required)]
    terakhir: Option<String>,
}

impl ApiKeyView {
    fn of(known: KnownKey, zone: Zone) -> Self {
        ApiKeyView {
            id: known.key.id,
            nama: known.key.name,
            scopes: known.key.permissions,
            dibuat: known.created_at.rfc3339(zone),
            berakhir: known.expires_at.map(|at| at.rfc3339(zone)),
            terakhir: known.used_at.map(|at| at.rfc3339(zone)),
        }
    }
}

/// Every key.
#[derive(Serialize, ToSchema)]
pub struct ApiKeys {
    /// Newest first.
    keys: Vec<ApiKeyView>,
    /// What a key may be allowed to do.
    scopes: Vec<Permission>,
}

/// A key that has just been given: shown this once.
#[derive(Serialize, ToSchema)]
pub struct NewApiKey {
    id: i64,
    /// Send it as `X-API-KEY`.
    key: String,
}

/// The keys.
#[utoipa::path(get, path = "/api/api-keys", tag = "staff", responses((status = 200, body = ApiKeys)))]
pub async fn api_keys(State(hub): State<App>) -> Answer<ApiKeys> {
    let zone = hub.site().zone;
    let keys = keys::all(&hub).await?.into_iter().map(|known| ApiKeyView::of(known, zone)).collect();
    let scopes = Permission::ALL.into_iter().filter(|permission| !NEVER.contains(permission)).collect();
    Ok(Json(ApiKeys { keys, scopes }))
}

/// A right, or several that belong together: `queue:read`, `queue:write`, `patients:read`.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(untagged)]
enum Wanted {
    /// One right.
    Right(Permission),
    /// Rights that belong together.
    Scope(Scope),
}

impl Wanted {
    fn permissions(&self) -> &[Permission] {
        match self {
            Wanted::Right(permission) => std::slice::from_ref(permission),
            Wanted::Scope(scope) => scope.permissions(),
        }
    }
}

/// What a new key is for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveApiKey {
    /// What it is given for: "Bot WhatsApp".
    nama: String,
    /// What it may do, in every service: single rights, or those that belong together.
    scopes: Vec<Wanted>,
    /// After how many days it ends; left out: never.
    #[schema(minimum = 1, maximum = 3660)]
    hari: Option<i64>,
}

/// Give another program a key. It is shown once; the hub keeps only a digest.
#[utoipa::path(post, path = "/api/api-keys", tag = "staff", request_body = GiveApiKey,
    responses((status = 201, body = NewApiKey)))]
pub async fn give_api_key(
    State(hub): State<App>,
    By(actor): By,
    Body { value: input, .. }: Body<GiveApiKey>,
) -> Result<(StatusCode, Json<NewApiKey>), ApiError> {
    let mut fields = Fields::default();
    fields.check(Name::parse(&input.nama).is_ok(), "nama", "nama");
    fields.check(input.hari.is_none_or(|days| (1..=LONGEST_DAYS).contains(&days)), "hari", "key_days");
    fields.done()?;
    let now = hub.now();
    let expires_at = input.hari.map(|days| now.plus_minutes(days * 24 * 60));
    let caller = Caller { actor, now, once: None };
    // Each right once, in the order of their list.
    let wanted: BTreeSet<Permission> = input.scopes.iter().flat_map(Wanted::permissions).copied().collect();
    let permissions = wanted.into_iter().collect();
    let (id, key) = keys::give(&hub, caller, one_line(&input.nama), permissions, expires_at).await?;
    Ok((StatusCode::CREATED, Json(NewApiKey { id, key })))
}

/// Take a key back: from now on it opens nothing.
#[utoipa::path(delete, path = "/api/api-keys/{id}", tag = "staff", params(("id" = i64, Path, description = "Key id")),
    responses((status = 204, description = "Taken back")))]
pub async fn take_api_key_back(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
) -> Result<StatusCode, ApiError> {
    keys::take_back(&hub, intent.caller(&[]), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
