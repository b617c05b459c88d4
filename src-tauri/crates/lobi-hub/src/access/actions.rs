//! Signing in and out, adding colleagues.

use std::net::IpAddr;
use std::sync::Arc;

use lobi_core::access::{Member, Permission, Reach};
use serde_json::json;

use super::events::{SignedIn, SignedOut, StaffAdded};
use super::store;
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::secrets;

/// Longer names and passwords, in bytes, are not even looked up.
pub const LONGEST_NAME: usize = 64;
/// As [`LONGEST_NAME`].
pub const LONGEST_PASSWORD: usize = 256;

/// A new session.
pub struct Session {
    /// The token; only its digest is kept.
    pub token: String,
    /// Who signed in.
    pub member: Member,
}

/// Signs somebody in.
///
/// # Errors
/// Wrong name or password (both take the same time), too many tries; a database error.
pub async fn log_in(
    hub: &Arc<Hub>,
    caller: Caller,
    username: String,
    password: String,
    from: IpAddr,
) -> Result<Session> {
    // Nobody has such a name or password; what is this long is only meant to fill memory.
    if username.len() > LONGEST_NAME || password.len() > LONGEST_PASSWORD {
        return Err(Code::InvalidCredentials.into());
    }
    let suspect = hub.passing.guesses().guessed(from);
    let place = hub.hashing.place(from, suspect)?;
    hub.passing.guesses().begin(&username, from, caller.now).map_err(|seconds| {
        Refusal::from(Code::TooManyAttempts).with("detik", seconds).retry_after(seconds)
    })?;
    let name = username.clone();
    let account = hub.db.read(move |sql| store::account(sql, &name)).await?;
    let (id, hash) = account.unzip();
    let right = hub.hashing.matches(password, hash, place).await?;
    let Some(id) = id.filter(|_| right) else { return Err(Code::InvalidCredentials.into()) };
    hub.passing.guesses().right(&username, from);
    let token = secrets::token();
    let digest = secrets::digest(&token);
    let known = (caller.now, digest);
    let expires = caller.now.plus_minutes(hub.config.access.session_minutes);
    let username = hub
        .act(caller, move |act| {
            let member = store::member(act.sql(), id)?.ok_or(Code::InvalidCredentials)?;
            store::insert_session(act.sql(), &digest, id, act.now(), expires)?;
            act.tell(&SignedIn { username: member.username.clone() }, [])?;
            Ok(member.username)
        })
        .await?;
    let member = hub.db.read(move |sql| store::member(sql, id)).await?;
    let member = member.filter(|member| member.username == username).ok_or(Code::InvalidCredentials)?;
    hub.limits.note_token(known.1, Some(id), known.0);
    Ok(Session { token, member })
}

/// Ends the session of this token; ending it twice is fine.
///
/// # Errors
/// A database error.
pub async fn log_out(hub: &Arc<Hub>, caller: Caller, token: &str) -> Result<()> {
    let digest = secrets::digest(token);
    hub.limits.note_token(digest, None, caller.now);
    hub.act(caller, move |act| {
        let whose = store::session(act.sql(), &digest, act.now())?;
        store::delete_session(act.sql(), &digest)?;
        match whose {
            Some(member) => act.tell(&SignedOut { username: member.username }, []),
            None => Ok(()),
        }
    })
    .await
}

/// Adds an account with this password; the member's id is ignored. Tells its id.
///
/// # Errors
/// No right, the name is taken; a database error.
pub async fn add_staff(hub: &Arc<Hub>, caller: Caller, member: Member, password: String) -> Result<i64> {
    let hash = hub.hashing.hash(password).await?;
    hub.act(caller, move |act| add(act, &member, &hash)).await
}

/// Adds an account inside an action.
///
/// # Errors
/// As [`add_staff`].
pub fn add(act: &mut Act<'_, '_>, member: &Member, password_hash: &str) -> Result<i64> {
    act.must(Permission::ManageStaff, Reach::Site)?;
    if store::account(act.sql(), &member.username)?.is_some() {
        return Err(Code::UsernameTaken.into());
    }
    let id = store::insert(act.sql(), member, password_hash)?;
    let after = json!({
        "username": member.username, "name": member.name, "roles": member.roles, "services": member.services,
    });
    act.audit("staff.add", &format!("staff:{id}"), None::<&()>, Some(&after))?;
    act.tell(&StaffAdded { username: member.username.clone() }, [])?;
    Ok(id)
}

/// Whether the site still waits for its first account, inside an action.
///
/// # Errors
/// A database error.
pub fn nobody_yet(act: &Act<'_, '_>) -> Result<bool> {
    Ok(!store::is_anybody_there(act.sql())?)
}

/// Whether the site still waits for its first admin.
///
/// # Errors
/// A database error.
pub async fn needs_first_admin(hub: &Hub) -> Result<bool> {
    Ok(!hub.db.read(store::is_anybody_there).await?)
}

/// Forgets sessions that ended.
///
/// # Errors
/// A database error.
pub fn forget_ended(act: &Act<'_, '_>) -> Result<()> {
    Ok(store::delete_ended(act.sql(), act.now())?)
}
