//! Another program that is told, and what it is told.

use lobi_core::time::Timestamp;
use lobi_core::webhooks::DeliveryState as State;
use serde::{Deserialize, Serialize};

/// Another program that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Row id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Where it is told.
    pub url: String,
    /// Whether it may stand on the own network.
    pub lan: bool,
    /// The kinds of events that it is told of.
    pub events: Vec<String>,
    /// Signs what is told.
    pub secret: String,
    /// A header that is sent along, with what it says.
    pub header: Option<(String, String)>,
    /// Whether it is told anything.
    pub active: bool,
    /// The last event that was looked at.
    pub seq: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when nothing arrives.
    pub failing_since: Option<Timestamp>,
}

/// What is to be told, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Row id.
    pub id: i64,
    /// Whom.
    pub webhook: i64,
    /// The event; nothing: a test.
    pub seq: Option<i64>,
    /// Its kind.
    pub kind: String,
    /// When it happened.
    pub at: Timestamp,
    /// How it stands.
    pub state: State,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// What was answered.
    pub status: Option<u16>,
    /// Why the last try failed.
    pub fault: Option<String>,
    /// How long it took, in milliseconds.
    pub millis: Option<i64>,
}

impl Delivery {
    /// One that nobody tried yet, due when it happened.
    pub fn of(webhook: i64, seq: Option<i64>, kind: &str, at: Timestamp) -> Self {
        Delivery {
            id: 0,
            webhook,
            seq,
            kind: kind.to_owned(),
            at,
            state: State::Due,
            tries: 0,
            due_at: at,
            tried_at: None,
            status: None,
            fault: None,
            millis: None,
        }
    }
}
