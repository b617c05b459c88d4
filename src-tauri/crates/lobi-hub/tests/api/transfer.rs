//! A visitor is sent on: from the poli to the next room, or out of the line they touched by mistake.

use serde_json::{Value, json};

use crate::harness::{Answer, TestHub, a_hub, clinic};
use crate::live::Listener;

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

async fn send_on(hub: &TestHub, id: i64, poli: &str) -> Answer {
    let wish = json!({ "poli": poli, "alasan": "Salah sentuh" });
    hub.rina.post(&format!("/api/queue/{id}/transfer"), wish).await
}

async fn waiting(hub: &TestHub, poli: &str) -> Value {
    hub.visitor.get(&format!("/api/display/{poli}")).await.expect(200).body["waiting_count"].clone()
}

#[tokio::test]
async fn the_number_stays_and_its_holder_waits_at_the_end_of_the_other_line() {
    let hub = a_clinic().await;
    let mine = hub.visitor.take("umum").await;
    hub.visitor.take("gigi").await;
    hub.visitor.take("gigi").await;
    let sent = send_on(&hub, mine.id(), "gigi").await.expect(200);
    assert_eq!(
        (sent.number(), &sent.body["ticket"]["poli"]["slug"], &sent.body["ticket"]["position"]),
        ("A001", &json!("gigi"), &json!(3))
    );
    assert_eq!((waiting(&hub, "umum").await, waiting(&hub, "gigi").await), (json!(0), json!(3)));
    hub.visitor.take("gigi").await;
    let hub = hub.restart().await;
    let mut called = Vec::new();
    for _ in 0..4 {
        called.push(hub.dewi.call_next(2).await.expect(200).number().to_owned());
    }
    assert_eq!(called, ["B001", "B002", "A001", "B003"], "who came later comes later");
    hub.rina.call_next(1).await.refused(409, "QUEUE_EMPTY");
}

#[tokio::test]
async fn whoever_was_served_is_done_there_and_starts_anew_here() {
    let hub = a_clinic().await;
    let id = hub.visitor.take("umum").await.id();
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(id, "serve").await.expect(200);
    hub.later(7);
    let sent = send_on(&hub, id, "gigi").await.expect(200);
    for fact in ["loket", "called_at", "served_at", "finished_at"] {
        assert_eq!(sent.body["ticket"][fact], Value::Null, "{fact}");
    }
    assert_eq!(sent.body["ticket"]["status"], "menunggu");
    let stats = hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200).body["stats"].clone();
    assert_eq!((&stats["selesai"], &stats["rata_rata_menit"]), (&json!(1), &json!(7.0)));
    assert_eq!(hub.rina.call_next(1).await.code(), "QUEUE_EMPTY", "the counter is free");
    let called = hub.dewi.call_next(2).await.expect(200);
    assert_eq!((called.number(), &called.body["ticket"]["loket"]), ("A001", &json!(2)));
    hub.dewi.act(id, "finish").await.expect(200);
    let hub = hub.restart().await;
    let stats = hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200).body["stats"].clone();
    assert_eq!(stats["selesai"], 1, "still done there");
}

#[tokio::test]
async fn both_rooms_hear_of_it() {
    let hub = a_clinic().await;
    let id = hub.visitor.take("umum").await.id();
    for poli in ["umum", "gigi"] {
        let channel = format!("queue.{poli}");
        let mut room = Listener::following(&hub, &[channel.as_str()], None).await;
        room.next().await;
        let to = if poli == "umum" { "gigi" } else { "umum" };
        if to == "umum" {
            hub.dewi.post(&format!("/api/queue/{id}/transfer"), json!({ "poli": to })).await.expect(200);
        } else {
            send_on(&hub, id, to).await.expect(200);
        }
        let heard = room.next().await;
        assert_eq!(
            (&heard["type"], &heard["data"]["dari"]["slug"], &heard["data"]["ticket"]["poli"]["slug"]),
            (&json!("QueueTransferred"), &json!(poli), &json!(to))
        );
    }
}

#[tokio::test]
async fn it_is_taken_back_like_every_step() {
    let hub = a_clinic().await;
    let id = hub.visitor.take("umum").await.id();
    hub.rina.call_next(1).await.expect(200);
    let served = hub.rina.act(id, "serve").await.expect(200);
    send_on(&hub, id, "gigi").await.expect(200);
    hub.dewi.act(id, "undo").await.refused(403, "FORBIDDEN");
    let back = hub.rina.act(id, "undo").await.expect(200);
    for fact in ["status", "loket", "called_at", "served_at", "poli"] {
        assert_eq!(back.body["ticket"][fact], served.body["ticket"][fact], "{fact}");
    }
    assert_eq!((waiting(&hub, "umum").await, waiting(&hub, "gigi").await), (json!(0), json!(0)));
    let stats = hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200).body["stats"].clone();
    assert_eq!(stats["selesai"], 0);
}

#[tokio::test]
async fn where_nobody_can_go_is_said() {
    let hub = a_clinic().await;
    let id = hub.visitor.take("umum").await.id();
    let same = send_on(&hub, id, "umum").await.refused(422, "VALIDATION_ERROR");
    assert!(same.body["error"]["fields"]["poli"].is_string());
    send_on(&hub, id, "kia").await.refused(409, "SERVICE_CLOSED");
    send_on(&hub, id, "dukun").await.refused(404, "SERVICE_NOT_FOUND");
    hub.dewi
        .post(&format!("/api/queue/{id}/transfer"), json!({ "poli": "gigi" }))
        .await
        .refused(403, "FORBIDDEN");
    let long = json!({ "poli": "gigi", "alasan": "a".repeat(201) });
    hub.rina.post(&format!("/api/queue/{id}/transfer"), long).await.refused(422, "VALIDATION_ERROR");
    hub.rina.act(id, "cancel").await.expect(200);
    send_on(&hub, id, "gigi").await.refused(409, "INVALID_STATE");
}

#[tokio::test]
async fn one_number_tells_its_way_through_the_building() {
    let hub = a_clinic().await;
    let id = hub.visitor.take("umum").await.id();
    hub.later(5);
    hub.rina.call_next(1).await.expect(200);
    hub.later(1);
    hub.rina.act(id, "serve").await.expect(200);
    hub.later(9);
    let sent = send_on(&hub, id, "gigi").await.expect(200);
    let stages = sent.body["ticket"]["tahap"].as_array().unwrap().clone();
    let told = |stage: &Value| {
        ["poli", "status", "masuk_at", "called_at", "served_at", "finished_at", "loket"].map(|fact| {
            let value = if fact == "poli" { &stage["poli"]["slug"] } else { &stage[fact] };
            value
                .as_str()
                .map_or_else(|| value.to_string(), |text| text.get(11..16).unwrap_or(text).to_owned())
        })
    };
    assert_eq!(told(&stages[0]), ["umum", "selesai", "09:00", "09:05", "09:06", "09:15", "1"]);
    assert_eq!(told(&stages[1]), ["gigi", "menunggu", "09:15", "null", "null", "null", "null"]);
    let code = sent.ticket_code();
    let seen = hub.visitor.get(&format!("/api/tickets/{code}")).await.expect(200);
    assert_eq!(seen.body["ticket"]["tahap"], sent.body["ticket"]["tahap"], "memory says what the disk said");
}
