//! Signing in and out.

use serde_json::{Value, json};

use crate::harness::{PASSWORD, a_hub, clinic};

#[tokio::test]
async fn signing_in_tells_who_one_is_and_what_one_may() {
    let hub = a_hub().with(clinic()).open().await;
    let answer =
        hub.visitor.post("/api/login", json!({ "username": "RINA", "password": PASSWORD })).await.expect(200);
    let user = &answer.body["user"];
    assert_eq!((&user["username"], &user["roles"]), (&json!("rina"), &json!(["petugas"])));
    let poli: Vec<&str> =
        user["poli"].as_array().unwrap().iter().map(|poli| poli["slug"].as_str().unwrap()).collect();
    assert_eq!(poli, ["umum", "lansia"]);
    assert!(answer.body["permissions"].as_array().unwrap().contains(&json!("call-queue")));
    let token = answer.body["token"].as_str().unwrap();
    assert!(token.len() >= 43, "256 bits");
    let me = hub.visitor.with_token(token).get("/api/me").await.expect(200);
    assert_eq!(me.body["user"], *user);
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_get_the_same_answer() {
    let hub = a_hub().with(clinic()).open().await;
    let wrong = hub
        .visitor
        .post("/api/login", json!({ "username": "rina", "password": "salah" }))
        .await
        .refused(401, "INVALID_CREDENTIALS");
    let nobody = hub
        .visitor
        .post("/api/login", json!({ "username": "siapa", "password": "salah" }))
        .await
        .refused(401, "INVALID_CREDENTIALS");
    assert_eq!(wrong.text, nobody.text);
    hub.visitor.post("/api/login", json!({ "username": "rina" })).await.refused(422, "VALIDATION_ERROR");
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let hub = a_hub().with(clinic()).open().await;
    let guess = || hub.visitor.post("/api/login", json!({ "username": "dewi", "password": "salah" }));
    for _ in 0..10 {
        guess().await.refused(401, "INVALID_CREDENTIALS");
    }
    let stopped = guess().await.refused(429, "TOO_MANY_ATTEMPTS");
    assert!(stopped.headers.contains_key("retry-after"));
    hub.log_in("rina").await;
    hub.later(1);
    hub.log_in("dewi").await;
}

#[tokio::test]
async fn guessing_many_at_once_is_stopped_too_and_names_have_an_end() {
    let hub = a_hub().with(clinic()).open().await;
    let guess = || hub.visitor.post("/api/login", json!({ "username": "dewi", "password": "salah" }));
    let answers = futures_util::future::join_all((0..50).map(|_| guess())).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    assert!((1..=16).contains(&tried), "{tried} guesses were looked at");
    assert!(answers.iter().all(|answer| [401, 429, 503].contains(&answer.status.as_u16())));
    let long = json!({ "username": "x".repeat(60_000), "password": "salah" });
    hub.visitor.post("/api/login", long).await.refused(401, "INVALID_CREDENTIALS");
}

#[tokio::test]
async fn staff_routes_need_a_session_that_has_not_ended() {
    let hub = a_hub().with(clinic()).open().await;
    let rina = hub.log_in("rina").await;
    let id = hub.visitor.take("umum").await.id();
    let paths = [
        format!("/api/queue/{id}/skip"),
        format!("/api/queue/{id}/call"),
        "/api/queue/call-next".into(),
        "/api/logout".into(),
    ];
    for path in &paths {
        let refused = hub.visitor.post(path, json!({ "loket": 1 })).await.refused(401, "UNAUTHENTICATED");
        assert_eq!(refused.headers["www-authenticate"], "Bearer");
        hub.visitor.with_token("wrong-token").post(path, Value::Null).await.refused(401, "UNAUTHENTICATED");
    }
    for path in ["/api/dashboard/queues", "/api/counters", "/api/me"] {
        hub.visitor.get(path).await.refused(401, "UNAUTHENTICATED");
        rina.get(path).await.expect(200);
    }
    hub.later(16 * 60);
    rina.get("/api/me").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_token_is_worthless_after_signing_out() {
    let hub = a_hub().with(clinic()).open().await;
    let (one, other) = (hub.log_in("rina").await, hub.log_in("rina").await);
    one.post("/api/logout", Value::Null).await.expect(204);
    one.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    other.get("/api/me").await.expect(200);
}
