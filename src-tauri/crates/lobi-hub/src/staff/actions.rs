//! Signing in and out, adding colleagues.

use std::net::IpAddr;
use std::sync::Arc;

use lobi_core::time::Timestamp;
use sha2::{Digest, Sha256};

use super::{StaffMember, passwords, store};
use crate::error::{Refusal, Result};
use crate::hub::{Caller, Hub};
use crate::queue::store as queue;
use crate::secrets;

/// A session ends after a long shift, whatever happens.
const SESSION_MINUTES: i64 = 16 * 60;

/// Longer names and passwords, in bytes, are not even looked up.
const LONGEST_NAME: usize = 64;
const LONGEST_PASSWORD: usize = 256;

/// A new session.
pub struct Session {
    /// The token; only its hash is kept.
    pub token: String,
    /// Who signed in.
    pub member: StaffMember,
}

/// Signs somebody in.
///
/// # Errors
/// Wrong name or password (both take the same time), too many tries; a database error.
pub async fn log_in(
    hub: &Arc<Hub>,
    username: String,
    password: String,
    from: IpAddr,
    now: Timestamp,
) -> Result<Session> {
    // Nobody has such a name or password; what is this long is only meant to fill memory.
    if username.len() > LONGEST_NAME || password.len() > LONGEST_PASSWORD {
        return Err(Refusal::InvalidCredentials.into());
    }
    let place = hub.guard.place(from)?;
    hub.guard.check(&username, from, now)?;
    let name = username.clone();
    let account = hub.db.read(move |sql| store::account(sql, &name)).await?;
    let (id, hash) = account.unzip();
    let right = passwords::matches(password, hash, place).await?;
    hub.guard.tried(&username, from, right, now);
    let Some(id) = id.filter(|_| right) else { return Err(Refusal::InvalidCredentials.into()) };
    let token = secrets::token();
    let hash = hashed(&token);
    let member = hub
        .db
        .write(move |tx| {
            let member = store::member(tx.sql(), id)?.ok_or(Refusal::InvalidCredentials)?;
            store::insert_session(tx.sql(), &hash, id, now, now.plus_minutes(SESSION_MINUTES))?;
            Ok::<_, crate::error::Error>(member)
        })
        .await?;
    Ok(Session { token, member })
}

/// Who carries this token.
///
/// # Errors
/// [`Refusal::Unauthenticated`]; a database error.
pub async fn whose(hub: &Hub, token: &str, now: Timestamp) -> Result<StaffMember> {
    let hash = hashed(token);
    let member = hub.db.read(move |sql| store::session(sql, &hash, now)).await?;
    member.ok_or_else(|| Refusal::Unauthenticated.into())
}

/// Ends the session of this token; ending it twice is fine.
///
/// # Errors
/// A database error.
pub async fn log_out(hub: &Hub, token: &str) -> Result<()> {
    let hash = hashed(token);
    Ok(hub.db.write(move |tx| store::delete_session(tx.sql(), &hash)).await?)
}

/// A colleague to add.
pub struct NewStaff {
    /// The account; its id is ignored, its services are given by slug below.
    pub member: StaffMember,
    /// The services by slug.
    pub serves: Vec<String>,
    /// The first password.
    pub password: String,
}

/// Adds an account.
///
/// # Errors
/// No such service; a database error, also when the username is taken.
pub async fn add_staff(hub: &Arc<Hub>, caller: Caller, new: NewStaff) -> Result<i64> {
    let hash = passwords::hash(new.password).await?;
    let mut member = new.member;
    hub.act(caller, move |tx, _, _| {
        for slug in new.serves {
            let service = queue::service(tx.sql(), &slug)?.ok_or(Refusal::ServiceNotFound(slug))?;
            member.services.push(service.id);
        }
        Ok(store::insert(tx.sql(), &member, &hash)?)
    })
    .await
}

/// Adds the admin of a new site; the only account that needs nobody's permission.
///
/// # Errors
/// The site has staff already; a database error.
pub async fn add_first_admin(hub: &Arc<Hub>, caller: Caller, new: NewStaff) -> Result<i64> {
    let hash = passwords::hash(new.password).await?;
    hub.act(caller, move |tx, _, _| {
        if store::is_anybody_there(tx.sql())? {
            return Err(Refusal::AlreadySetUp.into());
        }
        Ok(store::insert(tx.sql(), &new.member, &hash)?)
    })
    .await
}

/// Whether the site still waits for its first admin.
///
/// # Errors
/// A database error.
pub async fn needs_first_admin(hub: &Hub) -> Result<bool> {
    let anybody: bool = hub.db.read(store::is_anybody_there).await?;
    Ok(!anybody)
}

fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
