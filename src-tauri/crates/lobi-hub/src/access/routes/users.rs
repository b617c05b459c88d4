//! `/api/users`: the colleagues (seed 4 §5). Deleting one switches the account off: history stays.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::access::{Member, Role};
use lobi_core::people::Name;
use lobi_core::queue::ServiceId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::session::User;
use crate::access::actions::password::give;
use crate::access::actions::staff::{Added, StaffChange, add_staff, change_staff};
use crate::access::credentials::{first_password, password_sentence, sign_in_name};
use crate::access::store::staff::{self, Account};
use crate::act::Caller;
use crate::error::{Code, Refusal};
use crate::fields::{Fields, one_line};
use crate::http::auth::{By, Intent};
use crate::http::body::{Body, OptionalBody, Path, Query};
use crate::http::{Answer, ApiError, App, paging};

/// A colleague as an admin sees them.
#[derive(Serialize, ToSchema)]
pub struct UserView {
    #[serde(flatten)]
    user: User,
    /// Whether they may sign in.
    active: bool,
    /// Their password was given by somebody else and not changed yet.
    must_change_password: bool,
}

impl UserView {
    fn of(hub: &App, Account { member, active }: &Account) -> Self {
        UserView { user: User::of(hub, member), active: *active, must_change_password: member.must_change }
    }
}

/// A page of the colleagues.
#[derive(Serialize, ToSchema)]
pub struct Users {
    /// By name; those who were switched off last.
    users: Vec<UserView>,
    /// This page, from 1.
    page: usize,
    /// Colleagues per page.
    per_page: usize,
    /// Colleagues in all.
    total: usize,
    /// The address of the next page, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// Which colleagues to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Only those whose name or sign-in name contains this.
    cari: Option<String>,
    /// Only those with this role.
    role: Option<Role>,
    /// Only those who may (`true`) or may not (`false`) sign in.
    active: Option<bool>,
    /// From 1.
    #[param(minimum = 1)]
    page: Option<usize>,
    /// 1–1000, 200 unless told.
    #[param(minimum = 1, maximum = 1000)]
    per_page: Option<usize>,
}

/// One colleague, and the password they begin with where the hub made it: shown this once.
#[derive(Serialize, ToSchema)]
pub struct UserAnswer {
    user: UserView,
    /// To be changed at the first sign-in; nothing where it was given with the request.
    #[schema(required)]
    password: Option<String>,
}

/// The colleagues.
#[utoipa::path(get, path = "/api/users", tag = "staff", params(UsersQuery), responses((status = 200, body = Users)))]
pub async fn users(
    State(hub): State<App>,
    here: paging::Here,
    Query(query): Query<UsersQuery>,
) -> Answer<Users> {
    let paging = paging::Paging::of(query.page, query.per_page)?;
    let mut accounts = hub.db.read(staff::all).await?;
    if let Some(text) = query.cari.as_deref().map(|text| text.trim().to_lowercase()) {
        accounts.retain(|account| {
            account.member.name.to_lowercase().contains(&text)
                || account.member.username.to_lowercase().contains(&text)
        });
    }
    accounts.retain(|account| {
        query.role.is_none_or(|role| account.member.roles.contains(&role))
            && query.active.is_none_or(|active| account.active == active)
    });
    let (total, next) = (accounts.len(), here.next(paging, accounts.len()));
    let users = paging.page_of(&accounts).map(|account| UserView::of(&hub, account)).collect();
    Ok(Json(Users { users, page: paging.page, per_page: paging.per_page, total, next }))
}

/// A new colleague.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddUser {
    /// Sign-in name: small letters, digits, `.`, `-`, `_`.
    #[schema(example = "rina")]
    username: String,
    /// Name shown to colleagues.
    name: String,
    /// What they do; several are possible.
    roles: Vec<Role>,
    /// Own services, by slug.
    #[serde(default)]
    poli: Vec<String>,
    /// The password they begin with; left out, the hub makes one and tells it once.
    #[serde(skip_serializing)]
    password: Option<String>,
}

/// Add a colleague. The password has to be changed at the first sign-in. A repeated key gets the first answer without the
/// password, which is kept nowhere.
#[utoipa::path(post, path = "/api/users", tag = "staff", request_body = AddUser,
    responses((status = 201, body = UserAnswer)))]
