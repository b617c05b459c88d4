//! The one way from a window to the hub, carried by this program. A hub whose address changed is looked up again by
//! the site's id, and no screen notices. (Pinned TLS will live here.)

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::hub::finder::{Neighbours, site_at};

/// How long a hub on the local network may take to accept a connection.
pub const CONNECT_WITHIN: Duration = Duration::from_secs(3);
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
        HubRequest::bare("GET", path)
    }

    /// A request of this program's own, without a body.
    pub fn bare(method: &str, path: &str) -> HubRequest {
        HubRequest { method: method.into(), path: path.into(), headers: Vec::new(), body: None }
    }

    /// The same, asked by whoever has this token.
    pub fn by(mut self, token: &str) -> HubRequest {
        self.headers.push(("authorization".into(), format!("Bearer {token}")));
        self
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
    neighbours: Neighbours,
}

impl Transport {
    /// A transport to nowhere yet; a hub that moves is looked for among these.
    pub fn new(neighbours: Neighbours) -> Arc<Transport> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            // Without TLS and proxies nothing is left that could fail here.
            .unwrap_or_default();
        Arc::new(Transport { client, place: RwLock::default(), neighbours })
    }

    /// Goes to that hub from now on.
    pub fn go_to(&self, url: &str, id: &str) {
        self.neighbours.belong_to(id);
        let place = (url.trim_end_matches('/').to_owned(), id.to_owned());
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = place;
    }

    /// Where the hub is, and its id.
    pub fn place(&self) -> (String, String) {
        self.place.read().unwrap_or_else(PoisonError::into_inner).clone()
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
    pub async fn moved(&self, from: &str, id: &str) -> bool {
        if id.is_empty() {
            return false;
        }
        for to in self.neighbours.addresses_of(id).into_iter().filter(|address| address != from) {
            if site_at(&to).await.is_ok_and(|site| site.id == id) {
                tracing::info!(%from, %to, "the hub's address changed");
                self.go_to(&to, id);
                return true;
            }
        }
        false
    }
}
