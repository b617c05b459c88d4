//! What everybody may see.

use serde_json::{Value, json};

use crate::harness::{a_hub, clinic};

#[tokio::test]
async fn the_display_shows_who_is_called_and_the_last_five_calls() {
    let hub = a_hub().with(clinic()).open().await;
    for poli in ["umum", "umum", "umum", "umum", "umum", "umum", "gigi", "gigi"] {
        hub.visitor.take(poli).await;
    }
    for _ in 0..5 {
        hub.later(1);
        hub.rina.call_next(1).await.expect(200);
    }
    hub.later(1);
    hub.dewi.call_next(2).await.expect(200);
    let numbers = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|t| t["nomor_antrean"].as_str().unwrap().to_owned()).collect()
    };
    let all = hub.visitor.get("/api/display").await.expect(200);
    assert_eq!(numbers(&all.body["current"]), ["B001", "A005"], "newest call first");
    assert_eq!(numbers(&all.body["recent"]), ["B001", "A005", "A004", "A003", "A002"]);
    assert_eq!(all.body["waiting_count"], 2);
    let health = hub.visitor.get("/health").await.expect(200);
    assert_eq!(all.body["seq"], health.body["last_event"]);
    let gigi = hub.visitor.get("/api/display/gigi").await.expect(200);
    assert_eq!(numbers(&gigi.body["current"]), ["B001"]);
    assert_eq!(gigi.body["waiting_count"], 1);
    hub.visitor.get("/api/display/jantung").await.refused(404, "SERVICE_NOT_FOUND");
}

#[tokio::test]
async fn no_public_answer_carries_personal_data() {
    let hub = a_hub().with(clinic()).open().await;
    let secrets = ["Hasanuddin", "7371115708900001", "0001234567890", "81234567890"];
    let ticket = hub
        .visitor.post("/api/register", json!({ "poli": "umum", "nama": "Hasanuddin Basri", "nik": secrets[1], "no_bpjs": secrets[2], "no_hp": "0812 3456 7890" }))
        .await
        .expect(201);
    let code = ticket.ticket_code();
    hub.rina.call_next(1).await.expect(200);
    let by_code = format!("/api/tickets/{code}");
    for path in [
        "/api/display",
        "/api/display/umum",
        "/api/queue/status/A001",
        "/api/services",
        "/api/site",
        "/health",
        &by_code,
    ] {
        let answer = hub.visitor.get(path).await.expect(200);
        for secret in secrets {
            assert!(!answer.text.contains(secret), "{path} shows {secret}");
        }
        assert!(
            path == by_code || !answer.text.contains(&code),
            "{path} shows the code of a stranger's ticket"
        );
    }
    for secret in secrets {
        assert!(!ticket.text.contains(secret));
    }
}

#[tokio::test]
async fn the_data_folder_is_unreadable_without_its_key() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor
        .post(
            "/api/register",
            json!({ "poli": "umum", "nama": "Hasanuddin Basri", "nik": "7371115708900001" }),
        )
        .await
        .expect(201);
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/display").await.body["waiting_count"], 1, "it was there");
    for entry in std::fs::read_dir(hub.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in [&b"7371115708900001"[..], b"Hasanuddin", b"SQLite format 3", b"poli"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

#[tokio::test]
async fn an_empty_site_answers_calmly() {
    let hub = a_hub().open().await;
    assert_eq!(hub.visitor.get("/api/services").await.expect(200).body["services"], json!([]));
    let display = hub.visitor.get("/api/display").await.expect(200);
    assert_eq!((&display.body["current"], &display.body["recent"]), (&json!([]), &json!([])));
    hub.visitor.get("/api/queue/status/A001").await.refused(404, "TICKET_NOT_FOUND");
    assert_eq!(hub.visitor.get("/api/site").await.expect(200).body["demo"], false);
}
