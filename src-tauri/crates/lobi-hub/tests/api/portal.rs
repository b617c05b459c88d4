//! Visitors about their own numbers: a code from the desk, a family under one telephone, giving a number back, judging a visit.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestHub, a_hub, answer, clinic};

const PHONE: &str = "0812-3456-7890";

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

async fn register(hub: &TestHub, nama: &str, poli: &str) -> Answer {
    let body = json!({ "nama": nama, "poli": poli, "no_hp": PHONE });
    hub.visitor.post("/api/register", body).await.expect(201)
}

async fn code(hub: &TestHub) -> String {
    hub.visitor.post("/api/portal/code", json!({ "no_hp": PHONE })).await.expect(200);
    let shown = hub.admin.post("/api/portal/code/show", json!({ "no_hp": PHONE })).await.expect(200);
    shown.body["kode"].as_str().unwrap().to_owned()
}

async fn log_in(hub: &TestHub) -> String {
    let kode = code(hub).await;
    let opened =
        hub.visitor.post("/api/portal/login", json!({ "no_hp": "+62 812 3456 7890", "kode": kode })).await;
    opened.expect(200).body["token"].as_str().unwrap().to_owned()
}

async fn own(hub: &TestHub, token: &str, method: Method, path: &str) -> Answer {
    answer(hub.visitor.request(method, path).await.header("X-Portal", token)).await
}

async fn visit(hub: &TestHub, poli: &str) -> String {
    let taken = register(hub, "Siti Aminah", poli).await;
    hub.admin
        .post(&format!("/api/queue/{}/call", taken.id()), json!({ "loket": 1, "alasan": "Uji" }))
        .await
        .expect(200);
    hub.admin.act(taken.id(), "finish").await.expect(200);
    taken.ticket_code()
}

#[tokio::test]
async fn a_family_sees_its_numbers_of_today_and_later_and_its_visits() {
    let hub = a_clinic().await;
    let siti = register(&hub, "Siti Aminah", "umum").await;
    let later = json!({ "nama": "Budi Santoso", "poli": "gigi", "no_hp": PHONE, "tanggal": "2026-11-24" });
    let budi = hub.visitor.post("/api/register", later).await.expect(201);
    hub.visitor
        .post("/api/register", json!({ "nama": "Orang Lain", "poli": "umum", "no_hp": "0813-0000-1111" }))
        .await;
    let token = log_in(&hub).await;
    let mine = own(&hub, &token, Method::GET, "/api/portal").await.expect(200).body;
    assert_eq!(mine["no_hp"], "•••• 7890");
    assert_eq!(mine["keluarga"], json!(["Siti Aminah", "Budi Santoso"]));
    let told: Vec<_> = mine["tiket"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["nama"], &one["nomor_antrean"], &one["tanggal"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("Siti Aminah"), &json!("A001"), &Value::Null),
            (&json!("Budi Santoso"), &json!("B001"), &json!("2026-11-24")),
        ]
    );
    assert_eq!((&mine["tiket"][0]["position"], &mine["riwayat"]), (&json!(1), &json!([])));
    let back =
        own(&hub, &token, Method::POST, &format!("/api/portal/tickets/{}/cancel", budi.ticket_code())).await;
    assert_eq!(back.expect(200).body["ticket"]["status"], "batal");
    own(&hub, &token, Method::POST, &format!("/api/portal/tickets/{}/cancel", siti.ticket_code()))
        .await
        .expect(200);
    let mine = own(&hub, &token, Method::GET, "/api/portal").await.expect(200).body;
    assert_eq!((&mine["tiket"], mine["riwayat"].as_array().unwrap().len()), (&json!([]), 2));
    assert_eq!(hub.visitor.get("/api/display/umum").await.body["waiting_count"], 1);
    own(&hub, &token, Method::POST, "/api/portal/logout").await.expect(204);
    own(&hub, &token, Method::GET, "/api/portal").await.refused(401, "PORTAL_SIGNED_OUT");
}

#[tokio::test]
async fn nobody_gives_anothers_number_back() {
    let hub = a_clinic().await;
    register(&hub, "Siti Aminah", "umum").await;
    let other = hub
        .visitor
        .post("/api/register", json!({ "nama": "Orang Lain", "poli": "umum", "no_hp": "0813-0000-1111" }))
        .await;
    let token = log_in(&hub).await;
    let path = format!("/api/portal/tickets/{}/cancel", other.expect(201).ticket_code());
    own(&hub, &token, Method::POST, &path).await.refused(404, "TICKET_NOT_FOUND");
    own(&hub, "wrong", Method::POST, &path).await.refused(401, "PORTAL_SIGNED_OUT");
    hub.visitor.get("/api/portal").await.refused(401, "PORTAL_SIGNED_OUT");
    hub.admin.get("/api/portal").await.refused(401, "PORTAL_SIGNED_OUT");
}

