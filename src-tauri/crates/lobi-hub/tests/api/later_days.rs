//! Numbers for later days, checking in, and counters that call by themselves.

use serde_json::{Value, json};

use crate::harness::{Actor, Answer, TestHub, a_hub, clinic};
use crate::live::Listener;

/// The test's clock begins on Friday, 20 November 2026, 09:00.
const MONDAY: &str = "2026-11-23";

async fn take(who: &Actor, poli: &str, tanggal: &str) -> Answer {
    who.post("/api/register", json!({ "poli": poli, "tanggal": tanggal, "cara_daftar": "online" })).await
}

async fn of(hub: &TestHub, code: &str) -> Value {
    hub.visitor.get(&format!("/api/tickets/{code}")).await.expect(200).body["ticket"].clone()
}

/// Monday morning, 08:00.
async fn until_monday(hub: &TestHub) {
    // Day by day: a clock that jumps over a night would be doubted.
    for hours in [12, 12, 12, 12, 12, 7, 4] {
        hub.later(hours * 60);
        hub.housekeeping().await;
    }
}

async fn waiting(hub: &TestHub) -> Value {
    hub.visitor.get("/api/display/umum").await.expect(200).body["waiting_count"].clone()
}

/// "An online registration for a later day has its number when it is made, and needs a check-in that day."
#[tokio::test]
async fn a_number_for_a_later_day_waits_from_the_check_in_on() {
    let hub = a_hub().with(clinic()).open().await;
    let taken = take(&hub.visitor, "umum", MONDAY).await.expect(201);
    let (ticket, code) = (&taken.body["ticket"], taken.ticket_code());
    assert_eq!(
        (taken.number(), &ticket["tanggal"], &ticket["hadir"]),
        ("A001", &json!(MONDAY), &json!(false))
    );
    assert_eq!(
        (&ticket["position"], waiting(&hub).await),
        (&Value::Null, json!(0)),
        "today has nothing of it"
    );
    assert_eq!(hub.visitor.take("umum").await.number(), "A001", "today's numbers are today's");
    assert_eq!(of(&hub, &code).await["tanggal"], MONDAY);
    let early = hub.visitor.post(&format!("/api/tickets/{code}/checkin"), Value::Null).await;
    assert!(early.refused(409, "CHECKIN_LATER").text.contains(MONDAY));
    let hub = hub.restart().await;
    until_monday(&hub).await;
    let admin = hub.log_in("admin").await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A002");
    let mine = of(&hub, &code).await;
    assert_eq!(
        (&mine["hadir"], &mine["tanggal"], &mine["position"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
    let list = admin.get("/api/dashboard/queues").await.expect(200).body;
    assert_eq!(
        (list["stats"]["menunggu"].clone(), list["total"].clone()),
        (json!(1), json!(2)),
        "expected, and listed"
    );
    let next = admin.get("/api/dashboard/queues?loket=1").await.expect(200).body["upcoming"].clone();
    assert_eq!(next["nomor_antrean"], "A002", "who has not come is passed over");
    let mut room = Listener::following(&hub, &["queue.umum"], None).await;
    room.next().await;
    let came = hub.visitor.post(&format!("/api/tickets/{code}/checkin"), Value::Null).await.expect(200);
    assert_eq!((&came.body["ticket"]["hadir"], &came.body["ticket"]["position"]), (&json!(true), &json!(1)));
    assert_eq!(room.next().await["type"], "QueueUpdated");
    hub.visitor.post(&format!("/api/tickets/{code}/checkin"), Value::Null).await.expect(200);
    assert_eq!(waiting(&hub).await, 2, "coming twice counts once");
    hub.later(10);
    assert_eq!(admin.call_next(1).await.expect(200).number(), "A001");
    let report = admin.get("/api/reports/daily").await.expect(200).body["antrean"]["tunggu"].clone();
    assert_eq!(report["median"], 10.0, "they waited since they came");
    let hub = hub.restart().await;
    assert_eq!(of(&hub, &code).await["status"], "dipanggil");
}

#[tokio::test]
async fn who_is_called_without_a_check_in_is_here_and_who_never_comes_is_cancelled() {
    let hub = a_hub().with(clinic()).open().await;
    let codes = [
        take(&hub.visitor, "umum", MONDAY).await.ticket_code(),
        take(&hub.visitor, "umum", MONDAY).await.ticket_code(),
    ];
    until_monday(&hub).await;
    let admin = hub.log_in("admin").await;
    admin.call_next(1).await.refused(409, "QUEUE_EMPTY");
    let id = of(&hub, &codes[0]).await["id"].as_i64().unwrap();
    let called = admin.post(&format!("/api/queue/{id}/call"), json!({ "loket": 1 })).await.expect(200);
    assert_eq!(called.body["ticket"]["hadir"], true);
    admin.act(id, "undo").await.expect(200);
    assert_eq!((of(&hub, &codes[0]).await["hadir"].clone(), waiting(&hub).await), (json!(false), json!(0)));
    hub.later(24 * 60);
    hub.housekeeping().await;
    let admin = hub.log_in("admin").await;
    let report =
        admin.get(&format!("/api/reports/daily?date={MONDAY}")).await.expect(200).body["antrean"].clone();
    assert_eq!(
        (&report["total"], &report["batal"]),
        (&json!(2), &json!(2)),
        "nobody who did not come is kept"
    );
}

#[tokio::test]
async fn whoever_is_here_does_not_leave_by_an_earlier_step_taken_back() {
    let hub = a_hub().with(clinic()).open().await;
    let code = take(&hub.visitor, "umum", MONDAY).await.expect(201).ticket_code();
    until_monday(&hub).await;
    let admin = hub.log_in("admin").await;
    let id = of(&hub, &code).await["id"].as_i64().unwrap();
    admin.post(&format!("/api/queue/{id}/transfer"), json!({ "poli": "gigi" })).await.expect(200);
    hub.visitor.post(&format!("/api/tickets/{code}/checkin"), Value::Null).await.expect(200);
    admin.act(id, "undo").await.refused(409, "NOTHING_TO_UNDO");
    assert_eq!(of(&hub, &code).await["hadir"], true);
}

#[tokio::test]
async fn where_nobody_has_to_check_in_they_wait_from_the_beginning_of_the_day() {
    let hub = a_hub().with(clinic()).open().await;
    take(&hub.visitor, "umum", MONDAY).await.expect(201);
    let hours =
        json!({ "jam": [{ "hari": 1, "buka": "07:30", "tutup": "14:00" }], "kuota": {}, "terakhir": null });
    hub.admin.put("/api/services/umum/hours", hours).await.expect(200);
    let wish = json!({ "daftar": { "hari_ke_depan": 7, "wajib_hadir": false, "per_hp": 5 } });
    hub.admin.post("/api/settings", wish).await.expect(200);
    until_monday(&hub).await;
    assert_eq!(waiting(&hub).await, 1);
    let admin = hub.log_in("admin").await;
    assert_eq!(admin.call_next(1).await.expect(200).number(), "A001");
    let waits = admin.get("/api/reports/daily").await.expect(200).body["antrean"]["tunggu"].clone();
    assert_eq!(waits["median"], 30.0, "at eight, of a service that opens at half past seven");
}

#[tokio::test]
async fn a_day_has_its_horizon_its_hours_and_its_quota() {
    let hub = a_hub().with(clinic()).open().await;
    take(&hub.visitor, "umum", "2026-11-19").await.refused_field("tanggal");
    take(&hub.visitor, "umum", "2026-11-28").await.refused_field("tanggal");
    take(&hub.visitor, "umum", "besok").await.refused_field("tanggal");
    let sampai = &hub.visitor.get("/api/services").await.expect(200).body["sampai"];
    assert_eq!(sampai, "2026-11-27");
    let hours = json!({ "jam": [{ "hari": 1, "buka": "07:00", "tutup": "14:00" }, { "hari": 5, "buka": "07:00", "tutup": "14:00" }],
                        "kuota": { "total": 3, "online": 2 }, "terakhir": null });
    hub.admin.put("/api/services/umum/hours", hours).await.expect(200);
    take(&hub.visitor, "umum", "2026-11-24").await.refused(409, "DAY_CLOSED");
    for _ in 0..2 {
        take(&hub.visitor, "umum", MONDAY).await.expect(201);
    }
    take(&hub.visitor, "umum", MONDAY).await.refused(409, "DAY_FULL");
    take(&hub.rina, "umum", MONDAY).await.expect(201);
    take(&hub.visitor, "kia", MONDAY).await.refused(409, "SERVICE_CLOSED");
}

/// "An honest limit per address and per phone that a clinic's shared Wi-Fi survives, settable."
#[tokio::test]
async fn one_telephone_holds_a_familys_worth_of_numbers_a_day() {
    let hub = a_hub().with(clinic()).open().await;
    let wish = json!({ "daftar": { "hari_ke_depan": 3, "wajib_hadir": true, "per_hp": 2 } });
    hub.admin.post("/api/settings", wish).await.expect(200);
    let body = |nama: &str, tanggal: &str| json!({ "poli": "umum", "nama": nama, "no_hp": "0812 3456 7890", "tanggal": tanggal, "cara_daftar": "online" });
    for nama in ["Siti Aminah", "Budi Santoso"] {
        hub.visitor.post("/api/register", body(nama, MONDAY)).await.expect(201);
    }
    hub.visitor.post("/api/register", body("Ahmad Yani", MONDAY)).await.refused(409, "PHONE_LIMIT");
    hub.visitor.post("/api/register", body("Ahmad Yani", "2026-11-22")).await.expect(201);
    hub.rina.post("/api/register", body("Ahmad Yani", MONDAY)).await.expect(201);
    hub.visitor.post("/api/register", body("Siti Aminah", MONDAY)).await.refused(409, "PHONE_LIMIT");
    hub.rina.post("/api/register", body("Siti Aminah", MONDAY)).await.refused(409, "ALREADY_QUEUED");
    let wrong = json!({ "daftar": { "hari_ke_depan": 3, "wajib_hadir": true, "per_hp": 0 } });
    hub.admin.post("/api/settings", wrong).await.refused_field("daftar");
}

#[tokio::test]
async fn a_counter_that_is_free_calls_by_itself_where_somebody_sits_there() {
    let hub = a_hub().with(clinic()).open().await;
    hub.admin.post("/api/settings", json!({ "panggil_otomatis": 5 })).await.refused_field("panggil_otomatis");
    hub.admin.post("/api/settings", json!({ "panggil_otomatis": 60 })).await.expect(200);
    let ticket = hub.visitor.take("umum").await;
    let status = async || of(&hub, &ticket.ticket_code()).await["status"].clone();
    let minute = async || {
        hub.clock_later_millis(60_000);
        hub.housekeeping().await;
    };
    minute().await;
    minute().await;
    assert_eq!(status().await, "menunggu", "nobody sits anywhere");
    let mut seat = Listener::open(&hub, "/ws").await;
    seat.say(json!({ "token": hub.rina.token().await, "subscribe": ["loket.1"] })).await;
    seat.next().await;
    hub.rina.post("/api/counters/1/pause", json!({ "alasan": "Istirahat" })).await.expect(200);
    minute().await;
    assert_eq!(status().await, "menunggu", "the counter pauses");
    hub.rina.post("/api/counters/1/open", Value::Null).await.expect(200);
    hub.housekeeping().await;
    assert_eq!(status().await, "menunggu", "not at once");
    minute().await;
    assert_eq!(status().await, "dipanggil");
    let other = hub.visitor.take("umum").await;
    minute().await;
    assert_eq!(of(&hub, &other.ticket_code()).await["status"], "menunggu", "somebody is there");
}
