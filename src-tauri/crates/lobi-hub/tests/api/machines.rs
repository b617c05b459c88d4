//! Machines and their devices; a new site and its settings.

use serde_json::json;

use crate::harness::{a_hub, clinic};
use crate::live::Listener;

fn report(fault: Option<&str>) -> serde_json::Value {
    let state = if fault.is_some() { "fault" } else { "ok" };
    json!({ "machine": "7K3M", "nama": "Kiosk pintu utama", "mode": "kiosk",
            "devices": [{ "kind": "printer", "state": state, "fault": fault }] })
}

#[tokio::test]
async fn staff_hear_at_once_that_a_printer_ran_out_of_paper_and_that_it_is_well_again() {
    let hub = a_hub().with(clinic()).open().await;
    let mut desk = Listener::open(&hub, "/ws").await;
    desk.say(json!({ "subscribe": ["devices"], "token": hub.rina.token().await })).await;
    assert_eq!(desk.next().await["type"], "Snapshot");
    hub.visitor.post("/api/devices", report(Some("out_of_paper"))).await.expect(204);
    let told = desk.next().await;
    assert_eq!(told["type"], "DevicesChanged");
    assert_eq!(told["data"]["machines"][0]["devices"][0]["fault"], "out_of_paper");
    hub.visitor.post("/api/devices", report(Some("out_of_paper"))).await.expect(204);
    desk.is_silent().await;
    hub.visitor.post("/api/devices", report(None)).await.expect(204);
    assert_eq!(desk.next().await["data"]["machines"][0]["devices"][0]["state"], "ok");
}

#[tokio::test]
async fn a_machine_that_falls_silent_is_away() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.post("/api/devices", report(None)).await.expect(204);
    assert_eq!(hub.rina.get("/api/devices").await.body["machines"][0]["here"], true);
    hub.later(3);
    assert_eq!(hub.rina.get("/api/devices").await.body["machines"][0]["here"], false);
    hub.visitor.get("/api/devices").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn device_reports_have_limits_and_the_channel_is_for_staff() {
    let hub = a_hub().with(clinic()).open().await;
    let mut long = report(None);
    long["nama"] = json!("x".repeat(61));
    hub.visitor.post("/api/devices", long).await.refused(422, "VALIDATION_ERROR");
    let mut visitor = Listener::open(&hub, "/ws").await;
    visitor.say(json!({ "subscribe": ["devices"] })).await;
    assert_eq!(visitor.next().await["error"]["code"], "FORBIDDEN");
}

fn a_new_site() -> serde_json::Value {
    json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WITA", "jenis": "klinik",
            "admin_nama": "Ibu Ani", "admin_username": "Ani", "admin_password": "rahasia-baru" })
}

#[tokio::test]
async fn a_new_hub_is_set_up_once_and_opens_with_services_counters_and_an_admin() {
    let hub = a_hub().open().await;
    assert_eq!(hub.visitor.get("/api/setup").await.body["needed"], true);
    hub.visitor.post("/api/setup", a_new_site()).await.expect(201);
    assert_eq!(hub.visitor.get("/api/setup").await.body["needed"], false);
    hub.visitor.post("/api/setup", a_new_site()).await.refused(409, "ALREADY_SET_UP");
    let site = hub.visitor.get("/api/site").await.body;
    assert_eq!((&site["name"], &site["zone"]), (&json!("Klinik Sehat"), &json!("WITA")));
    let login = json!({ "username": "ani", "password": "rahasia-baru" });
    let session = hub.visitor.post("/api/login", login).await.expect(200);
    let ani = hub.visitor.with_token(session.body["token"].as_str().unwrap());
    hub.visitor.take("umum").await;
    assert_eq!(ani.call_next(1).await.expect(200).number(), "A001");
}

#[tokio::test]
async fn a_set_up_that_lacks_something_says_what() {
    let hub = a_hub().open().await;
    let mut input = a_new_site();
    input["admin_password"] = json!("pendek");
    input["admin_username"] = json!("ibu ani");
    input["nama"] = json!("  ");
    let answer = hub.visitor.post("/api/setup", input).await.refused(422, "VALIDATION_ERROR");
    let fields = answer.body["error"]["fields"].as_object().unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["admin_password", "admin_username", "nama"]);
    assert_eq!(hub.visitor.get("/api/setup").await.body["needed"], true, "nothing is half made");
    assert!(hub.visitor.get("/api/services").await.body["services"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn settings_are_the_admins_and_keep_what_is_not_named() {
    let hub = a_hub().with(clinic()).open().await;
    hub.rina.get("/api/settings").await.refused(403, "FORBIDDEN");
    let before = hub.visitor.get("/api/site").await.body;
    let change = json!({ "info_id": "Imunisasi  hari Selasa", "public_address": "http://lobi.local:4040/" });
    let after = hub.admin.post("/api/settings", change).await.expect(200).body;
    assert_eq!(
        (&after["nama"], &after["info_id"]),
        (&json!("Puskesmas Uji"), &json!("Imunisasi hari Selasa"))
    );
    let site = hub.visitor.get("/api/site").await.body;
    assert_eq!(site["address"], "http://lobi.local:4040");
    assert_eq!(site["id"], before["id"], "the id is never set");
    for wrong in [
        json!({ "public_address": "lobi.local" }),
        json!({ "printer": { "connection": "file:///etc/passwd", "width": "80" } }),
        json!({ "printer": { "connection": "tcp://10.0.0.9", "width": "70" } }),
        json!({ "nama": "" }),
        json!({ "logo": "bukan gambar" }),
        json!({ "logo": "A".repeat(48_004) }),
    ] {
        hub.admin.post("/api/settings", wrong).await.refused(422, "VALIDATION_ERROR");
    }
    let kept = hub.admin.get("/api/settings").await.expect(200).body;
    assert_eq!(kept, after, "what was refused changed nothing");
}

#[tokio::test]
async fn the_list_of_today_is_searched_by_number_code_and_name() {
    let hub = a_hub().with(clinic()).open().await;
    let budi = hub
        .visitor
        .post("/api/register", json!({ "poli": "umum", "nama": "Budi Santoso" }))
        .await
        .expect(201);
    hub.visitor.take("gigi").await;
    let found = async |text: &str| {
        let list = hub.admin.get(&format!("/api/dashboard/queues?cari={text}")).await.expect(200);
        let numbers = list.body["tickets"].as_array().unwrap().iter();
        numbers.map(|ticket| ticket["nomor_antrean"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("budi").await, ["A001"]);
    assert_eq!(found("b001").await, ["B001"]);
    assert_eq!(found(&budi.ticket_code()[..6]).await, ["A001"]);
    assert_eq!(found("siapa").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_password_that_everybody_guesses_first_is_refused() {
    let hub = a_hub().open().await;
    for weak in ["password", "12345678", "        ", "aaaaaaaa", "puskesmas"] {
        let mut site = a_new_site();
        site["admin_password"] = json!(weak);
        let answer = hub.visitor.post("/api/setup", site).await.refused(422, "VALIDATION_ERROR");
        assert!(answer.body["error"]["fields"]["admin_password"].is_string(), "{weak}: {}", answer.text);
    }
}

#[tokio::test]
async fn names_keep_nothing_invisible() {
    let hub = a_hub().with(clinic()).open().await;
    let nama = "Puskesmas\u{202E} \u{200B}Antang\u{2066}";
    hub.admin.post("/api/settings", json!({ "nama": nama })).await.expect(200);
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Puskesmas Antang");
}
