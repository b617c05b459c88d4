//! One screen's connection: what it follows, what it missed, and how it is let go when it does not read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, interval_at, timeout};

use super::frames::{Frame, LiveEvent};
use super::{Missed, presence};
use crate::devices;
use crate::http::App;
use crate::http::serve::until_true;
use crate::queue::routes as queue;
use crate::staff::{StaffMember, actions as staff};
use crate::texts::text;

/// A client that takes no message for this long is let go: only it suffers.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// How often the hub asks "are you there?"; a client silent for two rounds is let go.
const PING_EVERY: Duration = Duration::from_secs(25);
/// Channels that one connection may follow.
const MOST_CHANNELS: usize = 64;

/// What a client may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wish {
    subscribe: Vec<String>,
    unsubscribe: Vec<String>,
    since: Option<i64>,
    token: Option<String>,
    ping: bool,
}

/// Why a connection ends.
struct Gone;

/// A connection.
pub struct Session {
    hub: App,
    socket: WebSocket,
    /// Who signed in, and with which token: it is looked at again with every ping.
    staff: Option<(StaffMember, String)>,
    /// Followed channels, each with the last event that its snapshot or replay contained.
    channels: BTreeMap<String, i64>,
    heard_from: Instant,
}

impl Session {
    /// A fresh connection.
    pub fn new(hub: App, socket: WebSocket) -> Self {
        Session { hub, socket, staff: None, channels: BTreeMap::new(), heard_from: Instant::now() }
    }

    /// Serves the connection until it ends, following `channels` from the start.
    pub async fn run(mut self, channels: Vec<String>, token: Option<String>) {
        let _ = self.serve(channels, token).await;
        self.sign_out();
    }

    async fn serve(&mut self, channels: Vec<String>, token: Option<String>) -> Result<(), Gone> {
        let mut stopping = self.hub.live.stopping();
        // From here on no event is missed; older ones are asked for with each subscription.
        let mut feed = self.hub.live.listen();
        self.wish(Wish { subscribe: channels, token, ..Wish::default() }).await?;
        let mut ping = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
        loop {
            tokio::select! {
                event = feed.recv() => self.tell(event).await?,
                message = self.socket.recv() => {
                    self.heard_from = Instant::now();
                    self.hear(message.and_then(Result::ok).ok_or(Gone)?).await?;
                }
                _ = ping.tick() => {
                    if self.heard_from.elapsed() > 2 * PING_EVERY {
                        return Err(Gone);
                    }
                    self.send(Message::Ping(Vec::new().into())).await?;
                    self.still_signed_in().await?;
                }
                () = until_true(&mut stopping) => {
                    let restart = CloseFrame { code: close_code::RESTART, reason: "hub berhenti".into() };
                    return self.send(Message::Close(Some(restart))).await;
                }
            }
        }
    }

