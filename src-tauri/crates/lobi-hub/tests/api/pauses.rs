//! Counters that pause and close.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

async fn counter(hub: &TestHub, number: u64) -> Value {
    let list = hub.rina.get("/api/counters").await.expect(200).body;
    list["counters"].as_array().unwrap().iter().find(|one| one["number"] == number).unwrap().clone()
}

#[tokio::test]
async fn a_pause_has_a_reason_and_a_beginning_and_a_call_ends_it() {
    let hub = a_hub().with(clinic()).open().await;
    assert_eq!(counter(&hub, 1).await["keadaan"], "buka");
    hub.rina.post("/api/counters/1/pause", json!({ "alasan": " " })).await.refused(422, "VALIDATION_ERROR");
    hub.later(5);
    let mut ear = Listener::following(&hub, &["display"], None).await;
    ear.next().await;
    hub.rina.post("/api/counters/1/pause", json!({ "alasan": "  Salat   Zuhur " })).await.expect(200);
    assert_eq!(ear.next().await["data"], json!({ "loket": 1 }), "every screen looks again");
    let paused = counter(&hub, 1).await;
    assert_eq!((&paused["keadaan"], &paused["alasan"]), (&json!("jeda"), &json!("Salat Zuhur")));
    assert_eq!(paused["sejak"], "2026-11-20T09:05:00+08:00");

    // Said again, it is still the same pause.
    hub.later(5);
    hub.rina.post("/api/counters/1/pause", json!({ "alasan": "Salat Zuhur" })).await.expect(200);
    assert_eq!(counter(&hub, 1).await["sejak"], paused["sejak"]);

    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    assert_eq!(counter(&hub, 1).await["keadaan"], "buka", "who calls is there");
}

#[tokio::test]
async fn a_counter_is_not_left_while_somebody_is_there_and_not_by_strangers() {
    let hub = a_hub().with(clinic()).open().await;
    let id = hub.visitor.take("umum").await.id();
    hub.rina.call_next(1).await.expect(200);
    let why = json!({ "alasan": "Istirahat" });
    hub.rina.post("/api/counters/1/pause", why.clone()).await.refused(409, "COUNTER_BUSY");
    hub.rina.post("/api/counters/1/close", json!({})).await.refused(409, "COUNTER_BUSY");
    hub.rina.act(id, "finish").await.expect(200);
    hub.dewi.post("/api/counters/1/pause", why.clone()).await.refused(403, "FORBIDDEN");
    hub.rina.post("/api/counters/77/pause", why).await.refused(404, "COUNTER_NOT_FOUND");
    hub.admin.post("/api/counters/1/close", json!({})).await.expect(200);
    assert_eq!(counter(&hub, 1).await["keadaan"], "tutup");
    hub.rina.post("/api/counters/1/open", json!({})).await.expect(200);
    assert_eq!(counter(&hub, 1).await["keadaan"], "buka");
}

#[tokio::test]
async fn a_paused_counter_leaves_the_estimate() {
    let hub = a_hub().with(clinic()).open().await;
    for loket in [1, 3, 1, 3] {
        hub.visitor.take("umum").await;
        hub.rina.call_next(loket).await.expect(200);
        hub.later(6);
    }
    for _ in 0..3 {
        hub.visitor.take("umum").await;
    }
    let expected = async || {
        let list = hub.visitor.get("/api/services").await.expect(200).body;
        list["services"][0]["estimated_wait_minutes"].as_u64()
    };
    for loket in [1, 3] {
        let id = counter(&hub, loket).await["current"]["id"].as_i64().unwrap();
        hub.rina.act(id, "finish").await.expect(200);
    }
    let both = expected().await.unwrap();
    hub.rina.post("/api/counters/3/pause", json!({ "alasan": "Istirahat" })).await.expect(200);
    assert_eq!(expected().await.unwrap(), both * 2);
    hub.rina.post("/api/counters/3/open", json!({})).await.expect(200);
    assert_eq!(expected().await.unwrap(), both);
}

#[tokio::test]
async fn a_new_day_and_a_counter_that_comes_back_are_open() {
    let hub = a_hub().with(clinic()).open().await;
    hub.rina.post("/api/counters/1/pause", json!({ "alasan": "Pulang" })).await.expect(200);
    hub.admin.post("/api/counters/4/close", json!({})).await.expect(200);
    hub.admin.delete("/api/admin/counters/4").await.expect(200);
    let again = json!({ "number": 4, "nama": "Loket 4", "services": ["kia"] });
    hub.admin.post("/api/admin/counters", again).await.expect(201);
    assert_eq!(counter(&hub, 4).await["keadaan"], "buka");
    hub.later(24 * 60);
    hub.visitor.take("umum").await;
    let list = hub.log_in("rina").await.get("/api/counters").await.expect(200).body;
    assert_eq!(list["counters"][0]["keadaan"], "buka");
}
