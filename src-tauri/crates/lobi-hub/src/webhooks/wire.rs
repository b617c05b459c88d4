//! What goes over the wire about other programs that are told, and what they are told.

use lobi_core::time::Zone;
use lobi_core::webhooks::DeliveryState;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::record::{Delivery, Webhook};

/// What another program is told: the event as the live feed tells it, with the id by which a second telling is recognised.
#[derive(Debug, Serialize)]
pub struct Message {
    /// Site, epoch and number of the event.
    pub id: String,
    /// The event's number; left out of a test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// When it happened, RFC 3339.
    pub at: String,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it says.
    pub data: Box<RawValue>,
}

/// A header that is sent along.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendHeader {
    /// Its name.
    #[schema(example = "x-api-key")]
    pub nama: String,
    /// What it says; left out: as before.
    pub nilai: Option<String>,
}

/// What another program is told, and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWebhook {
    /// What it is called.
    #[schema(example = "N8N")]
    pub nama: String,
    /// Where it is told: `https`, or `http` on the own network where `jaringan_lokal` says so.
    #[schema(example = "https://n8n.klinik.id/webhook/antrean")]
    pub url: String,
    /// Whether it may stand on the own network.
    #[serde(default)]
    pub jaringan_lokal: bool,
    /// The kinds of events that it is told of.
    #[schema(example = json!(["QueueCalled"]))]
    pub events: Vec<String>,
    /// A header that is sent along.
    pub header: Option<SendHeader>,
    /// Whether it is told anything; left out: yes.
    pub aktif: Option<bool>,
}

/// Another program that is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookView {
    id: i64,
    /// What it is called.
    nama: String,
    /// Where it is told.
    url: String,
    /// Whether it may stand on the own network.
    jaringan_lokal: bool,
    /// The kinds of events that it is told of.
    events: Vec<String>,
    /// The name of the header that is sent along; what it says is not shown.
    #[schema(required)]
    header: Option<String>,
    /// Whether it is told anything.
    aktif: bool,
    /// When it was made.
    dibuat: String,
    /// Since when nothing arrives; nothing: it does, or nothing was told yet.
    #[schema(required)]
    gagal_sejak: Option<String>,
    /// How much waits to be told.
    menunggu: u32,
}

impl WebhookView {
    /// One as an admin sees it.
    pub fn of(hook: Webhook, waiting: u32, zone: Zone) -> Self {
        WebhookView {
            id: hook.id,
            nama: hook.name,
            url: hook.url,
            jaringan_lokal: hook.lan,
            events: hook.events,
            header: hook.header.map(|(name, _)| name),
            aktif: hook.active,
            dibuat: hook.created_at.rfc3339(zone),
            gagal_sejak: hook.failing_since.map(|at| at.rfc3339(zone)),
            menunggu: waiting,
        }
    }
}

/// Every other program that is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhooks {
    /// In the order in which they were made.
    pub webhooks: Vec<WebhookView>,
    /// What they can be told of.
    pub events: Vec<&'static str>,
}

/// One that has just been made: its secret is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewWebhook {
    /// Row id.
    pub id: i64,
    /// Signs what is told (Standard Webhooks, `v1`).
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
}

/// How many are told again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resent {
    /// So many wait to be told now.
    pub jumlah: usize,
}

/// One telling and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    id: i64,
    /// The event's kind; `Test` for a test.
    #[serde(rename = "type")]
    kind: String,
    /// The event's number; nothing for a test.
    #[schema(required)]
    seq: Option<i64>,
    /// When it happened.
    at: String,
    /// `due`, `done` or `given_up`.
    status: DeliveryState,
    /// How often it was tried.
    percobaan: u32,
    /// When it was last tried.
    #[schema(required)]
    dicoba: Option<String>,
    /// When it is tried next.
    #[schema(required)]
    lagi: Option<String>,
    /// What the other program answered.
    #[schema(required)]
    http: Option<u16>,
    /// Why the last try failed: `unknown_host`, `refused_address`, `unreachable`, `tls`, `slow`, `redirect`, `status`,
    /// `switched_off`, `gone`.
    #[schema(required)]
    sebab: Option<String>,
    /// How long the last try took, in milliseconds.
    #[schema(required)]
    lama: Option<i64>,
}

impl DeliveryView {
    /// One as an admin sees it.
    pub fn of(delivery: Delivery, zone: Zone) -> Self {
        let waits = delivery.state == DeliveryState::Due;
        DeliveryView {
            id: delivery.id,
            kind: delivery.kind,
            seq: delivery.seq,
            at: delivery.at.rfc3339(zone),
            status: delivery.state,
            percobaan: delivery.tries,
            dicoba: delivery.tried_at.map(|at| at.rfc3339(zone)),
            lagi: waits.then(|| delivery.due_at.rfc3339(zone)),
            http: delivery.status,
            sebab: delivery.fault,
            lama: delivery.millis,
        }
    }
}

/// What was told, one page of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deliveries {
    /// Newest first.
    pub deliveries: Vec<DeliveryView>,
    /// Which page.
    pub page: usize,
    /// Rows per page.
    pub per_page: usize,
    /// How many there are.
    pub total: usize,
    /// The address of the next page.
    #[schema(required)]
    pub next: Option<String>,
}

/// How a test went.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookTested {
    /// What came of it.
    pub delivery: DeliveryView,
    /// The beginning of what the other program said against it; empty where it agreed or said nothing.
    pub jawaban: String,
}
