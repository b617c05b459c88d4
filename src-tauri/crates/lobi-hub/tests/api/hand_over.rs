//! Visitors who wait for one counter alone, counters that take over from each other, and services that weigh more.

use serde_json::{Value, json};

use crate::harness::{Answer, TestHub, a_hub, clinic};
use crate::live::Listener;

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

async fn send(hub: &TestHub, id: i64, to: Value) -> Answer {
    hub.rina.post(&format!("/api/queue/{id}/transfer"), to).await
}

async fn upcoming(hub: &TestHub, loket: u32) -> Value {
    let path = format!("/api/dashboard/queues?loket={loket}");
    hub.rina.get(&path).await.expect(200).body["upcoming"]["nomor_antrean"].clone()
}

#[tokio::test]
async fn who_waits_for_one_counter_is_called_there_and_nowhere_else() {
    let hub = a_clinic().await;
    let (first, second) = (hub.visitor.take("umum").await, hub.visitor.take("umum").await);
    let sent = send(&hub, first.id(), json!({ "loket": 3 })).await.expect(200);
    let ticket = &sent.body["ticket"];
    assert_eq!((&ticket["untuk_loket"], &ticket["poli"]["slug"]), (&json!(3), &json!("umum")));
    assert_eq!(ticket["position"], 1, "whoever waits for another counter keeps their place");
    assert_eq!((upcoming(&hub, 1).await, upcoming(&hub, 3).await), (json!("A002"), json!("A001")));
    let hub = hub.restart().await;
    assert_eq!((upcoming(&hub, 1).await, upcoming(&hub, 3).await), (json!("A002"), json!("A001")));
    let elsewhere = format!("/api/queue/{}/call", first.id());
    hub.rina.post(&elsewhere, json!({ "loket": 1 })).await.refused_field("alasan");
    assert_eq!(hub.rina.call_next(1).await.expect(200).id(), second.id());
    assert_eq!(hub.rina.call_next(1).await.code(), "QUEUE_EMPTY");
    assert_eq!(hub.rina.call_next(3).await.expect(200).id(), first.id());
}

#[tokio::test]
async fn where_a_counter_serves_something_else_its_service_is_joined() {
    let hub = a_clinic().await;
    let mine = hub.visitor.take("umum").await;
    let sent = send(&hub, mine.id(), json!({ "loket": 2 })).await.expect(200);
    let ticket = &sent.body["ticket"];
    assert_eq!((&ticket["untuk_loket"], &ticket["poli"]["slug"]), (&json!(2), &json!("gigi")));
    let other = hub.visitor.take("gigi").await;
    hub.dewi
        .post(&format!("/api/queue/{}/transfer", other.id()), json!({ "loket": 1 }))
        .await
        .refused_field("poli");
    let both = json!({ "loket": 1, "poli": "lansia" });
    hub.dewi.post(&format!("/api/queue/{}/transfer", other.id()), both).await.expect(200);
    let id = hub.visitor.take("umum").await.id();
    send(&hub, id, json!({ "loket": 3, "poli": "gigi" })).await.refused_field("loket");
    send(&hub, id, json!({ "loket": 77 })).await.refused(404, "COUNTER_NOT_FOUND");
    send(&hub, id, json!({})).await.refused_field("poli");
    send(&hub, id, json!({ "loket": 1, "petugas": "rina" })).await.refused_field("petugas");
}

#[tokio::test]
async fn a_person_is_found_where_they_sit() {
    let hub = a_clinic().await;
    let id = hub.visitor.take("umum").await.id();
    send(&hub, id, json!({ "petugas": "dewi" })).await.refused_field("petugas");
    let mut seat = Listener::open(&hub, "/ws").await;
    seat.say(json!({ "token": hub.dewi.token().await, "subscribe": ["loket.2"] })).await;
    seat.next().await;
    let sent = send(&hub, id, json!({ "petugas": "dewi", "alasan": "Dokter yang sama" })).await.expect(200);
    assert_eq!(
        (&sent.body["ticket"]["untuk_loket"], &sent.body["ticket"]["poli"]["slug"]),
        (&json!(2), &json!("gigi"))
    );
}

