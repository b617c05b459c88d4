//! Reports: a day as its definitions say, computed by hand and from the events; who sees what; weeks and months.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

/// A small morning from 09.00: umum 4 numbers, gigi 1.
async fn a_morning() -> TestHub {
    let hub = a_hub().with(clinic()).open().await;
    let served = hub.visitor.take("umum").await.id();
    let skipped = hub.visitor.take("umum").await.id();
    let cancelled = hub.visitor.take("umum").await.id();
    hub.later(10);
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(served, "serve").await.expect(200);
    hub.later(5);
    // Calling the next finishes whoever is there: 5 minutes of service, and 15 of waiting for the second.
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(skipped, "skip").await.expect(200);
    hub.rina.act(cancelled, "cancel").await.expect(200);
    let sent = hub.visitor.take("umum").await.id();
    hub.later(61);
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(sent, "serve").await.expect(200);
    hub.later(3);
    hub.rina.post(&format!("/api/queue/{sent}/transfer"), json!({ "poli": "gigi" })).await.expect(200);
    hub.later(2);
    hub.dewi.call_next(2).await.expect(200);
    hub.later(7);
    hub.dewi.act(sent, "finish").await.expect(200);
    hub.visitor.take("gigi").await;
    hub
}

async fn daily(hub: &TestHub) -> Value {
    hub.admin.get("/api/reports/daily").await.expect(200).body["antrean"].clone()
}

#[tokio::test]
async fn a_day_is_counted_as_its_definitions_say() {
    let hub = a_morning().await;
    let report = daily(&hub).await;
    let counts = |of: &Value| {
        ["total", "selesai", "dilewati", "batal", "terbuka"].map(|name| of[name].as_u64().unwrap())
    };
    assert_eq!(counts(&report), [5, 2, 1, 1, 1]);
    // Waits 10, 15 and 61 minutes: one of three longer than an hour.
    let waits = json!({ "jumlah": 3, "median": 15.0, "p90": 61.0, "rata": 28.7, "dalam_60": 66.7 });
    assert_eq!(report["tunggu"], waits);
    // Visits 5 and 3 at umum, 7 at gigi, where the number was sent on to.
    assert_eq!((&report["layan"]["jumlah"], &report["layan"]["median"]), (&json!(3), &json!(5.0)));
    let polis = report["per_poli"].as_array().unwrap();
    let seen: Vec<_> = polis
        .iter()
        .map(|one| (one["poli"]["slug"].as_str().unwrap(), counts(one)[0], one["tahap"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        seen,
        [("umum", 4, 2), ("gigi", 1, 1)],
        "a number counts where it was given, a visit where it was"
    );
    let loket: Vec<_> = report["per_loket"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["loket"].clone(), one["layan"]["jumlah"].clone()))
        .collect();
    assert_eq!(loket, [(json!(1), json!(2)), (json!(2), json!(1))]);
    let hours = report["per_jam"].as_array().unwrap();
    assert_eq!(hours.len(), 24);
    let sum = |name: &str| hours.iter().map(|hour| hour[name].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("ambil"), sum("panggil")), (5, 3));
    assert_eq!(
        (&report["per_kelas"][0]["kelas"], &report["per_kelas"][0]["total"]),
        (&json!(null), &json!(5))
    );
    assert_eq!(report["per_cara_daftar"], json!([{ "cara_daftar": "offline", "total": 5 }]));
    // What is corrected later moves no wait: the first call counts.
    let skipped = hub.rina.get("/api/dashboard/queues?status=dilewati").await.body["tickets"][0]["id"]
        .as_i64()
        .unwrap();
    hub.rina.act(skipped, "return").await.expect(200);
    hub.later(90);
    hub.rina.call_next(1).await.expect(200);
    assert_eq!(daily(&hub).await["tunggu"], waits);
    let before = daily(&hub).await;
    let hub = hub.restart().await;
    assert_eq!(daily(&hub).await, before);
}

