//! When services give numbers: hours, the last number, quotas, holidays. It is Friday, 20 November 2026, 09.00 WITA.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

/// Umum gives numbers from Monday to Saturday, 07.30–12.00, the last one at 11.00.
async fn a_clinic_with_hours() -> TestHub {
    let hub = a_hub().with(clinic()).open().await;
    set_hours(&hub, json!({ "jam": week("07:30", "12:00"), "terakhir": "11:00" })).await;
    hub
}

fn week(buka: &str, tutup: &str) -> Value {
    (1..=6).map(|hari| json!({ "hari": hari, "buka": buka, "tutup": tutup })).collect()
}

async fn set_hours(hub: &TestHub, hours: Value) {
    hub.admin.put("/api/services/umum/hours", hours).await.expect(200);
}

/// Umum as a kiosk is told of it.
async fn at_the_kiosk(hub: &TestHub) -> Value {
    let services = hub.visitor.get("/api/services").await.expect(200).body;
    services["services"][0].clone()
}

#[tokio::test]
async fn a_closed_service_says_when_it_opens_next() {
    let hub = a_clinic_with_hours().await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    assert_eq!(at_the_kiosk(&hub).await["tutup"], Value::Null);

    hub.later(120);
    let refused = hub.visitor.post("/api/register", json!({ "poli": "umum" })).await;
    assert_eq!(refused.body["error"]["buka_lagi"], "2026-11-21T07:30:00+08:00");
    let sentence = refused.body["error"]["message"].as_str().unwrap();
    assert!(sentence.contains("Buka lagi Sabtu, 21 November 2026 · 07.30 WITA."), "{sentence}");
    refused.refused(409, "SERVICE_CLOSED");
    let shut = json!({ "sebab": "jam", "libur": null, "buka_lagi": "2026-11-21T07:30:00+08:00" });
    assert_eq!(at_the_kiosk(&hub).await["tutup"], shut, "it stays on the kiosk and says why");
    // Who waits is still called.
    hub.rina.call_next(1).await.expect(200);
    // The others go on.
    hub.visitor.take("gigi").await;
}

#[tokio::test]
async fn staff_of_the_desk_give_a_number_at_any_hour() {
    let hub = a_clinic_with_hours().await;
    hub.later(180);
    hub.rina.post("/api/register", json!({ "poli": "umum", "nama": "Ibu Siti" })).await.expect(201);
    hub.dewi.post("/api/register", json!({ "poli": "umum" })).await.refused(409, "SERVICE_CLOSED");
}

#[tokio::test]
async fn a_holiday_closes_what_has_hours_and_nothing_else() {
    let hub = a_clinic_with_hours().await;
    let kept = hub.visitor.get("/api/holidays").await.expect(200).body;
    let natal = json!({ "tanggal": "2026-12-25", "nama": "Kelahiran Yesus Kristus (Natal)" });
    assert!(kept["libur"].as_array().unwrap().contains(&natal), "public holidays are there from the start");

    let mut ear = Listener::following(&hub, &["display"], None).await;
    assert_eq!(ear.next().await["type"], "Snapshot");
    let closed = json!({ "libur": [
        { "tanggal": "2026-11-20", "nama": "  Pilkada   Serentak " }, { "tanggal": "2026-11-21", "nama": "Cuti bersama" },
    ] });
    let answer = hub.admin.put("/api/holidays", closed).await.expect(200).body;
    assert_eq!(answer["libur"][0]["nama"], "Pilkada Serentak");
    assert_eq!(ear.next().await["type"], "SiteUpdated");
    let shut =
        json!({ "sebab": "libur", "libur": "Pilkada Serentak", "buka_lagi": "2026-11-23T07:30:00+08:00" });
    assert_eq!(at_the_kiosk(&hub).await["tutup"], shut, "after the Sunday");
    hub.visitor.post("/api/register", json!({ "poli": "umum" })).await.refused(409, "SERVICE_CLOSED");
    hub.visitor.take("gigi").await;

    hub.admin.put("/api/holidays", json!({ "libur": [] })).await.expect(200);
    hub.visitor.take("umum").await;
}

#[tokio::test]
async fn when_the_numbers_of_the_day_are_given_the_next_day_is_named() {
    let hub = a_hub().with(clinic()).open().await;
    set_hours(&hub, json!({ "jam": week("07:30", "12:00"), "kuota": { "total": 3, "online": 1 } })).await;
    let online = json!({ "poli": "umum", "cara_daftar": "online" });
    hub.visitor.post("/api/register", online.clone()).await.expect(201);
    hub.visitor.post("/api/register", online).await.refused(409, "QUOTA_FULL");
    hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    let full = hub.visitor.post("/api/register", json!({ "poli": "umum" })).await;
    assert_eq!(full.body["error"]["buka_lagi"], "2026-11-21T07:30:00+08:00");
    full.refused(409, "QUOTA_FULL");
    assert_eq!(at_the_kiosk(&hub).await["tutup"]["sebab"], "kuota");
    // Gone by the next morning.
    hub.later(24 * 60);
    assert_eq!(at_the_kiosk(&hub).await["tutup"]["sebab"], "kuota", "the day has not rolled in memory yet");
    hub.visitor.take("umum").await;
    assert_eq!(at_the_kiosk(&hub).await["tutup"], Value::Null);
}

#[tokio::test]
async fn hours_that_make_no_sense_change_nothing() {
    let hub = a_clinic_with_hours().await;
    let before = hub.visitor.get("/api/services/umum/hours").await.expect(200).body;
    let span = |hari: i32, buka: &str, tutup: &str| json!({ "hari": hari, "buka": buka, "tutup": tutup });
    for jam in [
        json!([span(8, "07:30", "12:00")]),
        json!([span(1, "12:00", "07:30")]),
        json!([span(1, "07:30", "12:00"), span(1, "11:00", "13:00")]),
    ] {
        let refused = hub.admin.put("/api/services/umum/hours", json!({ "jam": jam })).await;
        assert!(refused.body["error"]["fields"]["jam"].is_string());
        refused.refused(422, "VALIDATION_ERROR");
    }
    for wrong in
        [json!({ "jam": [span(1, "25:00", "26:00")] }), json!({ "jam": 7 }), json!({ "terakhir": "siang" })]
    {
        hub.admin.put("/api/services/umum/hours", wrong).await.refused(422, "VALIDATION_ERROR");
    }
    hub.admin.put("/api/services/jantung/hours", json!({})).await.refused(404, "SERVICE_NOT_FOUND");
    hub.visitor.get("/api/services/jantung/hours").await.refused(404, "SERVICE_NOT_FOUND");
    assert_eq!(hub.visitor.get("/api/services/umum/hours").await.body, before);

    for (libur, field) in [
        (json!([{ "tanggal": "2026-13-01", "nama": "X" }]), "libur[0].tanggal"),
        (json!([{ "tanggal": "2026-12-01", "nama": " " }]), "libur[0].nama"),
        (
            json!([{ "tanggal": "2026-12-01", "nama": "X" }, { "tanggal": "2026-12-01", "nama": "Y" }]),
            "libur[1].tanggal",
        ),
    ] {
        let refused = hub.admin.put("/api/holidays", json!({ "libur": libur })).await;
        assert!(refused.body["error"]["fields"][field].is_string(), "{field}");
        refused.refused(422, "VALIDATION_ERROR");
    }
}
