//! Who asks: a visitor, or a colleague, who signs in by themselves at their first request.

use std::net::IpAddr;
use std::sync::Arc;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::{Answer, PASSWORD, answer};

#[derive(Clone)]
pub struct Actor {
    address: String,
    client: Client,
    /// Nobody's for a visitor.
    session: Option<Session>,
}

#[derive(Clone)]
struct Session {
    username: String,
    token: Arc<OnceCell<String>>,
}

impl Actor {
    pub fn visitor(address: &str) -> Self {
        Actor { address: address.to_owned(), client: Client::new(), session: None }
    }

    /// A visitor whose machine has that address.
    pub(super) fn visitor_from(address: &str, own: IpAddr) -> Self {
        let client = Client::builder().local_address(own).build().unwrap();
        Actor { client, ..Self::visitor(address) }
    }

    pub(super) fn who_is(&self, username: &str) -> Self {
        let session = Session { username: username.to_owned(), token: Arc::default() };
        Actor { session: Some(session), ..self.clone() }
    }

    /// Somebody who sends that token, whatever it is.
    pub fn with_token(&self, token: &str) -> Self {
        let token = Arc::new(OnceCell::new_with(Some(token.to_owned())));
        Actor { session: Some(Session { username: String::new(), token }), ..self.clone() }
    }

    /// The same person, of a hub that answers elsewhere now.
    pub(super) fn at(&self, address: &str) -> Self {
        Actor { address: address.to_owned(), ..self.clone() }
    }

    /// The token of this person's session, which begins now if it has not yet.
    pub async fn token(&self) -> &str {
        self.bearer().await.expect("a visitor is signed in nowhere")
    }

    async fn bearer(&self) -> Option<&str> {
        let Session { username, token } = self.session.as_ref()?;
        let sign_in = || async {
            let login = json!({ "username": username, "password": PASSWORD });
            let request = self.client.post(self.url("/api/login")).json(&login);
            let signed_in = answer(request).await.expect(200);
            signed_in.body["token"].as_str().unwrap().to_owned()
        };
        Some(token.get_or_init(sign_in).await)
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request of this person to be completed with what the others below do not say; [`answer`] sends it.
    pub async fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, self.url(path));
        match self.bearer().await {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, method: Method, path: &str, key: Option<&str>, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path).await;
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, None).await
    }

    /// With a body, or with none where it is `null`.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, None, (!body.is_null()).then_some(body)).await
    }

    /// A number for a service, as a kiosk takes it.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, None, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, None).await
    }

    pub async fn take(&self, poli: &str) -> Answer {
        self.post("/api/register", json!({ "poli": poli })).await.expect(201)
    }

    pub async fn call_next(&self, loket: u32) -> Answer {
        self.post("/api/queue/call-next", json!({ "loket": loket })).await
    }

    /// Moves a ticket: `act(id, "skip")`.
    pub async fn act(&self, id: i64, verb: &str) -> Answer {
        self.post(&format!("/api/queue/{id}/{verb}"), Value::Null).await
    }
}
