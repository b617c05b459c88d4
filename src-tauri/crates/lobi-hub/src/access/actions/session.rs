//! Signing in and out, seeing and ending one's own sessions.

use std::net::IpAddr;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use lobi_core::access::{Member, Permission, Reach};
use lobi_core::time::Timestamp;

use crate::access::credentials::{LONGEST_NAME, LONGEST_PASSWORD};
use crate::access::events::{SignedIn, SignedOut};
use crate::access::store::sessions::{self as store, Session};
use crate::access::store::{keys, staff};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::secrets;

/// Somebody who has just signed in.
pub struct Began {
    /// The token; only its digest is kept.
    pub token: String,
    /// Who signed in.
    pub member: Member,
}

/// What somebody signs in with.
pub struct Credentials {
    /// Sign-in name.
    pub username: String,
    /// Password.
    pub password: String,
    /// The address, as it is counted.
    pub from: IpAddr,
    /// What the browser or program calls itself, at most 200 letters.
    pub agent: String,
}

/// Signs somebody in.
///
/// # Errors
/// Wrong name or password (both take the same time), too many tries; a database error.
pub async fn log_in(hub: &Arc<Hub>, caller: Caller, with: Credentials) -> Result<Began> {
    let Credentials { username, password, from, agent } = with;
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
    let account = hub.db.read(move |sql| staff::account(sql, &name)).await?;
    let (id, hash) = account.unzip();
    let right = hub.hashing.matches(password, hash, place).await?;
    let Some(id) = id.filter(|_| right) else { return Err(Code::InvalidCredentials.into()) };
    hub.passing.guesses().right(&username, from);
    let token = secrets::token();
    let digest = secrets::digest(&token);
    let now = caller.now;
    let session = Session {
        token_hash: digest,
        created_at: now,
        used_at: now,
        expires_at: now.plus_minutes(hub.config.access.session_minutes),
        agent,
        address: from.to_string(),
    };
    let idle = hub.config.access.idle_minutes;
    let username = hub
        .act(caller, move |act| {
            let member = staff::member(act.sql(), id)?.ok_or(Code::InvalidCredentials)?;
            store::insert_session(act.sql(), id, &session, idle)?;
            act.tell(&SignedIn { username: member.username.clone() }, [])?;
            Ok(member.username)
        })
        .await?;
    let member = hub.db.read(move |sql| staff::member(sql, id)).await?;
    let member = member.filter(|member| member.username == username).ok_or(Code::InvalidCredentials)?;
    hub.limits.note_token(digest, Some(id), now);
    Ok(Began { token, member })
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

/// Somebody's sessions, last used first.
///
/// # Errors
/// A database error.
pub async fn own_sessions(hub: &Hub, staff: i64) -> Result<Vec<Session>> {
    let now = hub.now();
    Ok(hub.db.read(move |sql| store::sessions_of(sql, staff, now)).await?)
}

/// What a session is called where its owner sees it: nobody can make a token of it.
pub fn session_id(token_hash: &[u8; 32]) -> String {
    HEXLOWER.encode(&token_hash[..8])
}

/// Ends one of the caller's own sessions; its live connections notice at once.
///
/// # Errors
/// There is none of that id; a database error.
pub async fn end_session(hub: &Arc<Hub>, caller: Caller, member: Member, id: String) -> Result<()> {
    let ended = hub
        .act(caller, move |act| {
            act.must(Permission::OwnSession, Reach::Site)?;
            let sessions = store::sessions_of(act.sql(), member.id, act.now())?;
            let found = sessions.into_iter().find(|session| session_id(&session.token_hash) == id);
            let digest = found.ok_or(Code::SessionNotFound)?.token_hash;
            store::delete_session(act.sql(), &digest)?;
            act.tell(&SignedOut { username: member.username.clone() }, [])?;
            Ok(digest.to_vec())
        })
        .await?;
    if let Ok(digest) = ended.try_into() {
        hub.limits.note_token(digest, None, hub.now());
    }
    Ok(())
}

/// Ends somebody's sessions, all but `but`, inside an action; their live connections notice at once.
///
/// # Errors
/// A database error.
pub(super) fn end_all(act: &mut Act<'_, '_>, member: &Member, but: Option<&[u8; 32]>) -> Result<()> {
    if store::delete_sessions_of(act.sql(), member.id, but)? > 0 {
        act.tell(&SignedOut { username: member.username.clone() }, [])?;
    }
    Ok(())
}

/// Writes down which sessions and keys were used lately, and forgets sessions that ended.
///
/// # Errors
/// A database error.
pub fn keep_house(act: &Act<'_, '_>, used: &[([u8; 32], Timestamp)], idle: i64) -> Result<()> {
    for (digest, at) in used {
        store::use_session(act.sql(), digest, *at, idle)?;
        keys::use_key(act.sql(), digest, *at)?;
    }
    Ok(store::delete_ended(act.sql(), act.now())?)
}
