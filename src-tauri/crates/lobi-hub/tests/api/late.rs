//! People who do not come when they are called.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};

async fn set(hub: &TestHub, late: Value) {
    hub.admin.post("/api/settings", json!({ "terlambat": late })).await.expect(200);
}

async fn status(hub: &TestHub, number: &str) -> String {
    let body = hub.visitor.get(&format!("/api/queue/status/{number}")).await.expect(200).body;
    body["status"].as_str().unwrap().to_owned()
}

/// Time passes as it does on a wall: the hub looks every half a minute.
async fn seconds(hub: &TestHub, seconds: i64) {
    for _ in 0..seconds / 30 {
        hub.clock_later_millis(30_000);
        hub.housekeeping().await;
    }
}

#[tokio::test]
async fn who_does_not_come_is_called_again_and_then_skipped_where_the_site_wants_it() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let called = hub.rina.call_next(1).await.expect(200).id();
    seconds(&hub, 600).await;
    assert_eq!(status(&hub, "A001").await, "dipanggil", "staff decide until an admin wishes otherwise");
    hub.rina.act(called, "skip").await.expect(200);

    set(&hub, json!({ "otomatis": true, "panggil_ulang": 2, "jeda_detik": 60 })).await;
    hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    let served = hub.rina.call_next(3).await.expect(200).id();
    hub.rina.act(served, "serve").await.expect(200);
    seconds(&hub, 150).await;
    assert_eq!(status(&hub, "A002").await, "dipanggil");
    let list = hub.rina.get("/api/dashboard/queues?status=dipanggil").await.body;
    assert_eq!(list["tickets"][0]["recalls"], 2);
    seconds(&hub, 60).await;
    assert_eq!(status(&hub, "A002").await, "dilewati");
    assert_eq!(status(&hub, "A003").await, "sedang_dilayani", "who is there is never skipped");
}

#[tokio::test]
async fn who_comes_after_all_stands_where_the_site_wants_it() {
    for (late, position) in [
        (json!({}), 1),
        (json!({ "kembali": "setelah", "setelah": 2 }), 3),
        (json!({ "kembali": "setelah", "setelah": 9 }), 5),
        (json!({ "kembali": "akhir" }), 5),
    ] {
        let hub = a_hub().with(clinic()).open().await;
        set(&hub, late.clone()).await;
        for _ in 0..5 {
            hub.visitor.take("umum").await;
        }
        let id = hub.rina.call_next(1).await.expect(200).id();
        hub.rina.act(id, "skip").await.expect(200);
        let back = hub.rina.act(id, "return").await.expect(200);
        assert_eq!(back.body["ticket"]["position"], position, "{late}");
    }
}

#[tokio::test]
async fn numbers_out_of_their_bounds_change_nothing() {
    let hub = a_hub().with(clinic()).open().await;
    for wrong in [
        json!({ "panggil_ulang": 0 }),
        json!({ "panggil_ulang": 6 }),
        json!({ "jeda_detik": 29 }),
        json!({ "jeda_detik": 601 }),
        json!({ "setelah": 21 }),
    ] {
        let refused = hub.admin.post("/api/settings", json!({ "terlambat": wrong })).await;
        assert!(refused.body["error"]["fields"]["terlambat"].is_string());
        refused.refused(422, "VALIDATION_ERROR");
    }
    assert_eq!(hub.admin.get("/api/settings").await.body["terlambat"]["jeda_detik"], 60);
}