/// The same figures from another source: what was told while it happened.
#[tokio::test]
async fn a_day_recomputed_from_its_events_has_the_same_figures() {
    let hub = a_morning().await;
    let mut heard = Listener::following(&hub, &["queue.umum", "queue.gigi"], Some(0)).await;
    let (mut taken, mut finished, mut first_called) = (0, 0, std::collections::BTreeMap::new());
    let last = hub.visitor.get("/api/display").await.body["seq"].as_i64().unwrap();
    loop {
        let told = heard.next().await;
        let ticket = &told["data"]["ticket"];
        match told["type"].as_str().unwrap() {
            "NewRegistration" => taken += 1,
            "QueueFinished" => finished += 1,
            "QueueCalled" => {
                first_called.entry(ticket["id"].as_i64()).or_insert_with(|| ticket["called_at"].clone());
            }
            _ => {}
        }
        if told["seq"].as_i64().unwrap_or(0) >= last {
            break;
        }
    }
    let report = daily(&hub).await;
    assert_eq!((report["total"].as_u64(), report["selesai"].as_u64()), (Some(taken), Some(finished)));
    assert_eq!(report["tunggu"]["jumlah"].as_u64(), Some(first_called.len() as u64));
}

#[tokio::test]
async fn a_petugas_sees_the_own_services_and_a_front_desk_none() {
    let hub = a_morning().await;
    let polis = |body: &Value| {
        let all = body["antrean"]["per_poli"].as_array().unwrap().clone();
        all.iter().map(|one| one["poli"]["slug"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let report = hub.dewi.get("/api/reports/daily?bagian=antrean").await.expect(200);
    assert_eq!(polis(&report.body), ["gigi"]);
    assert_eq!(report.body["antrean"]["total"], 1);
    hub.visitor.get("/api/reports/daily").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn weeks_begin_on_monday_months_are_whole_and_other_days_are_empty() {
    let hub = a_morning().await;
    // The test's morning is Friday, 20 November 2026.
    for (path, dari, sampai, total) in [
        ("daily?date=2026-11-20", "2026-11-20", "2026-11-20", 5),
        ("daily?date=2026-11-19", "2026-11-19", "2026-11-19", 0),
        ("weekly?date=2026-11-22", "2026-11-16", "2026-11-22", 5),
        ("weekly?date=2026-11-23", "2026-11-23", "2026-11-29", 0),
        ("monthly?month=2026-11", "2026-11-01", "2026-11-30", 5),
        ("monthly?month=2026-02", "2026-02-01", "2026-02-28", 0),
        ("yearly", "2026-01-01", "2026-12-31", 5),
        ("yearly?year=2025", "2025-01-01", "2025-12-31", 0),
    ] {
        let report = hub.admin.get(&format!("/api/reports/{path}")).await.expect(200).body;
        assert_eq!(
            (&report["dari"], &report["sampai"], &report["antrean"]["total"]),
            (&json!(dari), &json!(sampai), &json!(total)),
            "{path}"
        );
    }
    let empty = hub.admin.get("/api/reports/daily?date=2026-11-19").await.body["antrean"].clone();
    assert_eq!((&empty["tunggu"]["median"], &empty["pertama"]), (&Value::Null, &Value::Null));
    let week = hub.admin.get("/api/reports/weekly").await.expect(200).body;
    assert_eq!(week["antrean"]["per_hari"][0]["tanggal"], "2026-11-20");
    for wrong in [
        "daily?date=kemarin",
        "daily?date=2026-13-01",
        "monthly?month=2026",
        "monthly?month=2026-11-01",
        "yearly?year=tahun",
        "yearly?year=2026-11",
        "daily?bagian=apotek",
    ] {
        hub.admin.get(&format!("/api/reports/{wrong}")).await.refused(422, "VALIDATION_ERROR");
    }
}

/// Seed 1: `GET /api/stats`.
#[tokio::test]
async fn how_today_stands_is_told_by_service_and_counter() {
    let hub = a_morning().await;
    let stats = hub.admin.get("/api/stats").await.expect(200).body;
    let standing = |of: &Value| {
        ["total", "menunggu", "dipanggil", "sedang_dilayani", "selesai", "dilewati", "batal"]
            .map(|name| of[name].as_u64().unwrap())
    };
    assert_eq!((stats["tanggal"].as_str(), standing(&stats)), (Some("2026-11-20"), [5, 1, 0, 0, 2, 1, 1]));
    let polis: Vec<_> = stats["per_poli"].as_array().unwrap().iter().map(standing).collect();
    assert_eq!(polis, [[4, 0, 0, 0, 2, 1, 1], [1, 1, 0, 0, 0, 0, 0]]);
    let all: u64 =
        stats["per_loket"].as_array().unwrap().iter().map(|one| one["total"].as_u64().unwrap()).sum();
    assert!(all >= 2, "{stats}");
    assert_eq!(hub.dewi.get("/api/stats").await.expect(200).body["total"], 1);
    hub.visitor.get("/api/stats").await.refused(401, "UNAUTHENTICATED");
}
