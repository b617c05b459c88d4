//! Passwords: one's own is changed, a colleague gets a new one to begin with.

use std::net::IpAddr;
use std::sync::Arc;

use lobi_core::access::{Member, Permission, Reach};

use super::session::end_all;
use crate::access::events::StaffChanged;
use crate::access::store::staff as store;
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;

/// Changes the caller's own password; the other sessions of the account end, that of `session` goes on.
///
/// # Errors
/// The old password is wrong, or was guessed too often; a database error.
pub async fn change_own(
    hub: &Arc<Hub>,
    caller: Caller,
    member: Member,
    session: [u8; 32],
    (old, new): (String, String),
    from: IpAddr,
) -> Result<()> {
    let place = hub.hashing.place(from, hub.passing.guesses().guessed(from))?;
    hub.passing.guesses().begin(&member.username, from, caller.now).map_err(|seconds| {
        Refusal::from(Code::TooManyAttempts).with("detik", seconds).retry_after(seconds)
    })?;
    let id = member.id;
    let hash = hub.db.read(move |sql| store::password_hash(sql, id)).await?;
    if !hub.hashing.matches(old, hash, place).await? {
        return Err(Refusal::invalid([("lama", "password_old")]).into());
    }
    hub.passing.guesses().right(&member.username, from);
    let hash = hub.hashing.hash(new).await?;
    hub.act(caller, move |act| {
        act.must(Permission::OwnSession, Reach::Site)?;
        set(act, &member, &hash, false)?;
        end_all(act, &member, Some(&session))
    })
    .await
}

/// Gives a colleague a password to begin with: it has to be changed at the first sign-in, and every session ends.
///
/// # Errors
/// No right, no such account; a database error.
pub async fn give(hub: &Arc<Hub>, caller: Caller, id: i64, password: String) -> Result<()> {
    let hash = hub.hashing.hash(password).await?;
    hub.act(caller, move |act| {
        act.must(Permission::ManageStaff, Reach::Site)?;
        let member = store::by_id(act.sql(), id)?.ok_or(Code::UserNotFound)?.member;
        set(act, &member, &hash, true)?;
        end_all(act, &member, None)
    })
    .await
}

fn set(act: &mut Act<'_, '_>, member: &Member, hash: &str, must_change: bool) -> Result<()> {
    store::save_password(act.sql(), member.id, hash, must_change)?;
    act.audit("staff.password", &format!("staff:{}", member.id), None::<&()>, None::<&()>)?;
    act.tell(&StaffChanged { username: member.username.clone() }, [])
}
