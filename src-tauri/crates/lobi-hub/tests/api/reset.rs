//! An admin ends the day's open numbers, and takes it back.

use serde_json::json;

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

async fn states(hub: &TestHub, tickets: &[i64]) -> Vec<String> {
    let list = hub.admin.get("/api/dashboard/queues?per_page=100").await.expect(200).body;
    let status = |id: &i64| {
        let found = list["tickets"].as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap();
        found["status"].as_str().unwrap().to_owned()
    };
    tickets.iter().map(status).collect()
}

/// One served, one called, three waiting.
async fn a_morning() -> (TestHub, [i64; 5]) {
    let hub = a_hub().with(clinic()).open().await;
    let mut ids = [0; 5];
    for id in &mut ids {
        *id = hub.visitor.take("umum").await.id();
    }
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(ids[0], "serve").await.expect(200);
    hub.rina.call_next(3).await.expect(200);
    (hub, ids)
}

#[tokio::test]
async fn a_reset_ends_what_is_open_and_numbering_goes_on() {
    let (hub, ids) = a_morning().await;
    for wrong in [json!({}), json!({ "konfirmasi": "reset" }), json!({ "konfirmasi": "" })] {
        let refused = hub.admin.post("/api/reset", wrong).await;
        assert!(refused.body["error"]["fields"]["konfirmasi"].is_string());
        refused.refused(422, "VALIDATION_ERROR");
    }
    hub.rina.post("/api/reset", json!({ "konfirmasi": "RESET" })).await.refused(403, "FORBIDDEN");

    let mut phone = Listener::following(&hub, &["queue.umum"], None).await;
    phone.next().await;
    let done = hub.admin.post("/api/reset", json!({ "konfirmasi": "RESET" })).await.expect(200);
    assert_eq!(done.body, json!({ "selesai": 1, "batal": 4 }));
    assert_eq!(states(&hub, &ids).await, ["selesai", "batal", "batal", "batal", "batal"]);
    let told: Vec<_> = [phone.next().await, phone.next().await].map(|event| event["type"].clone()).into();
    assert!(told.contains(&json!("QueueFinished")), "every number is told by itself: {told:?}");
    assert_eq!(hub.visitor.take("umum").await.number(), "A006", "a number is never given twice on one day");
    hub.rina.call_next(1).await.expect(200);
}

#[tokio::test]
async fn a_reset_is_taken_back_the_same_day_and_who_was_called_since_is_left_alone() {
    let (hub, ids) = a_morning().await;
    let before = states(&hub, &ids).await;
    hub.admin.post("/api/reset/undo", json!({})).await.refused(409, "NOTHING_RESET");
    hub.admin.post("/api/reset", json!({ "konfirmasi": "RESET" })).await.expect(200);
    let back = hub.admin.post("/api/reset/undo", json!({})).await.expect(200);
    assert_eq!(back.body, json!({ "dikembalikan": 5 }));
    assert_eq!(states(&hub, &ids).await, before);
    hub.admin.post("/api/reset/undo", json!({})).await.refused(409, "NOTHING_RESET");

    hub.admin.post("/api/reset", json!({ "konfirmasi": "RESET" })).await.expect(200);
    // A newcomer is at counter 1 when it is taken back: who was served there waits at their place.
    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    let back = hub.admin.post("/api/reset/undo", json!({})).await.expect(200);
    assert_eq!(back.body, json!({ "dikembalikan": 5 }));
    assert_eq!(states(&hub, &ids).await, ["menunggu", "dipanggil", "menunggu", "menunggu", "menunggu"]);
    let next = hub.rina.call_next(1).await.expect(200);
    assert_eq!(next.number(), "A001");

    // Another day has its own.
    hub.admin.post("/api/reset", json!({ "konfirmasi": "RESET" })).await.expect(200);
    hub.later(24 * 60);
    let admin = hub.log_in("admin").await;
    admin.post("/api/reset/undo", json!({})).await.refused(409, "NOTHING_RESET");
}
