//! What goes over the wire: each event is written as text once and shared by all its listeners.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use lobi_core::time::{Timestamp, Zone};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::db::Event;

/// An event ready to be sent.
#[derive(Debug)]
pub struct LiveEvent {
    /// Its number; nothing for what is not kept, such as presence.
    pub seq: Option<i64>,
    /// Its text per channel. The first that a listener follows is the one it gets.
    frames: Vec<(String, Utf8Bytes)>,
    /// Whether every queue channel hears it, whatever its name: a new day, new facts about the site,
    /// an announcement to everybody.
    everywhere: bool,
}

/// A message from the hub.
#[derive(Serialize)]
pub struct Frame<'a, T> {
    /// The event's number; of a snapshot: the last event it contains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// When, RFC 3339.
    pub at: String,
    /// The channel it came through.
    pub channel: &'a str,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// What it says.
    pub data: T,
}

impl<T: Serialize> Frame<'_, T> {
    /// The message as text.
    pub fn text(&self) -> Utf8Bytes {
        // Only maps with keys that are no strings fail to serialise; there are none.
        serde_json::to_string(self).unwrap_or_default().into()
    }
}

impl LiveEvent {
    /// An event with its texts: for the service's channel, `display`, and the counter's.
    pub fn new(event: &Event, zone: Zone) -> Self {
        let mut channels = vec![event.channel.clone()];
        if event.channel != "display" {
            channels.push("display".into());
        }
        channels.extend(event.counter.map(|counter| format!("loket.{counter}")));
        let data = RawValue::from_string(event.data.clone()).unwrap_or_default();
        let frame = |channel: String| {
            let at = event.at.rfc3339(zone);
            let text =
                Frame { seq: Some(event.seq), at, channel: &channel, kind: &event.kind, data: &data }.text();
            (channel, text)
        };
        LiveEvent {
            seq: Some(event.seq),
            frames: channels.into_iter().map(frame).collect(),
            everywhere: matches!(event.kind.as_str(), "Announcement" | "DayStarted" | "SiteUpdated"),
        }
    }

    /// Something that is true only now and not kept, on one channel.
    pub fn passing(channel: &str, kind: &str, data: impl Serialize, at: Timestamp, zone: Zone) -> Self {
        let text = Frame { seq: None, at: at.rfc3339(zone), channel, kind, data }.text();
        LiveEvent { seq: None, frames: vec![(channel.to_owned(), text)], everywhere: false }
    }

    /// The text for a listener that follows `channels`, each with the last event it knows already; nothing when
    /// the event does not concern it or is known.
    pub fn frame_for(&self, channels: &BTreeMap<String, i64>) -> Option<&Utf8Bytes> {
        let news = |known: &i64| self.seq.is_none_or(|seq| seq > *known);
        if self.everywhere {
            return channels.values().any(news).then(|| &self.frames[0].1);
        }
        let found = self.frames.iter().find(|(channel, _)| channels.get(channel).is_some_and(news));
        found.map(|(_, text)| text)
    }
}
