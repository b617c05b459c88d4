//! One screen's connection: what it follows, what it missed, and how it is let go when it does not read.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::SinkExt;
use lobi_core::access::{Member, Reach};
use lobi_core::budget::{Allowance, Bucket};
use lobi_core::speech::Language;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, interval_at, timeout};

use crate::error::{Code, Refusal};
use crate::house::{Follow, channel};
use crate::http::App;
use crate::http::auth::whose;
use crate::http::serve::until_true;
use crate::limits::Place;
use crate::live::audience::Audience;
use crate::live::frames::{Frame, LiveEvent};
use crate::live::presence::{self, Connection};
use crate::live::{Missed, News};

/// Channels that one connection may follow.
const MOST_CHANNELS: usize = 64;

/// Messages that one connection may send.
const SAYS: Allowance = Allowance { burst: 120, per_minute: 120 };

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
    id: Connection,
    /// Who signed in, and with which token: it is looked at again with every ping.
    staff: Option<(Member, String)>,
    /// Followed channels, each with the last event that its snapshot or replay contained.
    channels: BTreeMap<String, i64>,
    heard_from: Instant,
    /// What it may still say.
    may_say: Bucket,
    _place: Place,
}

impl Session {
    /// A fresh connection.
    pub fn new(hub: App, socket: WebSocket, place: Place) -> Self {
        let may_say = Bucket::full(SAYS, hub.now());
        let id = hub.live.presence.connection();
        let (staff, channels, heard_from) = (None, BTreeMap::new(), Instant::now());
        Session { hub, socket, id, staff, channels, heard_from, may_say, _place: place }
    }

    /// Serves the connection until it ends, following `channels` from the start.
    pub async fn run(mut self, channels: Vec<String>, token: Option<String>) {
        let _ = self.serve(channels, token).await;
        self.sign_out();
    }

    async fn serve(&mut self, channels: Vec<String>, token: Option<String>) -> Result<(), Gone> {
        let mut stopping = self.hub.live.stopping();
        let mut stopped = pin!(until_true(&mut stopping));
        // From here on no event is missed; older ones are asked for with each subscription.
        let mut feed = self.hub.live.listen();
        self.wish(Wish { subscribe: channels, token, ..Wish::default() }).await?;
        let every = self.hub.live.config.ping_every();
        let mut ping = interval_at(Instant::now() + every, every);
        loop {
            tokio::select! {
                news = feed.recv() => self.tell(news).await?,
                message = self.socket.recv() => {
                    self.heard_from = Instant::now();
                    self.hear(message.and_then(Result::ok).ok_or(Gone)?).await?;
                }
                _ = ping.tick() => {
                    if self.heard_from.elapsed() > 2 * every {
                        return Err(Gone);
                    }
                    self.send(Message::Ping(Vec::new().into())).await?;
                    self.still_signed_in().await?;
                }
                () = &mut stopped => {
                    let restart = CloseFrame { code: close_code::RESTART, reason: "hub berhenti".into() };
                    return self.send(Message::Close(Some(restart))).await;
                }
            }
        }
    }

    /// Passes on what happened, as far as it concerns this listener and was not in a snapshot or replay already. What one commit
    /// tells, one finished and one called, leaves in one piece: a full waiting room is served in half the time.
    async fn tell(&mut self, news: Result<News, RecvError>) -> Result<(), Gone> {
        match news {
            Ok(news) => {
                for event in news.iter() {
                    self.pass_on(event).await?;
                }
                within(&self.hub, self.socket.flush()).await
            }
            Err(RecvError::Lagged(_)) => {
                let channels: Vec<String> = self.channels.keys().cloned().collect();
                self.snapshot(&channels).await
            }
            Err(RecvError::Closed) => Err(Gone),
        }
    }

