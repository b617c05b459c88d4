//! Keys for other programs: given, shown once, taken back.

use std::sync::Arc;

use lobi_core::access::{ApiKey, Permission, Reach};
use lobi_core::time::Timestamp;
use serde_json::json;

use crate::access::events::KeysChanged;
use crate::access::store::keys::{self as store, KnownKey};
use crate::act::Caller;
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::secrets;

/// What no key may do: what belongs to a person, and what would let a key make itself greater.
pub const NEVER: [Permission; 3] = [Permission::OwnSession, Permission::ManageStaff, Permission::ManageKeys];

/// All keys, newest first.
///
/// # Errors
/// A database error.
pub async fn all(hub: &Hub) -> Result<Vec<KnownKey>> {
    Ok(hub.db.read(store::all).await?)
}

/// Gives a key with these rights. Tells its id and the key itself, which is kept nowhere.
///
/// # Errors
/// No right, no rights to give or one of [`NEVER`]; a database error.
pub async fn give(
    hub: &Arc<Hub>,
    caller: Caller,
    name: String,
    permissions: Vec<Permission>,
    expires_at: Option<Timestamp>,
) -> Result<(i64, String)> {
    let secret = format!("lobi_{}", secrets::token());
    let digest = secrets::digest(&secret);
    let id = hub
        .act(caller, move |act| {
            act.must(Permission::ManageKeys, Reach::Site)?;
            if permissions.is_empty() || permissions.iter().any(|permission| NEVER.contains(permission)) {
                return Err(Refusal::invalid([("scopes", "scopes")]).into());
            }
            let key = ApiKey { id: 0, name, permissions };
            let known = KnownKey { key, created_at: act.now(), expires_at, used_at: None };
            let id = store::insert(act.sql(), &known, &digest)?;
            act.audit("key.give", &format!("key:{id}"), None::<&()>, Some(&facts(&known)))?;
            act.tell(&KeysChanged { nama: known.key.name }, [])?;
            Ok(id)
        })
        .await?;
    Ok((id, secret))
}

/// Takes a key back: from now on it opens nothing.
///
/// # Errors
/// No right, no such key; a database error.
pub async fn take_back(hub: &Arc<Hub>, caller: Caller, id: i64) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageKeys, Reach::Site)?;
        let known = store::by_id(act.sql(), id)?.ok_or(Code::KeyNotFound)?;
        store::delete(act.sql(), id)?;
        act.audit("key.take_back", &format!("key:{id}"), Some(&facts(&known)), None::<&()>)?;
        act.tell(&KeysChanged { nama: known.key.name }, [])
    })
    .await
}

fn facts(known: &KnownKey) -> serde_json::Value {
    json!({
        "name": known.key.name, "permissions": known.key.permissions, "expires_at": known.expires_at.map(|at| at.0),
    })
}