pub async fn add_user(
    State(hub): State<App>,
    intent: Intent,
    Body { value: input, .. }: Body<AddUser>,
) -> Result<(StatusCode, Json<UserAnswer>), ApiError> {
    // What the key stands for is kept, and a password leaves no trace beside its hash.
    let caller = intent.caller(&serde_json::to_vec(&input).unwrap_or_default());
    let mut fields = Fields::default();
    let username = sign_in_name(&mut fields, "username", &input.username);
    fields.check(Name::parse(&input.name).is_ok(), "name", "nama");
    let services = services(&hub, &mut fields, &input.poli);
    if let Some(given) = &input.password {
        password_sentence(&mut fields, "password", given, &username);
    }
    fields.done()?;
    let (name, made) = (one_line(&input.name), input.password.is_none().then(first_password));
    let member = Member { id: 0, username, name, roles: input.roles, services, must_change: true };
    let password = input.password.or_else(|| made.clone()).unwrap_or_default();
    let Added { id, first } = add_staff(&hub, caller, member, password).await?;
    let password = made.filter(|_| first);
    Ok((StatusCode::CREATED, Json(UserAnswer { user: view(&hub, id).await?, password })))
}

/// What is to change about a colleague; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeUser {
    /// Sign-in name.
    username: Option<String>,
    /// Name shown to colleagues.
    name: Option<String>,
    /// What they do.
    roles: Option<Vec<Role>>,
    /// Own services, by slug.
    poli: Option<Vec<String>>,
    /// Whether they may sign in.
    active: Option<bool>,
}

/// Change a colleague. Whose rights change is signed out everywhere at once.
#[utoipa::path(put, path = "/api/users/{id}", tag = "staff", params(("id" = i64, Path, description = "User id")),
    request_body = ChangeUser, responses((status = 200, body = UserAnswer)))]
pub async fn change_user(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
    body: Body<ChangeUser>,
) -> Answer<UserAnswer> {
    let caller = intent.caller(&body.raw);
    let input = body.value;
    let mut fields = Fields::default();
    if let Some(name) = &input.name {
        fields.check(Name::parse(name).is_ok(), "name", "nama");
    }
    let change = StaffChange {
        username: input.username.map(|username| sign_in_name(&mut fields, "username", &username)),
        name: input.name.map(|name| one_line(&name)),
        roles: input.roles,
        services: input.poli.map(|poli| services(&hub, &mut fields, &poli)),
        active: input.active,
    };
    fields.done()?;
    change_staff(&hub, caller, id, change).await?;
    Ok(Json(UserAnswer { user: view(&hub, id).await?, password: None }))
}

/// Switch a colleague's account off: signed out at once, everything they did stays. `PUT` with `active` brings them back.
#[utoipa::path(delete, path = "/api/users/{id}", tag = "staff", params(("id" = i64, Path, description = "User id")),
    responses((status = 200, body = UserAnswer)))]
pub async fn switch_off_user(
    State(hub): State<App>,
    Path(id): Path<i64>,
    intent: Intent,
) -> Answer<UserAnswer> {
    let change = StaffChange { active: Some(false), ..StaffChange::default() };
    change_staff(&hub, intent.caller(&[]), id, change).await?;
    Ok(Json(UserAnswer { user: view(&hub, id).await?, password: None }))
}

/// The password that a colleague begins with again.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivePassword {
    /// Left out, the hub makes one and tells it once.
    password: Option<String>,
}

/// Give a colleague a new password: it has to be changed at the next sign-in, and every session ends.
#[utoipa::path(post, path = "/api/users/{id}/password", tag = "staff", params(("id" = i64, Path, description = "User id")),
    request_body = Option<GivePassword>, responses((status = 200, body = UserAnswer)))]
pub async fn give_password(
    State(hub): State<App>,
    Path(id): Path<i64>,
    By(actor): By,
    OptionalBody(Body { value: input, .. }): OptionalBody<GivePassword>,
) -> Answer<UserAnswer> {
    let account = hub.db.read(move |sql| staff::by_id(sql, id)).await?.ok_or(Code::UserNotFound)?;
    let mut fields = Fields::default();
    if let Some(given) = &input.password {
        password_sentence(&mut fields, "password", given, &account.member.username);
    }
    fields.done()?;
    let made = input.password.is_none().then(first_password);
    let caller = Caller { actor, now: hub.now(), once: None };
    give(&hub, caller, id, input.password.or_else(|| made.clone()).unwrap_or_default()).await?;
    Ok(Json(UserAnswer { user: view(&hub, id).await?, password: made }))
}

async fn view(hub: &App, id: i64) -> Result<UserView, ApiError> {
    let account = hub.db.read(move |sql| staff::by_id(sql, id)).await?;
    Ok(UserView::of(hub, &account.ok_or_else(|| Refusal::from(Code::UserNotFound))?))
}

fn services(hub: &App, fields: &mut Fields, slugs: &[String]) -> Vec<ServiceId> {
    let memory = hub.memory();
    let found: Vec<ServiceId> = slugs
        .iter()
        .filter_map(|slug| memory.queue.service_by_slug(slug))
        .map(|service| service.id)
        .collect();
    fields.check(found.len() == slugs.len(), "poli", "poli");
    found
}