#[tokio::test]
async fn nobody_waits_for_a_counter_that_is_closed_given_up_or_serves_others_now() {
    let hub = a_clinic().await;
    for step in 0..3 {
        let id = hub.visitor.take("umum").await.id();
        send(&hub, id, json!({ "loket": 3 })).await.expect(200);
        match step {
            0 => {
                hub.admin.post("/api/counters/3/close", Value::Null).await.expect(200);
                let later = hub.visitor.take("umum").await.id();
                send(&hub, later, json!({ "loket": 3 })).await.refused_field("loket");
                hub.rina.act(later, "cancel").await.expect(200);
                hub.admin.post("/api/counters/3/open", Value::Null).await.expect(200);
            }
            1 => drop(
                hub.admin.put("/api/admin/counters/3", json!({ "services": ["lansia"] })).await.expect(200),
            ),
            _ => {
                hub.admin.put("/api/admin/counters/3", json!({ "services": ["umum"] })).await.expect(200);
                send(&hub, id, json!({ "loket": 3 })).await;
                hub.admin.delete("/api/admin/counters/3").await.expect(200);
            }
        }
        assert_eq!(hub.rina.call_next(1).await.expect(200).id(), id, "step {step}");
        if step == 1 {
            hub.admin
                .put("/api/admin/counters/3", json!({ "services": ["umum", "lansia"] }))
                .await
                .expect(200);
        }
    }
}

#[tokio::test]
async fn a_colleague_takes_the_visitor_over_with_whoever_waits_for_the_counter() {
    let hub = a_clinic().await;
    let (mine, theirs) = (hub.visitor.take("umum").await, hub.visitor.take("umum").await);
    hub.rina.call_next(1).await.expect(200);
    send(&hub, theirs.id(), json!({ "loket": 1 })).await.expect(200);
    let mut room = Listener::following(&hub, &["loket.3"], None).await;
    room.next().await;
    let over = hub.rina.post("/api/counters/1/handover", json!({ "ke": 3 })).await.expect(200);
    assert_eq!((over.id(), &over.body["ticket"]["loket"]), (mine.id(), &json!(3)));
    let heard = room.next().await;
    assert_eq!(heard["type"], "QueueCalled", "who has not come yet is called to the other counter");
    assert!(heard["data"]["speech"][0]["sentence"].as_str().unwrap().contains("tiga"), "{heard}");
    assert_eq!((upcoming(&hub, 1).await, upcoming(&hub, 3).await), (Value::Null, json!("A002")));
    let undone = hub.rina.act(mine.id(), "undo").await.expect(200);
    assert_eq!(undone.body["ticket"]["loket"], 1);
    hub.rina.act(mine.id(), "serve").await.expect(200);
    let over = hub.rina.post("/api/counters/1/handover", json!({ "ke": 3 })).await.expect(200);
    assert_eq!(
        (&over.body["ticket"]["status"], &over.body["ticket"]["loket"]),
        (&json!("sedang_dilayani"), &json!(3))
    );
    hub.rina.post("/api/counters/1/handover", json!({ "ke": 3 })).await.refused(409, "COUNTER_EMPTY");
    hub.rina.post("/api/counters/3/handover", json!({ "ke": 3 })).await.refused_field("ke");
    hub.rina.post("/api/counters/3/handover", json!({ "ke": 2 })).await.refused_field("ke");
    hub.rina.post("/api/counters/3/handover", json!({ "ke": 55 })).await.refused(404, "COUNTER_NOT_FOUND");
    hub.dewi.post("/api/counters/3/handover", json!({ "ke": 1 })).await.refused(403, "FORBIDDEN");
    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    hub.rina.post("/api/counters/3/handover", json!({ "ke": 1 })).await.refused(409, "COUNTER_BUSY");
}

#[tokio::test]
async fn a_service_that_weighs_more_is_called_more_often_and_the_counter_says_why() {
    let hub = a_clinic().await;
    hub.admin.put("/api/admin/services/lansia", json!({ "priority": false })).await.expect(200);
    let heavy = json!({ "services": ["umum", "lansia"], "bobot": { "lansia": 2 } });
    let set = hub.admin.put("/api/admin/counters/1", heavy).await.expect(200);
    assert_eq!(set.body["counters"][0]["bobot"], json!({ "umum": 1, "lansia": 2 }));
    for poli in ["umum", "umum", "umum", "lansia", "lansia", "lansia", "lansia"] {
        hub.visitor.take(poli).await;
    }
    let next = hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200).body["upcoming"].clone();
    assert_eq!((&next["nomor_antrean"], &next["reason"]), (&json!("D001"), &json!("service_turn")));
    let mut called = Vec::new();
    for _ in 0..3 {
        called.push(hub.rina.call_next(1).await.expect(200).number().to_owned());
    }
    let hub = hub.restart().await;
    for _ in 0..3 {
        called.push(hub.rina.call_next(1).await.expect(200).number().to_owned());
    }
    assert_eq!(called, ["D001", "A001", "D002", "D003", "A002", "D004"]);
    hub.admin.put("/api/admin/counters/1", json!({ "nama": "Loket Satu" })).await.expect(200);
    let kept = hub.admin.get("/api/admin/counters").await.expect(200).body["counters"][0]["bobot"].clone();
    assert_eq!(kept, json!({ "umum": 1, "lansia": 2 }), "another name is no other weight");
    hub.admin.put("/api/admin/counters/1", json!({ "bobot": { "umum": 0 } })).await.refused_field("bobot");
}
