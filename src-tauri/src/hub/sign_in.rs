//! Asks the hub whose a name and a password are. What the hub opens for that is closed again at once: this program
//! only wants to know.

use std::time::Duration;

use lobi_core::door::HubSaid;
use serde_json::Value;

use crate::hub::transport::{HubRequest, Transport};

/// How long signing out may hold up the person who asked; a session that is left behind ends by itself.
const SIGN_OUT_WITHIN: Duration = Duration::from_secs(3);

/// The hub's word, and its sentence where it refused.
pub async fn ask(transport: &Transport, username: &str, password: &str) -> (HubSaid, String) {
    let body = serde_json::json!({ "username": username, "password": password });
    let answer = transport.status_and_body(&HubRequest::post("/api/login", body.to_string())).await;
    let Ok((status, body)) = answer else { return (HubSaid::Nothing, String::new()) };
    let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    // Whoever it was: the session was only for asking.
    if let Some(token) = answer["token"].as_str() {
        sign_out(transport, token).await;
    }
    let is_admin = || {
        let roles = answer["user"]["roles"].as_array();
        roles.is_some_and(|roles| roles.iter().any(|role| role == "admin"))
    };
    let sentence = answer["error"]["message"].as_str().unwrap_or_default().to_owned();
    (HubSaid::in_answer(status, is_admin), sentence)
}

async fn sign_out(transport: &Transport, token: &str) {
    let request = HubRequest::bare("POST", "/api/logout").by(token);
    match tokio::time::timeout(SIGN_OUT_WITHIN, transport.status_and_body(&request)).await {
        Ok(Ok((200..300, _))) => {}
        Ok(Ok((status, _))) => tracing::warn!(status, "the hub did not sign this program out"),
        Ok(Err(_)) | Err(_) => tracing::warn!("the hub did not answer when this program signed out"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::fake;
    use crate::hub::finder::Neighbours;

    #[tokio::test]
    async fn whoever_asked_nobody_stays_signed_in() {
        let (url, book) = fake::hub().await;
        let transport = Transport::new(Neighbours::default());
        transport.go_to(&url, "");
        for (username, password, expected, sessions) in [
            ("admin", "rahasia-uji", HubSaid::Admin, 1),
            ("rina", "rahasia-uji", HubSaid::NotAdmin, 2),
            ("admin", "salah", HubSaid::No, 2),
        ] {
            let (said, sentence) = ask(&transport, username, password).await;
            assert_eq!(said, expected, "{username}");
            assert_eq!(sentence.is_empty(), expected != HubSaid::No, "{sentence}");
            let book = book.lock().unwrap();
            assert_eq!((book.sign_ins, book.open.len()), (sessions, 0), "{username} stays signed in");
        }
        book.lock().unwrap().full = true;
        assert_eq!(ask(&transport, "admin", "rahasia-uji").await.0, HubSaid::Nothing);
    }

    #[tokio::test]
    async fn a_hub_that_is_away_says_nothing() {
        let transport = Transport::new(Neighbours::default());
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        transport.go_to(&format!("http://{nobody}"), "");
        assert_eq!(ask(&transport, "admin", "rahasia-uji").await.0, HubSaid::Nothing);
    }
}