    async fn pass_on(&mut self, event: &LiveEvent) -> Result<(), Gone> {
        let member = self.staff.as_ref().map(|(member, _)| member);
        if let Some(frame) = event.frame_for(&self.channels, member).cloned() {
            self.write(Message::Text(frame)).await?;
        }
        match &event.audience {
            // Nothing is kept of it: the present text is what there is to say.
            Audience::Public(channels) if event.seq.is_none() => {
                let followed = channels.iter().find(|channel| self.channels.contains_key(*channel));
                match followed.and_then(|channel| self.hub.live.passing(channel)) {
                    Some(text) => self.write(Message::Text(text)).await,
                    None => Ok(()),
                }
            }
            // News about this very person: perhaps that this session ended.
            Audience::One(username) if member_named(&self.staff, username) => self.still_signed_in().await,
            _ => Ok(()),
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), Gone> {
        match message {
            // A screen says a few words when it opens and one now and then: who talks without end is let go.
            Message::Text(_) | Message::Binary(_) if self.says_too_much() => {
                self.complain(Code::Busy).await?;
                Err(Gone)
            }
            Message::Text(text) => match serde_json::from_str::<Wish>(&text) {
                Ok(wish) => self.wish(wish).await,
                Err(_) => self.complain(Code::MalformedJson).await,
            },
            Message::Close(_) => Err(Gone),
            Message::Binary(_) => self.complain(Code::MalformedJson).await,
            Message::Ping(_) | Message::Pong(_) => Ok(()),
        }
    }

    fn says_too_much(&mut self) -> bool {
        self.hub.limits.on() && self.may_say.take(SAYS, self.hub.now()).is_err()
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
        // A channel that is named twice in one wish is answered once.
        let mut named = BTreeSet::new();
        let (allowed, refused): (Vec<String>, Vec<String>) = wish
            .subscribe
            .into_iter()
            .filter(|channel| named.insert(channel.clone()))
            .partition(|channel| self.may_follow(channel));
        if !refused.is_empty() || self.channels.len() + allowed.len() > MOST_CHANNELS {
            self.complain(Code::Forbidden).await?;
        }
        let room = MOST_CHANNELS.saturating_sub(self.channels.len());
        let wanted: Vec<String> = allowed.into_iter().take(room).collect();
        let followed = self.follow(wanted, wish.since).await;
        self.take_seats();
        followed
    }

    async fn sign_in(&mut self, token: &str) -> Result<(), Gone> {
        match whose(&self.hub, token).await {
            Ok(Some(member)) if member.must_change => self.complain(Code::PasswordChangeRequired).await,
            Ok(Some(member)) => {
                self.sign_out();
                if self.hub.live.presence.join(self.id, &member) {
                    self.tell_presence();
                }
                self.staff = Some((member, token.to_owned()));
                Ok(())
            }
            Ok(None) => self.complain(Code::Unauthenticated).await,
            // The hub could not look: whoever asks may ask again.
            Err(_) => self.complain(Code::Busy).await,
        }
    }

    /// Forgets who it was; public channels go on.
    fn sign_out(&mut self) {
        if let Some((member, _)) = self.staff.take()
            && self.hub.live.presence.leave(self.id, &member.username)
        {
            self.tell_presence();
        }
    }

    /// Whoever follows a counter under their own name sits there.
    fn take_seats(&self) {
        let Some((member, _)) = &self.staff else { return };
        let counters: BTreeSet<u32> =
            self.channels.keys().filter_map(|name| name.strip_prefix("loket.")?.parse().ok()).collect();
        if self.hub.live.presence.sit(self.id, &member.username, &counters, self.hub.now()) {
            self.tell_presence();
        }
    }

    fn tell_presence(&self) {
        self.hub.pass(presence::CHANNEL, presence::KIND, self.hub.live.presence.view());
    }

    /// Takes the staff channels away once the session ended: signed out elsewhere, switched off, too old. A database that
    /// cannot be asked at the moment ends no session.
    async fn still_signed_in(&mut self) -> Result<(), Gone> {
        let Some((_, token)) = &self.staff else { return Ok(()) };
        match whose(&self.hub, token).await {
            Ok(Some(member)) => {
                // What the account may do now.
                if let Some((known, _)) = &mut self.staff {
                    *known = member;
                }
                Ok(())
            }
            Err(_) => Ok(()),
            Ok(None) => {
                self.sign_out();
                let gone: Vec<String> =
                    self.channels.keys().filter(|channel| !self.may_follow(channel)).cloned().collect();
                gone.iter().for_each(|channel| {
                    self.channels.remove(channel);
                });
                self.complain(Code::Unauthenticated).await
            }
        }
    }

    /// Whether there is such a channel and this listener may follow it.
    fn may_follow(&self, name: &str) -> bool {
        let member = self.staff.as_ref().map(|(member, _)| member);
        let memory = self.hub.memory();
        channel(&memory, name).is_some_and(|(channel, part)| match channel.follow {
            Follow::Everybody => true,
            Follow::May(permission) => member.is_some_and(|member| member.may(permission, Reach::Site)),
            Follow::Own => member.is_some_and(|member| member.username == part),
        })
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
                let member = self.staff.as_ref().map(|(member, _)| member.clone());
                for frame in events.iter().filter_map(|event| event.frame_for(&before, member.as_ref())) {
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
        let (frames, seq) = {
            let memory = self.hub.memory();
            let at = self.hub.now().rfc3339(memory.site.zone);
            let frame = |name: &String| {
                let state = channel(&memory, name);
                let data =
                    state.map_or(json!({}), |(channel, part)| channel.snapshot(&self.hub, &memory, part));
                Frame { seq: Some(memory.seq), at: at.clone(), channel: name, kind: "Snapshot", data }.text()
            };
            (channels.iter().map(frame).collect::<Vec<_>>(), memory.seq)
        };
        for (channel, frame) in channels.iter().zip(frames) {
            self.channels.insert(channel.clone(), seq);
            self.send(Message::Text(frame)).await?;
        }
        Ok(())
    }

    async fn complain(&mut self, code: Code) -> Result<(), Gone> {
        let error = json!({ "code": code.name(), "message": Refusal::from(code).sentence(Language::Id) });
        self.send_json(&json!({ "type": "Error", "error": error })).await
    }

    async fn send_json(&mut self, value: &impl Serialize) -> Result<(), Gone> {
        self.send(Message::Text(serde_json::to_string(value).unwrap_or_default().into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        within(&self.hub, self.socket.send(message)).await
    }

    /// Puts a message behind those that leave with the next [`Session::send`] or flush.
    async fn write(&mut self, message: Message) -> Result<(), Gone> {
        within(&self.hub, self.socket.feed(message)).await
    }
}

/// Who does not read in time is let go.
async fn within(hub: &App, sent: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Gone> {
    match timeout(hub.live.config.send_within(), sent).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

fn member_named(staff: &Option<(Member, String)>, username: &str) -> bool {
    staff.as_ref().is_some_and(|(member, _)| member.username == username)
}