#[tokio::test]
async fn a_code_opens_once_expires_and_cannot_be_guessed() {
    let hub = a_clinic().await;
    hub.admin.post("/api/portal/code/show", json!({ "no_hp": PHONE })).await.refused(404, "NO_PORTAL_CODE");
    let unknown = hub.visitor.post("/api/portal/code", json!({ "no_hp": PHONE })).await.expect(200);
    hub.admin.post("/api/portal/code/show", json!({ "no_hp": PHONE })).await.refused(404, "NO_PORTAL_CODE");
    register(&hub, "Siti Aminah", "umum").await;
    let known = hub.visitor.post("/api/portal/code", json!({ "no_hp": PHONE })).await.expect(200);
    assert_eq!(unknown.text, known.text, "nobody learns who is known here");
    let kode = code(&hub).await;
    assert_eq!(code(&hub).await, kode, "asking again makes no other code");
    let with = |kode: &str| json!({ "no_hp": PHONE, "kode": kode });
    hub.visitor.post("/api/portal/login", with(&kode)).await.expect(200);
    hub.visitor.post("/api/portal/login", with(&kode)).await.refused(401, "PORTAL_CODE_WRONG");
    let kode = code(&hub).await;
    let wrong = if kode == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        hub.visitor.post("/api/portal/login", with(wrong)).await.refused(401, "PORTAL_CODE_WRONG");
    }
    hub.visitor.post("/api/portal/login", with(&kode)).await.refused(429, "PORTAL_CODE_LOCKED");
    hub.later(10);
    hub.visitor.post("/api/portal/login", with(&kode)).await.refused(401, "PORTAL_CODE_WRONG");
    log_in(&hub).await;
    hub.rina.post("/api/portal/code/show", json!({ "no_hp": "12" })).await;
    hub.visitor
        .post("/api/portal/code/show", json!({ "no_hp": PHONE }))
        .await
        .refused(401, "UNAUTHENTICATED");
    hub.visitor.post("/api/portal/code", json!({ "no_hp": "" })).await.refused_field("no_hp");
}

#[tokio::test]
async fn a_session_ends_after_a_month() {
    let hub = a_clinic().await;
    register(&hub, "Siti Aminah", "umum").await;
    let token = log_in(&hub).await;
    let hub = hub.restart().await;
    own(&hub, &token, Method::GET, "/api/portal").await.expect(200);
    hub.later(30 * 24 * 60 + 1);
    own(&hub, &token, Method::GET, "/api/portal").await.refused(401, "PORTAL_SIGNED_OUT");
}

/// "Review 1–5 stars after the visit."
#[tokio::test]
async fn a_visit_is_judged_once_within_a_week_and_staff_read_it_without_a_name() {
    let hub = a_clinic().await;
    let waiting = register(&hub, "Budi Santoso", "umum").await.ticket_code();
    let done = visit(&hub, "lansia").await;
    let say = |kode: &str, bintang: i64, komentar: &str| json!({ "kode": kode, "bintang": bintang, "komentar": komentar });
    hub.visitor.post("/api/reviews", say(&waiting, 5, "")).await.refused(404, "NOTHING_TO_REVIEW");
    hub.visitor.post("/api/reviews", say(&done, 6, "")).await.refused_field("bintang");
    hub.visitor.post("/api/reviews", say(&done, 4, &"a".repeat(501))).await.refused_field("komentar");
    hub.visitor.post("/api/reviews", say(&done, 4, "Ramah, tetapi lama")).await.expect(201);
    hub.visitor.post("/api/reviews", say(&done, 1, "")).await.refused(409, "ALREADY_REVIEWED");
    let second = visit(&hub, "lansia").await;
    hub.visitor.post("/api/reviews", say(&second.to_lowercase(), 5, "")).await.expect(201);
    let token = log_in(&hub).await;
    let mine = own(&hub, &token, Method::GET, "/api/portal").await.expect(200).body;
    assert_eq!(
        (&mine["riwayat"][1]["bintang"], &mine["riwayat"][1]["bisa_diulas"]),
        (&json!(4), &json!(false))
    );
    let read = hub.admin.get("/api/reviews").await.expect(200);
    assert_eq!(
        (&read.body["rata"], &read.body["bintang"], &read.body["total"]),
        (&json!(4.5), &json!([0, 0, 0, 1, 1]), &json!(2))
    );
    assert_eq!(
        (&read.body["ulasan"][1]["komentar"], &read.body["ulasan"][1]["nomor_antrean"]),
        (&json!("Ramah, tetapi lama"), &json!("D001"))
    );
    assert!(!read.text.contains("Siti"), "{}", read.text);
    let before = hub.admin.get("/api/reviews?sampai=2026-11-19").await.expect(200).body;
    assert_eq!((&before["total"], &before["rata"]), (&json!(0), &Value::Null));
    hub.visitor.get("/api/reviews").await.refused(401, "UNAUTHENTICATED");
    let old = visit(&hub, "lansia").await;
    hub.later(8 * 24 * 60);
    hub.visitor.post("/api/reviews", say(&old, 3, "")).await.refused(404, "NOTHING_TO_REVIEW");
}
