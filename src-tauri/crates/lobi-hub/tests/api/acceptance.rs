//! Seed 0, §11 "Final Acceptance Checklist", line by line, against a real hub from outside. What is no matter of the hub's
//! answers is pointed to where it is proven.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

/// What a browser's tab hears next on these channels, after it was told that it is connected.
async fn a_tab(hub: &TestHub, channels: &[&str]) -> Listener {
    let mut tab = Listener::following(hub, channels, None).await;
    tab.next().await;
    tab
}

/// "Semua migration & seeder jalan tanpa error". Every older shape of the file: `db::migrate`; the demonstration as a
/// process: `process.rs`.
#[tokio::test]
async fn every_migration_runs_and_a_new_clinic_is_there() {
    let hub = a_clinic().await;
    assert_eq!(hub.visitor.get("/health").await.expect(200).body["status"], "ok");
    let services = hub.visitor.get("/api/services").await.expect(200);
    assert!(!services.body["services"].as_array().unwrap().is_empty());
}

/// "Role & permission sudah lengkap". Each right of each person on each route: `rights.rs`.
#[tokio::test]
async fn roles_and_permissions_are_complete() {
    let hub = a_clinic().await;
    let petugas = hub.rina.get("/api/me").await.expect(200).body;
    for name in [
        "view-dashboard",
        "call-queue",
        "skip-queue",
        "recall-queue",
        "finish-queue",
        "view-own-poli-queue",
        "view-reports",
    ] {
        assert!(petugas["permissions"].as_array().unwrap().contains(&json!(name)), "{name}");
    }
    let admin = hub.admin.get("/api/me").await.expect(200).body;
    assert!(admin["permissions"].as_array().unwrap().contains(&json!("*")));
    hub.visitor.get("/api/dashboard/queues").await.refused(401, "UNAUTHENTICATED");
    hub.rina.get("/api/users").await.refused(403, "FORBIDDEN");
}

/// "Login → token Sanctum berhasil": a bearer token, the user, the permissions.
#[tokio::test]
async fn signing_in_gives_a_token() {
    let hub = a_clinic().await;
    let session = json!({ "username": "rina", "password": crate::harness::PASSWORD });
    let session = hub.visitor.post("/api/login", session).await.expect(200).body;
    assert!(session["permissions"].is_array() && session["user"]["username"] == "rina", "{session}");
    let token = session["token"].as_str().unwrap();
    hub.visitor.with_token(token).get("/api/dashboard/queues").await.expect(200);
}

/// "Pendaftaran online → nomor antrean masuk + broadcast".
#[tokio::test]
async fn registering_online_gives_a_number_and_is_broadcast() {
    let hub = a_clinic().await;
    let mut tab = a_tab(&hub, &["queue.umum"]).await;
    let asked = json!({ "poli": "umum", "nama": "Siti", "no_hp": "0812-3456-7890", "cara_daftar": "online" });
    assert_eq!(hub.visitor.post("/api/register", asked).await.expect(201).number(), "A001");
    let heard = tab.next().await;
    assert_eq!(
        (&heard["type"], &heard["data"]["ticket"]["nomor_antrean"]),
        (&json!("NewRegistration"), &json!("A001"))
    );
}

/// "Petugas panggil nomor → update real-time di tab lain".
#[tokio::test]
async fn a_call_is_seen_in_another_tab() {
    let hub = a_clinic().await;
    hub.visitor.take("umum").await;
    let mut tab = a_tab(&hub, &["queue.umum"]).await;
    hub.rina.call_next(1).await.expect(200);
    let heard = tab.next().await;
    assert_eq!(
        (&heard["type"], &heard["data"]["ticket"]["status"]),
        (&json!("QueueCalled"), &json!("dipanggil"))
    );
}

/// "TV display endpoint bisa diakses publik & update otomatis".
#[tokio::test]
async fn the_tv_is_public_and_moves_by_itself() {
    let hub = a_clinic().await;
    hub.visitor.take("umum").await;
    let mut tv = a_tab(&hub, &["display"]).await;
    assert_eq!(hub.visitor.get("/api/display/umum").await.expect(200).body["current"], json!([]));
    hub.rina.call_next(1).await.expect(200);
    assert_eq!(tv.next().await["type"], "QueueCalled");
    let display = hub.visitor.get("/api/display/umum").await.expect(200).body;
    assert_eq!(
        (&display["current"][0]["nomor_antrean"], &display["recent"][0]["loket"]),
        (&json!("A001"), &json!(1))
    );
}

/// "Postman collection lengkap & sudah dishare": every operation stands in it; newman runs it (`.ci/postman.sh`).
#[test]
fn the_postman_collection_has_every_operation() {
    let file = include_str!("../../../../../docs/postman/lobi.postman_collection.json");
    let collection: Value = serde_json::from_str(file).unwrap();
    let mut names = Vec::new();
    requests(&collection["item"], &mut names);
    let document = serde_json::to_value(lobi_hub::router::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let operations: usize = paths.values().map(|path| path.as_object().unwrap().len()).sum();
    assert!(names.len() >= operations, "{} requests for {operations} operations", names.len());
}

fn requests(items: &Value, names: &mut Vec<String>) {
    for item in items.as_array().into_iter().flatten() {
        if item["request"].is_object() {
            names.push(item["name"].to_string());
        }
        requests(&item["item"], names);
    }
}

/// "Nomor antrean reset per hari per poli".
#[tokio::test]
async fn numbers_begin_anew_each_day_in_each_service() {
    let hub = a_clinic().await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    assert_eq!(hub.visitor.take("umum").await.number(), "A002");
    assert_eq!(hub.visitor.take("gigi").await.number(), "B001");
    hub.later(24 * 60);
    hub.housekeeping().await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    assert_eq!(hub.visitor.take("gigi").await.number(), "B001");
}

/// "Laporan waktu tunggu sudah akurat". A day recomputed from its events: `reports.rs`.
#[tokio::test]
async fn the_report_of_waits_is_right() {
    let hub = a_clinic().await;
    for minutes in [12, 30] {
        let id = hub.visitor.take("umum").await.id();
        hub.later(minutes);
        hub.rina.call_next(1).await.expect(200);
        hub.rina.act(id, "finish").await.expect(200);
    }
    let waits = hub.rina.get("/api/reports/daily").await.expect(200).body["antrean"]["tunggu"].clone();
    assert_eq!(
        (&waits["jumlah"], &waits["rata"], &waits["dalam_60"]),
        (&json!(2), &json!(21.0), &json!(100.0))
    );
}

/// "Tidak ada error 500 di log saat testing intensif": whatever is sent to whatever route, nothing answers with 500.
/// Generated requests: schemathesis in `./test schema`; crowds: `crowd.rs`.
#[tokio::test]
async fn nothing_answers_with_500() {
    let hub = a_clinic().await;
    let odd = [
        json!({}),
        json!([]),
        json!(null),
        json!("x"),
        json!({ "poli": 7 }),
        json!({ "loket": "satu", "alasan": null }),
    ];
    for operation in crate::operations::operations() {
        let path = operation.path.replace(['{', '}'], "");
        for path in [path.clone(), path.replace("/id", "/-1").replace("/n", "/99999999999999999999")] {
            for body in odd.iter().cloned().map(Some).chain([None]) {
                if matches!(operation.path.as_str(), "/api/logout" | "/api/reset") {
                    continue;
                }
                let answer = hub.admin.send(operation.method.clone(), &path, None, body).await;
                assert!(!answer.status.is_server_error(), "{} {path}: {}", operation.method, answer.status);
            }
        }
    }
}
