//! The live feed: committed events go to every screen that listens, and a screen that was away gets what it
//! missed. Never a silent gap: replay, or a snapshot where too much was missed.

pub mod audience;
pub mod frames;
pub mod presence;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::ws::Utf8Bytes;

use lobi_core::time::{Timestamp, Zone};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{broadcast, watch};

use crate::config::LiveConfig;
use crate::db::Event;
use frames::{Frame, LiveEvent};
use presence::Presence;

/// The feed.
pub struct Live {
    shared: Arc<Shared>,
    /// How patient it is.
    pub config: LiveConfig,
    /// Who is signed in and connected.
    pub presence: Presence,
    stop: watch::Sender<bool>,
}

/// What one commit tells, as listeners get it: all of it at once, so that each is woken and written to once.
pub type News = Arc<[Arc<LiveEvent>]>;

struct Shared {
    sender: broadcast::Sender<News>,
    /// The number of the last event.
    last: watch::Sender<i64>,
    recent: RwLock<VecDeque<Arc<LiveEvent>>>,
    /// The present text of each channel whose news is not kept.
    passing: RwLock<BTreeMap<String, Utf8Bytes>>,
}

/// What a commit tells.
pub struct Committed {
    /// Its events.
    pub events: Vec<Event>,
    /// The site's zone after it.
    pub zone: Zone,
}

/// What a listener missed.
pub enum Missed {
    /// These, oldest first.
    Events(Vec<Arc<LiveEvent>>),
    /// More than is kept: take a snapshot.
    TooMany,
}

impl Live {
    /// How many events are kept for replay.
    pub const REPLAYED: usize = 1_000;
    /// How many commits a listener may lag before it gets a snapshot instead: one who does not read holds no more than so many
    /// full batches of the writer.
    const LAG: usize = 16;

    /// Starts the task that tells listeners of committed events. `recent` are the last events on disk.
    pub fn start(
        config: LiveConfig,
        zone: Zone,
        recent: &[Event],
        mut committed: UnboundedReceiver<Committed>,
    ) -> Self {
        let shared = Arc::new(Shared {
            sender: broadcast::Sender::new(Self::LAG),
            last: watch::Sender::new(recent.last().map_or(0, |event| event.seq)),
            recent: RwLock::new(recent.iter().map(|event| Arc::new(LiveEvent::new(event, zone))).collect()),
            passing: RwLock::default(),
        });
        let publisher = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Some(Committed { events, zone }) = committed.recv().await {
                publisher.publish(&events, zone);
            }
        });
        Live { config, presence: Presence::default(), shared, stop: watch::Sender::new(false) }
    }

    /// Begins to listen: from now on every event arrives.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.shared.sender.subscribe()
    }

    /// What happened after `since`, for somebody who listens already: together they have no gap, and what is in
    /// both is recognised by its number.
    pub fn missed(&self, since: Option<i64>) -> Missed {
        missed(&self.shared.recent.read().unwrap_or_else(PoisonError::into_inner), since)
    }

    /// Changes with every commit that tells something: for what follows it inside the hub, and is no listener.
    pub fn happened(&self) -> watch::Receiver<i64> {
        self.shared.last.subscribe()
    }

    /// Becomes true when the hub stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Asks every listener to go.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Tells what is true only now and is not kept, on one channel.
    pub fn pass(&self, channel: &str, kind: &str, data: impl serde::Serialize, now: Timestamp, zone: Zone) {
        let text = Frame { seq: None, at: now.rfc3339(zone), channel, kind, data }.text();
        let mut passing = self.shared.passing.write().unwrap_or_else(PoisonError::into_inner);
        passing.insert(channel.to_owned(), text);
        drop(passing);
        let _ = self.shared.sender.send(Arc::from([Arc::new(LiveEvent::passing(channel))]));
    }

    /// The present text of a channel whose news is not kept.
    pub fn passing(&self, channel: &str) -> Option<Utf8Bytes> {
        self.shared.passing.read().unwrap_or_else(PoisonError::into_inner).get(channel).cloned()
    }

    /// Waits until everybody who was asked to go has gone, one second at most.
    pub async fn drained(&self) {
        for _ in 0..50 {
            if self.listeners() == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        self.shared.sender.receiver_count()
    }
}

impl Shared {
    fn publish(&self, events: &[Event], zone: Zone) {
        if events.is_empty() {
            return;
        }
        let news: News = events.iter().map(|event| Arc::new(LiveEvent::new(event, zone))).collect();
        // Kept before it is sent: who begins to listen in between gets it from here.
        self.keep(&news);
        // Nobody listening is fine.
        let _ = self.sender.send(news);
        if let Some(last) = events.last() {
            self.last.send_replace(last.seq);
        }
    }

    fn keep(&self, news: &News) {
        let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
        recent.extend(news.iter().map(Arc::clone));
        let over = recent.len().saturating_sub(Live::REPLAYED);
        recent.drain(..over);
    }
}

fn missed(recent: &VecDeque<Arc<LiveEvent>>, since: Option<i64>) -> Missed {
    let seq = |event: Option<&Arc<LiveEvent>>| event.and_then(|event| event.seq).unwrap_or(0);
    let (oldest, newest) = (seq(recent.front()), seq(recent.back()));
    match since {
        // A number from the future comes from another database: the listener's past is not ours.
        Some(since) if since >= oldest - 1 && since <= newest => {
            let from = recent.partition_point(|event| event.seq <= Some(since));
            Missed::Events(recent.iter().skip(from).cloned().collect())
        }
        _ => Missed::TooMany,
    }
}
