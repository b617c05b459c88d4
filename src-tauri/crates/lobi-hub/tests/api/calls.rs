//! Calling, skipping, serving, finishing: the counter's buttons.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, a_hub, answer, clinic};

#[tokio::test]
async fn call_next_finishes_the_current_visitor_and_calls_the_next() {
    let hub = a_hub().with(clinic()).open().await;
    let first = hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    let called = hub.rina.call_next(3).await.expect(200);
    assert_eq!(called.number(), "A001");
    let ticket = &called.body["ticket"];
    assert_eq!((&ticket["status"], &ticket["loket"]), (&json!("dipanggil"), &json!(3)));
    assert_eq!(ticket["called_at"], "2026-11-20T09:00:00+08:00");
    assert_eq!(ticket["position"], Value::Null);
    hub.later(5);
    assert_eq!(hub.rina.call_next(3).await.expect(200).number(), "A002");
    let status = hub.visitor.get("/api/queue/status/A001").await;
    assert_eq!(status.body["status"], "selesai");
    let empty = hub.rina.call_next(3).await.refused(409, "QUEUE_EMPTY");
    assert!(empty.body["ticket"].is_null());
    assert_eq!(
        hub.visitor.get("/api/queue/status/A002").await.body["status"],
        "dipanggil",
        "nobody waits, so nobody is sent away"
    );
    assert!(first.id() > 0);
}

#[tokio::test]
async fn a_ticket_goes_through_a_whole_visit() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let id = hub.rina.call_next(1).await.id();
    let recalled = hub.rina.act(id, "call").await.expect(200);
    assert_eq!(
        (&recalled.body["ticket"]["recalls"], &recalled.body["ticket"]["status"]),
        (&json!(1), &json!("dipanggil"))
    );
    hub.later(1);
    let served = hub.rina.act(id, "serve").await.expect(200);
    assert_eq!(served.body["ticket"]["status"], "sedang_dilayani");
    assert_eq!(served.body["ticket"]["served_at"], "2026-11-20T09:01:00+08:00");
    hub.later(4);
    let finished = hub.rina.act(id, "finish").await.expect(200);
    assert_eq!(finished.body["ticket"]["finished_at"], "2026-11-20T09:05:00+08:00");
    assert_eq!(finished.body["ticket"]["status"], "selesai");
}

#[tokio::test]
async fn a_skipped_visitor_comes_back_to_their_place() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..3 {
        hub.visitor.take("umum").await;
    }
    let id = hub.rina.call_next(1).await.id();
    assert_eq!(hub.rina.act(id, "skip").await.expect(200).body["ticket"]["status"], "dilewati");
    assert_eq!(hub.rina.call_next(1).await.number(), "A002", "the line goes on");
    let returned = hub.rina.act(id, "return").await.expect(200);
    assert_eq!(
        (&returned.body["ticket"]["status"], &returned.body["ticket"]["position"]),
        (&json!("menunggu"), &json!(1))
    );
    assert_eq!(hub.rina.call_next(1).await.number(), "A001");
}

#[tokio::test]
async fn one_number_can_be_called_out_of_order() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    let third = hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    let path = format!("/api/queue/{}/call", third.id());
    let missing = hub.rina.post(&path, Value::Null).await.refused(422, "VALIDATION_ERROR");
    assert!(missing.body["error"]["fields"]["loket"].is_string(), "two counters serve Umum: say which");
    let why = hub.rina.post(&path, json!({ "loket": 1 })).await.refused(422, "VALIDATION_ERROR");
    assert!(why.body["error"]["fields"]["alasan"].is_string(), "somebody waits longer: say why");
    hub.rina
        .post(&path, json!({ "loket": 1, "alasan": "a".repeat(201) }))
        .await
        .refused(422, "VALIDATION_ERROR");
    let called = hub.rina.post(&path, json!({ "loket": 1, "alasan": " Sesak  napas " })).await.expect(200);
    assert_eq!(called.body["ticket"]["loket"], 1);
    let kept = hub.hub().db.read(|sql| {
        let deed = "queue.out_of_turn";
        Ok(sql.query_row("select after from audit where deed = ?1", [deed], |row| row.get::<_, String>(0))?)
    });
    assert_eq!(kept.await.unwrap(), r#"{"alasan":"Sesak napas","loket":1}"#);
    assert_eq!(
        hub.visitor.get("/api/queue/status/A001").await.body["status"],
        "selesai",
        "a counter has one visitor at a time"
    );
    let gone = hub.visitor.take("umum").await.id();
    hub.rina.act(gone, "cancel").await.expect(200);
    let cancelled = format!("/api/queue/{gone}/call");
    hub.rina.post(&cancelled, json!({ "loket": 1 })).await.refused(409, "INVALID_STATE");
    assert_eq!(
        hub.visitor.get("/api/queue/status/A003").await.body["status"],
        "dipanggil",
        "a refused call pushes nobody out"
    );
}

