//! Adding another program that is told, changing it, giving it another secret, removing it.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue};
use lobi_core::access::{Permission, Reach};
use serde_json::json;

use crate::act::{Act, Caller};
use crate::db::events;
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::webhooks::record::Webhook;
use crate::webhooks::{address, due, signature, store};

/// How many a site may have: each costs a request for every event.
const MOST: usize = 50;
/// The longest value of a header in bytes.
const LONGEST_HEADER: usize = 1_000;
/// Headers that a request has already, or that say who signed it.
const RESERVED: [&str; 9] = [
    "connection",
    "content-length",
    "content-type",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// What another program is told, and where, as it is to be.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What it is called.
    pub name: String,
    /// Where it is told.
    pub url: String,
    /// Whether it may stand on the own network.
    pub lan: bool,
    /// The kinds of events.
    pub events: Vec<String>,
    /// A header that is sent along; no value: the one that is kept.
    pub header: Option<(String, Option<String>)>,
    /// Whether it is told anything.
    pub active: bool,
}

/// Adds one, or changes the one with that id. Tells its id, and the secret of a new one.
///
/// # Errors
/// No right, no such program, too many, an address or header that cannot be, an event that is not told outside; a database error.
pub async fn set(
    hub: &Arc<Hub>,
    caller: Caller,
    id: Option<i64>,
    wish: Wish,
) -> Result<(i64, Option<String>)> {
    let (own, outward) = (hub.listening(), hub.hooks.outward);
    hub.act(caller, move |act| {
        act.must(Permission::ManageKeys, Reach::Site)?;
        let before = id.map(|id| known(act, id)).transpose()?;
        if before.is_none() && store::all(act.sql())?.len() >= MOST {
            return Err(Refusal::invalid([("nama", "too_many")]).into());
        }
        let Wish { name, url, lan, mut events, header, active } = wish;
        let url = address::checked(&url, lan, own).map_err(|wrong| Refusal::invalid([("url", wrong)]))?;
        events.sort_unstable();
        events.dedup();
        if events.is_empty() || events.iter().any(|kind| !outward.contains(&&**kind)) {
            return Err(Refusal::invalid([("events", "webhook_events")]).into());
        }
        let kept = before.as_ref().and_then(|before| before.header.clone());
        let header = header.map(|(name, value)| checked_header(&name, value, kept)).transpose()?;
        let last = events::last_seq(act.sql())?;
        let mut after = Webhook {
            id: id.unwrap_or(0),
            name,
            url: url.to_string(),
            lan,
            events,
            secret: before.as_ref().map_or_else(signature::secret, |before| before.secret.clone()),
            header,
            active,
            // Whoever is switched on hears of what happens from then on.
            seq: before.as_ref().filter(|before| before.active).map_or(last, |before| before.seq),
            created_at: before.as_ref().map_or(act.now(), |before| before.created_at),
            failing_since: before.as_ref().filter(|_| active).and_then(|before| before.failing_since),
        };
        after.id = store::save(act.sql(), &after)?;
        if !active {
            store::give_up_due(act.sql(), after.id, "switched_off")?;
        }
        act.audit(
            "webhook.set",
            &subject(after.id),
            before.as_ref().map(facts).as_ref(),
            Some(&facts(&after)),
        )?;
        Ok((after.id, before.is_none().then_some(after.secret)))
    })
    .await
}

/// Gives one another secret, and tells it; what is told from now on is signed with it.
///
/// # Errors
/// No right, no such program; a database error.
pub async fn renew_secret(hub: &Arc<Hub>, caller: Caller, id: i64) -> Result<String> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageKeys, Reach::Site)?;
        let renewed = Webhook { secret: signature::secret(), ..known(act, id)? };
        store::save(act.sql(), &renewed)?;
        act.audit("webhook.secret", &subject(id), None::<&()>, None::<&()>)?;
        Ok(renewed.secret)
    })
    .await
}

/// Removes one: nothing is told to it any more, and what became of what was told is forgotten.
///
/// # Errors
/// No right, no such program; a database error.
pub async fn remove(hub: &Arc<Hub>, caller: Caller, id: i64) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageKeys, Reach::Site)?;
        let before = known(act, id)?;
        store::remove(act.sql(), id)?;
        act.audit("webhook.remove", &subject(id), Some(&facts(&before)), None::<&()>)
    })
    .await
}

/// Tells everything at once that waits or was given up. Tells how much that is.
///
/// # Errors
/// No right, no such program; a database error.
pub async fn resend(hub: &Arc<Hub>, caller: Caller, id: i64) -> Result<usize> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageKeys, Reach::Site)?;
        known(act, id)?;
        let count = store::hasten(act.sql(), id, act.now())?;
        act.hasten(due::TELL, &id.to_string())?;
        due::tell_soon(act, id)?;
        act.audit("webhook.resend", &subject(id), None::<&()>, Some(&json!({ "count": count })))?;
        Ok(count)
    })
    .await
}

pub(super) fn known(act: &Act<'_, '_>, id: i64) -> Result<Webhook> {
    Ok(store::by_id(act.sql(), id)?.ok_or(Code::WebhookNotFound)?)
}

/// A header that may be sent along; no value: the one that is kept under that name.
fn checked_header(
    name: &str,
    value: Option<String>,
    kept: Option<(String, String)>,
) -> Result<(String, String), Refusal> {
    let wrong = |field| Refusal::invalid([(field, "webhook_header")]);
    let name = HeaderName::try_from(name.trim()).map_err(|_| wrong("header"))?;
    if RESERVED.contains(&name.as_str()) || name.as_str().starts_with("webhook-") {
        return Err(wrong("header"));
    }
    let value = match value {
        Some(value) => value.trim().to_owned(),
        None => {
            kept.filter(|(kept, _)| *kept == name.as_str()).map(|(_, value)| value).ok_or(wrong("nilai"))?
        }
    };
    if value.is_empty() || value.len() > LONGEST_HEADER || HeaderValue::from_str(&value).is_err() {
        return Err(wrong("nilai"));
    }
    Ok((name.as_str().to_owned(), value))
}

fn subject(id: i64) -> String {
    format!("webhook:{id}")
}

/// What the record keeps: neither secrets nor what a header says.
fn facts(hook: &Webhook) -> serde_json::Value {
    json!({
        "name": hook.name, "url": hook.url, "lan": hook.lan, "events": hook.events, "active": hook.active,
        "header": hook.header.as_ref().map(|(name, _)| name),
    })
}
