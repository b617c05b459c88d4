//! What goes over the wire: each event is written as text once per channel and shared by all its listeners.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use lobi_core::access::{Member, Reach};
use lobi_core::time::Zone;
use serde::Serialize;
use serde_json::value::RawValue;

use super::audience::Audience;
use crate::db::Event;

/// An event ready to be sent.
#[derive(Debug)]
pub struct LiveEvent {
    /// Its number; nothing for what is not kept, such as presence.
    pub seq: Option<i64>,
    /// Who may hear it.
    pub audience: Audience,
    /// Its text per channel. The first that a listener follows is the one it gets.
    frames: Vec<(String, Utf8Bytes)>,
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
    /// An event with its texts.
    pub fn new(event: &Event, zone: Zone) -> Self {
        let data = RawValue::from_string(event.data.clone()).unwrap_or_default();
        let frame = |channel: String| {
            let at = event.at.rfc3339(zone);
            let text =
                Frame { seq: Some(event.seq), at, channel: &channel, kind: &event.kind, data: &data }.text();
            (channel, text)
        };
        let frames = event.audience.channels().into_iter().map(frame).collect();
        LiveEvent { seq: Some(event.seq), audience: event.audience.clone(), frames }
    }

    /// News that something on this channel, which is not kept, is different now: each listener fetches the present text
    /// itself, so that a slow one holds one text and not a hundred.
    pub fn passing(channel: &str) -> Self {
        LiveEvent { seq: None, audience: Audience::Public(vec![channel.to_owned()]), frames: Vec::new() }
    }

    /// The text for somebody who follows `channels`, each with the last event known there already; nothing when the event
    /// does not concern them, is known, or is not for them.
    pub fn frame_for(&self, channels: &BTreeMap<String, i64>, member: Option<&Member>) -> Option<&Utf8Bytes> {
        let news = |known: &i64| self.seq.is_none_or(|seq| seq > *known);
        match &self.audience {
            Audience::Everybody => {
                return channels
                    .values()
                    .any(news)
                    .then(|| self.frames.first())
                    .flatten()
                    .map(|(_, text)| text);
            }
            Audience::Staff(permission, _) if !member?.may(*permission, Reach::Site) => return None,
            Audience::One(username) if member?.username != *username => return None,
            Audience::Public(_) | Audience::Staff(..) | Audience::One(_) => {}
        }
        let found = self.frames.iter().find(|(channel, _)| channels.get(channel).is_some_and(news));
        found.map(|(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    use lobi_core::access::{Permission, Role};
    use lobi_core::time::Timestamp;

    use super::*;

    fn told(audience: Audience) -> LiveEvent {
        let event = Event { seq: 5, at: Timestamp(0), kind: "X".into(), audience, data: "{}".into() };
        LiveEvent::new(&event, Zone::Wib)
    }

    fn member(username: &str, role: Role) -> Member {
        Member {
            id: 1,
            username: username.into(),
            name: String::new(),
            roles: vec![role],
            services: vec![],
            must_change: false,
        }
    }

    /// Following a channel is not enough: the right is asked again when something is told there.
    #[test]
    fn an_event_reaches_only_whom_it_names() {
        let all: BTreeMap<String, i64> =
            ["display", "queue.umum", "devices", "notify.rina"].map(|channel| (channel.to_owned(), 0)).into();
        let (rina, admin) = (member("rina", Role::Petugas), member("admin", Role::Admin));
        let hears = |event: &LiveEvent, who: Option<&Member>| event.frame_for(&all, who).is_some();

        let public = told(Audience::Public(vec!["queue.umum".into()]));
        assert!(hears(&public, None));
        let for_admins = told(Audience::Staff(Permission::ManageStaff, "devices".into()));
        assert!(
            !hears(&for_admins, None) && !hears(&for_admins, Some(&rina)) && hears(&for_admins, Some(&admin))
        );
        let one = told(Audience::One("rina".into()));
        assert!(!hears(&one, None) && !hears(&one, Some(&admin)) && hears(&one, Some(&rina)));
        let only_display = BTreeMap::from([("display".to_owned(), 0)]);
        assert!(public.frame_for(&only_display, None).is_none(), "nothing reaches the TV unless it says so");
        assert!(told(Audience::Everybody).frame_for(&only_display, None).is_some());
    }
}