#[tokio::test]
async fn who_is_named_next_is_called_next_also_when_many_came_at_once_and_the_clock_jumped() {
    let hub = a_hub().with(clinic()).open().await;
    futures_util::future::join_all(
        (0..30).map(|i| hub.visitor.take(if i % 3 == 0 { "lansia" } else { "umum" })),
    )
    .await;
    hub.later(-120);
    futures_util::future::join_all((0..10).map(|_| hub.visitor.take("umum"))).await;
    for _ in 0..40 {
        let named =
            hub.rina.get("/api/dashboard/queues?loket=1").await.body["upcoming"]["nomor_antrean"].clone();
        assert_eq!(hub.rina.call_next(1).await.expect(200).number(), named.as_str().unwrap());
    }
}

#[tokio::test]
async fn a_body_of_null_is_no_body() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let id = hub.rina.call_next(1).await.id();
    let null = hub.rina.request(Method::POST, &format!("/api/queue/{id}/call")).await;
    answer(null.header("content-type", "application/json").body("null")).await.expect(200);
}

#[tokio::test]
async fn every_wrong_state_is_refused_and_named() {
    let hub = a_hub().with(clinic()).open().await;
    let id = hub.visitor.take("umum").await.id();
    for verb in ["skip", "serve", "finish", "return"] {
        let refused = hub.rina.act(id, verb).await.refused(409, "INVALID_STATE");
        let message = refused.body["error"]["message"].as_str().unwrap();
        assert!(message.contains("A001") && message.contains("menunggu"), "{message}");
    }
    hub.rina.act(id, "cancel").await.expect(200);
    for verb in ["call", "skip", "serve", "finish", "return", "cancel"] {
        let body = if verb == "call" { json!({ "loket": 1 }) } else { Value::Null };
        let refused =
            hub.rina.post(&format!("/api/queue/{id}/{verb}"), body).await.refused(409, "INVALID_STATE");
        assert!(refused.body["error"]["message"].as_str().unwrap().contains("batal"));
    }
}

#[tokio::test]
async fn a_petugas_touches_only_the_own_services() {
    let hub = a_hub().with(clinic()).open().await;
    let tooth = hub.visitor.take("gigi").await.id();
    for verb in ["skip", "serve", "finish", "return", "cancel"] {
        hub.rina.act(tooth, verb).await.refused(403, "FORBIDDEN");
    }
    hub.rina.post(&format!("/api/queue/{tooth}/call"), json!({ "loket": 2 })).await.refused(403, "FORBIDDEN");
    hub.rina.call_next(2).await.refused(403, "FORBIDDEN");
    hub.dewi.post(&format!("/api/queue/{tooth}/call"), json!({ "loket": 1 })).await.refused(403, "FORBIDDEN");
    hub.rina.call_next(99).await.refused(404, "COUNTER_NOT_FOUND");
    hub.rina.act(4711, "finish").await.refused(404, "TICKET_NOT_FOUND");
    hub.rina.act(i64::MAX, "finish").await.refused(404, "TICKET_NOT_FOUND");
    assert_eq!(hub.admin.call_next(2).await.expect(200).number(), "B001", "an admin may do everything");
}

