//! Colleagues are added, changed, switched off. History keeps them: an account is never deleted.

use std::sync::Arc;

use lobi_core::access::{Member, Permission, Reach, Role};
use lobi_core::queue::ServiceId;
use serde_json::json;

use super::session::end_all;
use crate::access::events::{StaffAdded, StaffChanged};
use crate::access::store::staff::{self as store, Account};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::secrets;

/// An account that was added.
pub struct Added {
    /// Its row id.
    pub id: i64,
    /// Whether this very call added it, and not one before it under the same key.
    pub first: bool,
}

/// Adds an account with this password; the member's id is ignored.
///
/// # Errors
/// No right, the name is taken; a database error.
pub async fn add_staff(hub: &Arc<Hub>, caller: Caller, member: Member, password: String) -> Result<Added> {
    let hash = hub.hashing.hash(password).await?;
    let this = secrets::id();
    let call = this.clone();
    let (id, by) = hub.act(caller, move |act| Ok((add(act, &member, &hash)?, call))).await?;
    Ok(Added { id, first: by == this })
}

/// Adds an account inside an action. Tells its id.
///
/// # Errors
/// As [`add_staff`].
pub fn add(act: &mut Act<'_, '_>, member: &Member, password_hash: &str) -> Result<i64> {
    act.must(Permission::ManageStaff, Reach::Site)?;
    if store::name_taken(act.sql(), &member.username, 0)? {
        return Err(Refusal::from(Code::UsernameTaken).about("username", "taken").into());
    }
    let id = store::insert(act.sql(), member, password_hash)?;
    act.audit("staff.add", &format!("staff:{id}"), None::<&()>, Some(&facts(member, true)))?;
    act.tell(&StaffAdded { username: member.username.clone() }, [])?;
    Ok(id)
}

/// What is to change about an account; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct StaffChange {
    /// Sign-in name.
    pub username: Option<String>,
    /// Name shown to colleagues.
    pub name: Option<String>,
    /// Roles.
    pub roles: Option<Vec<Role>>,
    /// Own services.
    pub services: Option<Vec<ServiceId>>,
    /// Whether it may sign in.
    pub active: Option<bool>,
}

/// Changes an account. Whose rights change, or who is switched off, is signed out everywhere at once.
///
/// # Errors
/// No right, no such account, the name is taken, nobody would be left to manage the site; a database error.
pub async fn change_staff(hub: &Arc<Hub>, caller: Caller, id: i64, change: StaffChange) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageStaff, Reach::Site)?;
        let before = store::by_id(act.sql(), id)?.ok_or(Code::UserNotFound)?;
        let known = before.member.clone();
        let member = Member {
            username: change.username.unwrap_or(known.username),
            name: change.name.unwrap_or(known.name),
            roles: change.roles.unwrap_or(known.roles),
            services: change.services.unwrap_or(known.services),
            ..known
        };
        let after = Account { active: change.active.unwrap_or(before.active), member };
        if store::name_taken(act.sql(), &after.member.username, id)? {
            return Err(Refusal::from(Code::UsernameTaken).about("username", "taken").into());
        }
        store::save(act.sql(), &after)?;
        if store::admins(act.sql())? == 0 {
            return Err(Code::LastAdmin.into());
        }
        let (was, is) = (facts(&before.member, before.active), facts(&after.member, after.active));
        act.audit("staff.change", &format!("staff:{id}"), Some(&was), Some(&is))?;
        if rights(&before) != rights(&after) {
            end_all(act, &before.member, None)?;
        }
        act.tell(&StaffChanged { username: after.member.username }, [])
    })
    .await
}

/// What decides what somebody may do, in an order of its own.
fn rights(Account { member, active }: &Account) -> (bool, Vec<Role>, Vec<ServiceId>) {
    let (mut roles, mut services) = (member.roles.clone(), member.services.clone());
    roles.sort_unstable();
    services.sort_unstable();
    (*active, roles, services)
}

fn facts(member: &Member, active: bool) -> serde_json::Value {
    json!({
        "username": member.username, "name": member.name, "roles": member.roles, "services": member.services,
        "active": active,
    })
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
