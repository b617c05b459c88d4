//! The one way from a window to the hub: requests and live events, carried by this program. A hub whose address
//! changed is looked up again by the site's id, and no screen notices. (Pinned TLS will live here.)

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use lobi_hub::discovery::{Finder, FoundHub};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::tungstenite::Message;

use crate::commands::settings::site_at;

/// How long a hub on the local network may take to accept a connection.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// How long an answer may take; printing through the hub is the slowest.
const ANSWER_WITHIN: Duration = Duration::from_secs(25);

/// A request as the page makes it.
#[derive(Debug, Deserialize)]
pub struct HubRequest {
    method: String,
    /// Path and query, from `/`.
    path: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

impl HubRequest {
    /// A question of this program's own.
    pub fn get(path: &str) -> HubRequest {
        HubRequest { method: "GET".into(), path: path.into(), headers: Vec::new(), body: None }
    }

    /// JSON of this program's own.
    pub fn post(path: &str, json: String) -> HubRequest {
        let headers = vec![("content-type".into(), "application/json".into())];
        HubRequest { method: "POST".into(), path: path.into(), headers, body: Some(json) }
    }
}

/// Status and headers of an answer; its body follows as bytes.
#[derive(Debug, Serialize)]
struct AnswerHead {
    status: u16,
    headers: Vec<(String, String)>,
}

/// What happens on a live connection.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum LiveNews {
    /// It is open.
    Opened,
    /// The hub says something.
    Message {
        /// JSON.
        text: String,
    },
    /// It is over; said once, also when it never opened.
    Closed,
}

/// The hub gave no answer at all.
#[derive(Debug, Error)]
pub enum Unreachable {
    /// Nobody answers there.
    #[error("the hub at {0} does not answer")]
    Away(String),
    /// The page asked for something that is no request.
    #[error("not a request: {0}")]
    Malformed(String),
}

/// The way to the hub.
pub struct Transport {
    client: reqwest::Client,
    /// Address without a slash at the end, and the site's id where it is known.
    place: RwLock<(String, String)>,
    /// Hubs on this network, by id.
    found: watch::Sender<HashMap<String, FoundHub>>,
    live: Mutex<HashMap<u32, mpsc::UnboundedSender<Message>>>,
}