#[tokio::test]
async fn priority_visitors_wait_for_two_regular_ones_at_most_and_the_counter_is_told_why() {
    let hub = a_hub().with(clinic()).open().await;
    for poli in ["umum", "umum", "umum", "umum", "lansia", "lansia"] {
        hub.visitor.take(poli).await;
        hub.later(1);
    }
    let upcoming = |answer: Answer| answer.body["upcoming"].clone();
    let why = upcoming(hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200));
    assert_eq!((&why["nomor_antrean"], &why["reason"]), (&json!("D001"), &json!("priority_turn")));
    let mut called = Vec::new();
    for turn in 0..6 {
        if turn == 1 {
            let why = upcoming(hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200));
            assert_eq!(why["reason"], "regular_turn");
            assert_eq!(why["regular_before_priority"], 2);
        }
        called.push(hub.rina.call_next(1).await.expect(200).number().to_owned());
    }
    assert_eq!(called, ["D001", "A001", "A002", "D002", "A003", "A004"]);
}

#[tokio::test]
async fn the_dashboard_lists_the_own_services_in_pages() {
    let hub = a_hub().with(clinic()).open().await;
    for poli in ["umum", "gigi", "lansia", "umum"] {
        hub.visitor.take(poli).await;
        hub.later(1);
    }
    hub.visitor
        .post("/api/register", json!({ "poli": "umum", "nama": "Budi", "cara_daftar": "online" }))
        .await
        .expect(201);
    hub.rina.call_next(1).await.expect(200);
    let first = hub.rina.get("/api/dashboard/queues?per_page=2").await.expect(200);
    let numbers = |answer: &Answer| -> Vec<String> {
        answer.body["tickets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t["nomor_antrean"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(numbers(&first), ["A001", "A002"], "waiting ones first, by age");
    let next = format!("http://{}/api/dashboard/queues?per_page=2&page=2", hub.address);
    assert_eq!((&first.body["total"], &first.body["next"]), (&json!(4), &json!(next)));
    assert_eq!(
        first.body["stats"],
        json!({ "selesai": 0, "menunggu": 3, "dipanggil": 1, "dilewati": 0, "rata_rata_menit": null })
    );
    let second = hub.rina.get("/api/dashboard/queues?per_page=2&page=2").await.expect(200);
    assert_eq!(numbers(&second), ["A003", "D001"]);
    assert_eq!(second.body["next"], Value::Null);
    let last = &second.body["tickets"][0];
    assert_eq!(
        (&last["nama"], &last["cara_daftar"], &last["priority"]),
        (&json!("Budi"), &json!("online"), &json!(false))
    );
    let far = hub.rina.get("/api/dashboard/queues?page=18446744073709551615").await.expect(200);
    assert!(numbers(&far).is_empty());
    for bad in ["page=0", "per_page=0", "per_page=1001"] {
        hub.rina.get(&format!("/api/dashboard/queues?{bad}")).await.refused(422, "VALIDATION_ERROR");
    }
    for bad in ["page=x", "status=hilang", "nonsense=1"] {
        hub.rina.get(&format!("/api/dashboard/queues?{bad}")).await.refused(422, "VALIDATION_ERROR");
    }
    let at_two = hub.admin.get("/api/dashboard/queues?loket=2").await.expect(200);
    assert_eq!(numbers(&at_two), ["B001"], "a counter's list holds what the counter serves");
    hub.rina.get("/api/dashboard/queues?loket=77").await.refused(404, "COUNTER_NOT_FOUND");
}

#[tokio::test]
async fn counters_tell_what_they_serve_and_who_is_there() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    hub.rina.call_next(3).await.expect(200);
    let answer = hub.rina.get("/api/counters").await.expect(200);
    let counters = answer.body["counters"].as_array().unwrap();
    let allowed: Vec<bool> = counters.iter().map(|counter| counter["allowed"].as_bool().unwrap()).collect();
    assert_eq!(allowed, [true, false, true, false]);
    assert_eq!(counters[2]["current"]["nomor_antrean"], "A001");
    assert_eq!(counters[0]["current"], Value::Null);
}
