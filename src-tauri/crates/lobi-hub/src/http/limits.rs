//! Asks the hub's budgets before a request is looked at: who sends it, what kind it is, which ticket it is about.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams, Request};
use axum::http::Method;
use axum::http::request::Parts;

use super::auth::bearer;
use super::{ApiError, App, proxy};
use crate::error::{Code, Refusal};
use crate::limits::{Class, Who, household};
use crate::secrets;

/// Lets a request through within the budget of its class: reading or writing where the route names none.
///
/// # Errors
/// The budget is spent.
pub async fn within(class: Option<Class>, request: Request) -> Result<Request, ApiError> {
    let hub = request.extensions().get::<App>().cloned().ok_or(Code::Internal)?;
    if !hub.limits.on() {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let class = class.unwrap_or_else(|| usual(&parts.method));
    let who = spend(&hub, class, &mut parts).await?;
    parts.extensions.insert(Asker(who));
    Ok(Request::from_parts(parts, body))
}

fn usual(method: &Method) -> Class {
    if method.is_safe() { Class::Read } else { Class::Write }
}

async fn spend(hub: &App, class: Class, parts: &mut Parts) -> Result<Who, Refusal> {
    let who = who(hub, parts).await?;
    hub.limits.take(class, who, hub.now())?;
    if class.counts_tickets()
        && let Ok(named) = RawPathParams::from_request_parts(parts, &()).await
        && let Some((_, code)) = named.iter().find(|(name, _)| *name == "code")
    {
        hub.limits.take_about(class, &secrets::normal_code(code), hub.now())?;
    }
    Ok(who)
}

/// Who sends it. A token that was good lately is its account, without asking the database; an unknown one is looked up, as
/// often as its address may ask that.
async fn who(hub: &App, parts: &Parts) -> Result<Who, Refusal> {
    let address = Who::Address(household(peer(parts)));
    let Some(token) = bearer(&parts.headers) else { return Ok(address) };
    let (digest, now, whose) = (secrets::digest(token), hub.now(), hub.hooks.whose);
    let known = hub.limits.account_of(&digest, now);
    if let Some((account, true)) = known {
        return Ok(Who::Account(account));
    }
    if known.is_none() {
        hub.limits.take(Class::Token, address, now)?;
    }
    let account = match hub.db.read(move |sql| whose(sql, &digest, now)).await {
        Ok(member) => member.map(|member| member.id),
        // A database that cannot be asked at the moment says nothing about the token; the guard tells what is wrong.
        Err(_) => return Ok(known.map_or(address, |(account, _)| Who::Account(account))),
    };
    hub.limits.note_token(digest, account, now);
    Ok(account.map_or(address, Who::Account))
}

fn peer(parts: &Parts) -> IpAddr {
    let known = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    proxy::asker(known.map(|info| info.0), &parts.headers)
}

/// Who asks, for what only the handler knows about a request.
#[derive(Clone, Copy)]
pub struct Asker(Who);

impl Asker {
    /// Goes on within the budget of this class.
    ///
    /// # Errors
    /// The refusal that says how long to wait.
    pub fn may(self, hub: &App, class: Class) -> Result<(), Refusal> {
        hub.limits.take(class, self.0, hub.now())
    }
}

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let counted = parts.extensions.get::<Asker>().copied();
        Ok(counted.unwrap_or_else(|| Asker(Who::Address(household(peer(parts))))))
    }
}