impl Transport {
    /// A transport to nowhere yet, which already listens for hubs on the network.
    pub fn start() -> Arc<Transport> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            // Without TLS and proxies nothing is left that could fail here.
            .unwrap_or_default();
        let (found, _) = watch::channel(HashMap::new());
        let transport =
            Arc::new(Transport { client, place: RwLock::default(), found, live: Mutex::default() });
        tokio::spawn(listen_for_hubs(Arc::clone(&transport)));
        transport
    }

    /// Goes to that hub from now on.
    pub fn go_to(&self, url: &str, id: &str) {
        let place = (url.trim_end_matches('/').to_owned(), id.to_owned());
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = place;
    }

    /// Where the hub is, and its id.
    pub fn place(&self) -> (String, String) {
        self.place.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The hubs on this network; changes as they come and go.
    pub fn hubs(&self) -> watch::Receiver<HashMap<String, FoundHub>> {
        self.found.subscribe()
    }

    /// Asks the hub; the answer is its head's length (u32, little end first), the head as JSON, the body.
    ///
    /// # Errors
    /// [`Unreachable`] when no hub answered; an answer that refuses is an answer.
    pub async fn request(&self, request: &HubRequest) -> Result<Vec<u8>, Unreachable> {
        let answer = self.find(request).await?;
        let url = answer.url().to_string();
        let head = AnswerHead {
            status: answer.status().as_u16(),
            headers: answer
                .headers()
                .iter()
                .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
                .collect(),
        };
        let body = answer.bytes().await.map_err(|_| Unreachable::Away(url))?;
        let head = serde_json::to_vec(&head).unwrap_or_default();
        let length = u32::try_from(head.len()).unwrap_or_default();
        Ok([&length.to_le_bytes()[..], &head, &body].concat())
    }

    /// Asks the hub for this program itself: the body of an answer that is no refusal.
    ///
    /// # Errors
    /// [`Unreachable`], also for an answer that refuses.
    pub async fn answer(&self, request: &HubRequest) -> Result<Vec<u8>, Unreachable> {
        match self.status_and_body(request).await? {
            (200..300, body) => Ok(body),
            (status, _) => Err(Unreachable::Malformed(format!("the hub answered {status}"))),
        }
    }

    /// Asks the hub for this program itself.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub async fn status_and_body(&self, request: &HubRequest) -> Result<(u16, Vec<u8>), Unreachable> {
        let answer = self.find(request).await?;
        let (status, url) = (answer.status().as_u16(), answer.url().to_string());
        let body = answer.bytes().await.map_err(|_| Unreachable::Away(url))?;
        Ok((status, body.to_vec()))
    }

    /// Sends the request to where the hub is, also when that changed.
    async fn find(&self, request: &HubRequest) -> Result<reqwest::Response, Unreachable> {
        let (url, id) = self.place();
        match self.send(&url, request).await {
            Err(Unreachable::Away(_)) if self.moved(&url, &id).await => {
                self.send(&self.place().0, request).await
            }
            answer => answer,
        }
    }

    async fn send(&self, url: &str, request: &HubRequest) -> Result<reqwest::Response, Unreachable> {
        let malformed = |error: &dyn std::fmt::Display| Unreachable::Malformed(error.to_string());
        if !request.path.starts_with('/') {
            return Err(malformed(&request.path));
        }
        let method = request.method.parse::<reqwest::Method>().map_err(|error| malformed(&error))?;
        let mut sent = self.client.request(method, format!("{url}{}", request.path));
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        if let Some(body) = &request.body {
            sent = sent.body(body.clone());
        }
        sent.send().await.map_err(|error| {
            if error.is_builder() { malformed(&error) } else { Unreachable::Away(url.to_owned()) }
        })
    }

    /// Whether the hub with this id answers elsewhere meanwhile; then we go there. An address that is only announced,
    /// by a bridge or an interface without a way, does not count.
    async fn moved(&self, from: &str, id: &str) -> bool {
        let candidates: Vec<String> = {
            let found = self.found.borrow();
            let Some(hub) = found.get(id).filter(|_| !id.is_empty()) else { return false };
            hub.addresses.iter().filter(|address| *address != from).cloned().collect()
        };
        for to in candidates {
            if site_at(&to).await.is_ok_and(|site| site.id == id) {
                tracing::info!(%from, %to, "the hub's address changed");
                self.go_to(&to, id);
                return true;
            }
        }
        false
    }

    /// Opens a live connection under a number of the caller's choice; news goes to `tell`.
    pub fn open_live(self: &Arc<Self>, number: u32, tell: impl Fn(LiveNews) + Send + Sync + 'static) {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.live.lock().unwrap_or_else(PoisonError::into_inner).insert(number, sender);
        let transport = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(away) = transport.follow(receiver, &tell).await {
                tracing::debug!(%away, "no live connection");
            }
            transport.close_live(number);
            tell(LiveNews::Closed);
        });
    }

    async fn follow(
        &self,
        mut outgoing: mpsc::UnboundedReceiver<Message>,
        tell: &(impl Fn(LiveNews) + Sync),
    ) -> Result<(), Unreachable> {
        let (url, id) = self.place();
        let away = || Unreachable::Away(url.clone());
        let address = format!("{}/ws", url.replacen("http", "ws", 1));
        let opened = tokio::time::timeout(CONNECT_WITHIN, tokio_tungstenite::connect_async(address)).await;
        let Ok(Ok((socket, _))) = opened else {
            // The page tries again soon; then we are where the hub is now.
            self.moved(&url, &id).await;
            return Err(away());
        };
        tell(LiveNews::Opened);
        let (mut write, mut read) = socket.split();
        loop {
            tokio::select! {
                said = outgoing.recv() => match said {
                    Some(message) => write.send(message).await.map_err(|_| away())?,
                    None => {
                        let _ = write.close().await;
                        return Ok(());
                    }
                },
                heard = read.next() => match heard {
                    Some(Ok(Message::Text(text))) => tell(LiveNews::Message { text: text.to_string() }),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                    Some(Ok(_)) => {}
                },
            }
        }
    }

    /// Says something on a live connection; nothing happens when it is over.
    pub fn say_live(&self, number: u32, text: String) {
        if let Some(sender) = self.live.lock().unwrap_or_else(PoisonError::into_inner).get(&number) {
            let _ = sender.send(Message::text(text));
        }
    }

    /// Ends a live connection.
    pub fn close_live(&self, number: u32) {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    /// Ends all live connections, so that pages connect anew: to another hub.
    pub fn close_all(&self) {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Keeps the list of hubs true while the program runs.
async fn listen_for_hubs(transport: Arc<Transport>) {
    let finder = match Finder::start() {
        Ok(finder) => finder,
        Err(error) => return tracing::warn!(%error, "hubs cannot be found here; their address must be typed"),
    };
    while let Some(news) = finder.next().await {
        transport.found.send_modify(|found| match news {
            Ok(hub) => {
                found.insert(hub.id.clone(), hub);
            }
            Err(gone) => {
                found.remove(&gone);
            }
        });
    }
}
