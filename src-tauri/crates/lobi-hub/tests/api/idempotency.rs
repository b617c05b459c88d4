//! A repeated request changes nothing.

use reqwest::Method;
use serde_json::json;

use crate::harness::{Actor, Answer, MORNING, TestHub, a_hub, clinic};

async fn register(hub: &TestHub, key: &str, poli: &str) -> Answer {
    hub.visitor.send(Method::POST, "/api/register", Some(key), Some(json!({ "poli": poli }))).await
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_even_when_the_world_moved_on() {
    let hub = a_hub().with(clinic()).open().await;
    let first = register(&hub, "kiosk-1-tap-1", "umum").await.expect(201);
    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    let again = register(&hub, "kiosk-1-tap-1", "umum").await.expect(201);
    assert_eq!(again.text, first.text, "to the letter");
    assert_eq!(register(&hub, "kiosk-1-tap-2", "umum").await.number(), "A003");
}

#[tokio::test]
async fn the_first_answer_outlives_a_restart_and_is_forgotten_after_24_hours() {
    let hub = a_hub().with(clinic()).open().await;
    let first = register(&hub, "kiosk-1-tap-1", "umum").await.expect(201);
    let hub = hub.restart().await;
    assert_eq!(register(&hub, "kiosk-1-tap-1", "umum").await.text, first.text);
    hub.clock.set(MORNING.plus_minutes(24 * 60 - 1));
    assert_eq!(register(&hub, "kiosk-1-tap-1", "umum").await.text, first.text);
    hub.clock.set(MORNING.plus_minutes(24 * 60));
    assert_ne!(register(&hub, "kiosk-1-tap-1", "umum").await.text, first.text);
}

#[tokio::test]
async fn a_key_used_for_something_else_is_refused() {
    let hub = a_hub().with(clinic()).open().await;
    register(&hub, "kiosk-1-tap-1", "umum").await.expect(201);
    register(&hub, "kiosk-1-tap-1", "gigi").await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    for bad in ["short", "with space in it", &"x".repeat(201)] {
        register(&hub, bad, "umum").await.refused(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn a_repeated_call_next_calls_one_visitor_and_a_refusal_may_be_tried_again() {
    let hub = a_hub().with(clinic()).open().await;
    let call = || {
        hub.rina.send(
            Method::POST,
            "/api/queue/call-next",
            Some("counter-key-1"),
            Some(json!({ "loket": 1 })),
        )
    };
    call().await.refused(409, "QUEUE_EMPTY");
    hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    assert_eq!(call().await.expect(200).number(), "A001", "a refusal changed nothing, so it is not kept");
    assert_eq!(call().await.expect(200).number(), "A001");
    assert_eq!(hub.visitor.get("/api/queue/status/A002").await.body["status"], "menunggu");
}

#[tokio::test]
async fn two_people_may_use_the_same_key() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    let call = async |who: &Actor| {
        let body = Some(json!({ "loket": 1 }));
        who.send(Method::POST, "/api/queue/call-next", Some("same-key-1"), body).await
    };
    assert_eq!(call(&hub.rina).await.number(), "A001");
    assert_eq!(call(&hub.admin).await.number(), "A002");
}

#[tokio::test]
async fn a_hundred_simultaneous_taps_with_one_key_give_one_ticket() {
    let hub = a_hub().with(clinic()).open().await;
    let taps = (0..100).map(|_| register(&hub, "one-finger-1", "umum"));
    let answers = futures_util::future::join_all(taps).await;
    let first = &answers[0].text;
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.text == *first));
    assert_eq!(hub.visitor.get("/api/display").await.body["waiting_count"], 1);
}
