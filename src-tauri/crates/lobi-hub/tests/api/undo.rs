//! A slip of the hand is taken back.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

/// Space on a called visitor who has not come yet used to make them "selesai", for good.
#[tokio::test]
async fn a_visitor_who_was_finished_by_mistake_is_called_again_as_before() {
    let hub = a_clinic().await;
    hub.visitor.take("umum").await;
    let called = hub.rina.call_next(1).await;
    hub.later(1);
    hub.rina.act(called.id(), "finish").await.expect(200);
    let back = hub.rina.act(called.id(), "undo").await.expect(200);
    for fact in ["status", "loket", "called_at", "call_order", "finished_at"] {
        assert_eq!(back.body["ticket"][fact], called.body["ticket"][fact], "{fact}");
    }
    assert_eq!(hub.visitor.get("/api/display").await.body["current"][0]["nomor_antrean"], "A001");
    hub.rina.act(called.id(), "undo").await.refused(409, "NOTHING_TO_UNDO");
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/display").await.body["current"][0]["nomor_antrean"], "A001");
}

#[tokio::test]
async fn every_button_can_be_taken_back() {
    for (before, action, status) in [
        (&[][..], "cancel", "menunggu"),
        (&[], "call", "menunggu"),
        (&["call"], "skip", "dipanggil"),
        (&["call"], "serve", "dipanggil"),
        (&["call"], "cancel", "dipanggil"),
        (&["call", "skip"], "return", "dilewati"),
        (&["call", "serve"], "finish", "sedang_dilayani"),
    ] {
        let hub = a_clinic().await;
        let id = hub.visitor.take("umum").await.id();
        hub.visitor.take("umum").await;
        let act = async |action: &str| {
            let body = if action == "call" { json!({ "loket": 1 }) } else { Value::Null };
            hub.rina.post(&format!("/api/queue/{id}/{action}"), body).await.expect(200);
        };
        for step in before {
            act(step).await;
        }
        let stood = hub.visitor.get("/api/display").await.body;
        act(action).await;
        let back = hub.rina.act(id, "undo").await.expect(200);
        assert_eq!(back.body["ticket"]["status"], status, "{before:?} {action}");
        let mut stands = hub.visitor.get("/api/display").await.body;
        stands["seq"] = stood["seq"].clone();
        assert_eq!(stands, stood, "{before:?} {action}: the board is as it was");
    }
}

#[tokio::test]
async fn what_is_newer_stands_in_the_way() {
    let hub = a_clinic().await;
    let first = hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await;
    // Finishes A001 and calls A002.
    let second = hub.rina.call_next(1).await;
    let refused = hub.rina.act(first.id(), "undo").await.refused(409, "UNDO_BLOCKED");
    assert!(refused.text.contains("A002"), "{}", refused.text);
    hub.rina.act(second.id(), "undo").await.expect(200);
    let back = hub.rina.act(first.id(), "undo").await.expect(200);
    assert_eq!(
        (&back.body["ticket"]["status"], &back.body["ticket"]["loket"]),
        (&json!("dipanggil"), &json!(1))
    );
    assert_eq!(hub.rina.call_next(1).await.number(), "A002", "and it goes on as it should have");
}

#[tokio::test]
async fn a_step_can_be_taken_back_for_two_minutes_and_by_those_who_may() {
    let hub = a_clinic().await;
    let ticket = hub.visitor.take("umum").await;
    hub.rina.call_next(1).await;
    hub.dewi.act(ticket.id(), "undo").await.refused(403, "FORBIDDEN");
    hub.later(3);
    hub.rina.act(ticket.id(), "undo").await.refused(409, "NOTHING_TO_UNDO");
    hub.rina.act(999_999, "undo").await.refused(404, "TICKET_NOT_FOUND");
    hub.housekeeping().await;
    let untouched = hub.visitor.take("umum").await;
    hub.rina.act(untouched.id(), "undo").await.refused(409, "NOTHING_TO_UNDO");
}

/// The two minutes are over, or somebody else stands at the counter: the list of the finished is there all day.
#[tokio::test]
async fn whoever_was_finished_by_mistake_can_be_called_or_sent_back_all_day() {
    let hub = a_clinic().await;
    let (first, second) = (hub.visitor.take("umum").await.id(), hub.visitor.take("umum").await.id());
    hub.rina.call_next(1).await;
    hub.rina.act(first, "serve").await.expect(200);
    hub.rina.act(first, "finish").await.expect(200);
    hub.later(90);
    let back = hub.rina.act(first, "return").await.expect(200);
    assert_eq!(back.body["ticket"]["position"], 1, "by number, as after a skip");
    for fact in ["loket", "called_at", "served_at", "finished_at"] {
        assert_eq!(back.body["ticket"][fact], Value::Null, "{fact}");
    }
    hub.rina.call_next(1).await;
    hub.rina.act(first, "finish").await.expect(200);
    let again = hub.rina.post(&format!("/api/queue/{first}/call"), json!({ "loket": 1 })).await.expect(200);
    assert_eq!(
        (&again.body["ticket"]["status"], &again.body["ticket"]["finished_at"]),
        (&json!("dipanggil"), &Value::Null)
    );
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/display").await.body["current"][0]["nomor_antrean"], "A001");
    hub.rina.act(second, "return").await.refused(409, "INVALID_STATE");
}