    /// Passes an event on, if it concerns this listener and was not in a snapshot or replay already.
    async fn tell(&mut self, event: Result<Arc<LiveEvent>, RecvError>) -> Result<(), Gone> {
        match event {
            Ok(event) => match event.frame_for(&self.channels).cloned() {
                Some(frame) => self.send(Message::Text(frame)).await,
                None => Ok(()),
            },
            Err(RecvError::Lagged(_)) => {
                let channels: Vec<String> = self.channels.keys().cloned().collect();
                self.snapshot(&channels).await
            }
            Err(RecvError::Closed) => Err(Gone),
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), Gone> {
        match message {
            Message::Text(text) => match serde_json::from_str::<Wish>(&text) {
                Ok(wish) => self.wish(wish).await,
                Err(_) => self.complain("MALFORMED_JSON").await,
            },
            Message::Close(_) => Err(Gone),
            Message::Binary(_) => self.complain("MALFORMED_JSON").await,
            Message::Ping(_) | Message::Pong(_) => Ok(()),
        }
    }

    async fn wish(&mut self, wish: Wish) -> Result<(), Gone> {
        if wish.ping {
            self.send_json(&json!({ "type": "Pong" })).await?;
        }
        if let Some(token) = wish.token {
            self.sign_in(&token).await?;
        }
        for channel in &wish.unsubscribe {
            self.channels.remove(channel);
        }
        let (allowed, refused): (Vec<String>, Vec<String>) =
            wish.subscribe.into_iter().partition(|channel| self.may_follow(channel));
        if !refused.is_empty() || self.channels.len() + allowed.len() > MOST_CHANNELS {
            self.complain("FORBIDDEN").await?;
        }
        let room = MOST_CHANNELS.saturating_sub(self.channels.len());
        let wanted: Vec<String> = allowed.into_iter().take(room).collect();
        self.follow(wanted, wish.since).await
    }

    async fn sign_in(&mut self, token: &str) -> Result<(), Gone> {
        let now = self.hub.clock.now();
        match staff::whose(&self.hub, token, now).await {
            Ok(member) => {
                self.sign_out();
                self.hub.live.presence.join(&member, now);
                self.staff = Some((member, token.to_owned()));
                Ok(())
            }
            Err(_) => self.complain("UNAUTHENTICATED").await,
        }
    }

    /// Forgets who it was; public channels go on.
    fn sign_out(&mut self) {
        if let Some((staff, _)) = self.staff.take() {
            self.hub.live.presence.leave(&staff.username, self.hub.clock.now());
        }
    }

    /// Takes the staff channels away once the session ended: signed out elsewhere, switched off, too old.
    async fn still_signed_in(&mut self) -> Result<(), Gone> {
        let Some((_, token)) = &self.staff else { return Ok(()) };
        if staff::whose(&self.hub, token, self.hub.clock.now()).await.is_ok() {
            return Ok(());
        }
        self.sign_out();
        let public: Vec<bool> = self.channels.keys().map(|channel| self.may_follow(channel)).collect();
        let mut public = public.into_iter();
        self.channels.retain(|_, _| public.next().unwrap_or(false));
        self.complain("UNAUTHENTICATED").await
    }

    /// Public channels are everybody's; staff channels need a session, `notify.*` the own one.
    fn may_follow(&self, channel: &str) -> bool {
        match channel.split_once('.') {
            Some(("queue", slug)) => self.hub.board().service_by_slug(slug).is_some(),
            Some(("loket", number)) => number.parse::<u32>().is_ok(),
            Some(("notify", username)) => {
                self.staff.as_ref().is_some_and(|(staff, _)| staff.username == username)
            }
            None if matches!(channel, presence::CHANNEL | devices::CHANNEL) => self.staff.is_some(),
            None => channel == "display",
            Some(_) => false,
        }
    }

    /// Begins to follow: replays what was missed, or sends a snapshot of each channel.
    async fn follow(&mut self, channels: Vec<String>, since: Option<i64>) -> Result<(), Gone> {
        if channels.is_empty() {
            return Ok(());
        }
        match self.hub.live.missed(since) {
            Missed::Events(events) => {
                let newest = events.last().and_then(|event| event.seq).or(since).unwrap_or(0);
                let before = channels.iter().map(|channel| (channel.clone(), 0)).collect();
                for frame in events.iter().filter_map(|event| event.frame_for(&before)) {
                    self.send(Message::Text(frame.clone())).await?;
                }
                self.channels.extend(channels.into_iter().map(|channel| (channel, newest)));
                Ok(())
            }
            Missed::TooMany => self.snapshot(&channels).await,
        }
    }

    /// Sends the present state of each channel; all of them of the same moment.
    async fn snapshot(&mut self, channels: &[String]) -> Result<(), Gone> {
        let machines = self.hub.machines();
        let (frames, seq) = {
            let board = self.hub.board();
            let zone = self.hub.site().zone;
            let at = self.hub.clock.now().rfc3339(zone);
            let state = |channel: &str| -> Value {
                match channel.split_once('.') {
                    Some(("queue", slug)) => json!(queue::display_of(&board, zone, Some(slug))),
                    Some(("loket", number)) => {
                        json!({ "current": queue::current_at(&board, zone, number.parse().unwrap_or(0)) })
                    }
                    None if channel == presence::CHANNEL => self.hub.live.presence.view(),
                    None if channel == devices::CHANNEL => json!({ "machines": machines }),
                    None => json!(queue::display_of(&board, zone, None)),
                    Some(_) => json!({}),
                }
            };
            let frame = |channel: &String| {
                Frame {
                    seq: Some(board.seq),
                    at: at.clone(),
                    channel,
                    kind: "Snapshot",
                    data: state(channel),
                }
                .text()
            };
            (channels.iter().map(frame).collect::<Vec<_>>(), board.seq)
        };
        for (channel, frame) in channels.iter().zip(frames) {
            self.channels.insert(channel.clone(), seq);
            self.send(Message::Text(frame)).await?;
        }
        Ok(())
    }

    async fn complain(&mut self, code: &str) -> Result<(), Gone> {
        let error = json!({ "code": code, "message": text("errors", code, &[]) });
        self.send_json(&json!({ "type": "Error", "error": error })).await
    }

    async fn send_json(&mut self, value: &impl Serialize) -> Result<(), Gone> {
        self.send(Message::Text(serde_json::to_string(value).unwrap_or_default().into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        match timeout(SEND_WITHIN, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }
}
