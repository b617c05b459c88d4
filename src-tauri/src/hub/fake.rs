//! A hub that knows two people and counts who is signed in: real HTTP, nothing else of a hub.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// What the hub knows.
#[derive(Default)]
pub struct Book {
    /// Tokens that are worth something.
    pub open: BTreeSet<String>,
    /// Sign-ins that succeeded.
    pub sign_ins: usize,
    /// Its disk is full: it can tell nobody anything.
    pub full: bool,
}

type Shared = Arc<Mutex<Book>>;

async fn log_in(State(book): State<Shared>, Json(asked): Json<Value>) -> (StatusCode, Json<Value>) {
    let mut book = book.lock().unwrap();
    if book.full {
        return (StatusCode::INSUFFICIENT_STORAGE, Json(json!({})));
    }
    let roles = match (asked["username"].as_str(), asked["password"].as_str()) {
        (Some("admin"), Some("rahasia-uji")) => json!(["petugas", "admin"]),
        (Some("rina"), Some("rahasia-uji")) => json!(["petugas"]),
        _ => {
            let refused = json!({ "error": { "code": "WRONG", "message": "Nama atau kata sandi salah." } });
            return (StatusCode::UNAUTHORIZED, Json(refused));
        }
    };
    book.sign_ins += 1;
    let token = format!("token-{}", book.sign_ins);
    book.open.insert(token.clone());
    (StatusCode::OK, Json(json!({ "token": token, "user": { "roles": roles } })))
}

async fn log_out(State(book): State<Shared>, headers: HeaderMap) -> StatusCode {
    let said = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = said.strip_prefix("Bearer ").unwrap_or_default();
    let known = book.lock().unwrap().open.remove(token);
    if known { StatusCode::NO_CONTENT } else { StatusCode::UNAUTHORIZED }
}

async fn site() -> Json<Value> {
    Json(json!({ "id": "SITE", "name": "Puskesmas Uji", "version": "1" }))
}

/// The hub; it answers until the test ends.
pub async fn hub() -> (String, Shared) {
    let book = Shared::default();
    let routes = Router::new()
        .route("/api/login", post(log_in))
        .route("/api/logout", post(log_out))
        .route("/api/site", get(site))
        .with_state(Arc::clone(&book));
    let here = SocketAddr::from(([127, 0, 0, 1], 0));
    let listener = tokio::net::TcpListener::bind(here).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (url, book)
}
