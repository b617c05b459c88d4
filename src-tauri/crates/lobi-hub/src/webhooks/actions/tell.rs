//! Telling another program one thing, and noting what came of it.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use axum::http::{Request, Uri, header};
use http_body_util::Full;
use lobi_core::access::{Permission, Reach};
use lobi_core::time::Timestamp;
use lobi_core::webhooks::{DeliveryState as State, next_try};
use serde_json::json;
use serde_json::value::RawValue;

use super::manage::known;
use crate::act::Caller;
use crate::db::events;
use crate::error::{Code, Result};
use crate::fields::one_line;
use crate::hub::Hub;
use crate::outgoing;
use crate::secrets;
use crate::texts::text;
use crate::webhooks::record::{Delivery, Webhook};
use crate::webhooks::wire::Message;
use crate::webhooks::{signature, store};

/// The kind of a test.
pub const TEST: &str = "Test";

/// How one try went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What was answered, if anything was.
    pub status: Option<u16>,
    /// Why it failed: a word that the screens have a sentence for. Nothing: it arrived.
    pub fault: Option<String>,
    /// The beginning of what was said against it.
    pub said: String,
    /// How long it took, in milliseconds.
    pub millis: i64,
}

impl Tried {
    /// Whether the other program was not even there.
    pub fn nobody_there(&self) -> bool {
        self.status.is_none()
    }
}

/// Tells what is due, and notes what came of it.
///
/// # Errors
/// A database error.
pub async fn tell(hub: &Arc<Hub>, hook: &Webhook, delivery: Delivery) -> Result<Tried> {
    let seq = delivery.seq.unwrap_or_default();
    let event = hub.db.read(move |sql| events::by_seq(sql, seq)).await?;
    let tried = match event {
        Some(event) => {
            let site = hub.site();
            let message = Message {
                id: format!("{}-{}-{seq}", site.id, site.epoch),
                seq: Some(seq),
                at: event.at.rfc3339(site.zone),
                kind: event.kind,
                data: RawValue::from_string(event.data).unwrap_or_default(),
            };
            send(hub, hook, &message).await
        }
        // Events are kept for ever; a file made by hand may say anything.
        None => Tried { status: None, fault: Some("gone".into()), said: String::new(), millis: 0 },
    };
    let outcome = tried.clone();
    hub.act(Caller::system(hub.now()), move |act| {
        let after = noted(delivery, &outcome, act.now());
        let failed = after.fault.is_some().then_some(act.now());
        store::failing(act.sql(), after.webhook, failed)?;
        Ok(store::save_try(act.sql(), &after)?)
    })
    .await?;
    Ok(tried)
}

/// Tells another program that this is a test, at once and once. Tells how it went.
///
/// # Errors
/// No right, no such program; a database error.
pub async fn test(hub: &Arc<Hub>, caller: Caller, id: i64) -> Result<(Delivery, String)> {
    if !caller.actor.may(Permission::ManageKeys, Reach::Site) {
        return Err(Code::Forbidden.into());
    }
    let hook = hub.db.read(move |sql| store::by_id(sql, id)).await?.ok_or(Code::WebhookNotFound)?;
    let (site, now) = (hub.site(), hub.now());
    let words = json!({ "pesan": text("webhook", "test", &[("nama", &site.name)]) });
    let message = Message {
        id: format!("{}-{}-{}", site.id, TEST.to_lowercase(), secrets::id()),
        seq: None,
        at: now.rfc3339(site.zone),
        kind: TEST.into(),
        data: RawValue::from_string(words.to_string()).unwrap_or_default(),
    };
    let tried = send(hub, &hook, &message).await;
    let said = tried.said.clone();
    let noted = hub
        .act(caller, move |act| {
            // It may have been removed meanwhile.
            known(act, id)?;
            let mut once = noted(Delivery::of(id, None, TEST, now), &tried, act.now());
            if once.fault.is_some() {
                once.state = State::GivenUp;
            }
            once.id = store::insert_delivery(act.sql(), &once)?;
            Ok(once)
        })
        .await?;
    Ok((noted, said))
}

/// A telling after a try: done, due again later, or given up.
fn noted(mut delivery: Delivery, tried: &Tried, now: Timestamp) -> Delivery {
    delivery.tries += 1;
    delivery.tried_at = Some(now);
    delivery.status = tried.status;
    delivery.fault.clone_from(&tried.fault);
    delivery.millis = Some(tried.millis);
    match (&tried.fault, next_try(delivery.at, now, delivery.tries)) {
        (None, _) => delivery.state = State::Done,
        (Some(_), Some(due_at)) => delivery.due_at = due_at,
        (Some(_), None) => delivery.state = State::GivenUp,
    }
    delivery
}

/// How many characters of what was said against it are kept.
const SAID: usize = 300;

async fn send(hub: &Arc<Hub>, hook: &Webhook, message: &Message) -> Tried {
    let began = Instant::now();
    let answered = match request(hook, message, hub.now()) {
        Some(request) => hub.outgoing.ask(request, hook.lan).await,
        None => Err(outgoing::Fault::UnknownHost),
    };
    let millis = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    match answered {
        Ok(answer) if (200..300).contains(&answer.status) => {
            Tried { status: Some(answer.status), fault: None, said: String::new(), millis }
        }
        Ok(answer) => {
            let fault = if (300..400).contains(&answer.status) { "redirect" } else { "status" };
            let said = one_line(&answer.text).chars().take(SAID).collect();
            Tried { status: Some(answer.status), fault: Some(fault.into()), said, millis }
        }
        Err(fault) => Tried { status: None, fault: Some(fault.to_string()), said: String::new(), millis },
    }
}

/// The message as it goes over the wire; nothing where the address is none any more.
fn request(hook: &Webhook, message: &Message, now: Timestamp) -> Option<Request<Full<Bytes>>> {
    let uri: Uri = hook.url.parse().ok()?;
    let body = serde_json::to_vec(message).ok()?;
    let mut request = Request::post(uri)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, concat!("Lobi/", env!("CARGO_PKG_VERSION")));
    for (name, value) in signature::headers(&hook.secret, &message.id, now, &body) {
        request = request.header(name, value);
    }
    if let Some((name, value)) = &hook.header {
        request = request.header(name, value);
    }
    request.body(Full::new(body.into())).ok()
}
