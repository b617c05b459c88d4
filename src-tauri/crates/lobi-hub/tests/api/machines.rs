//! Machines and their devices; a new site and its settings.

use serde_json::json;

use crate::harness::{PASSWORD, TestHub};
use crate::live::Listener;

fn report(fault: Option<&str>) -> serde_json::Value {
    let state = if fault.is_some() { "fault" } else { "ok" };
    json!({ "machine": "7K3M", "nama": "Kiosk pintu utama", "mode": "kiosk",
            "devices": [{ "kind": "printer", "state": state, "fault": fault }] })
}

#[tokio::test]
async fn staff_hear_at_once_that_a_printer_ran_out_of_paper_and_that_it_is_well_again() {
    let hub = TestHub::clinic().await;
    let token = hub.log_in("rina").await;
    let mut desk = Listener::open(&hub, "/ws").await;
    desk.say(json!({ "subscribe": ["devices"], "token": token })).await;
    assert_eq!(desk.next().await["type"], "Snapshot");
    hub.post("/api/devices", report(Some("out_of_paper"))).await.expect(204);
    let told = desk.next().await;
    assert_eq!(told["type"], "DevicesChanged");
    assert_eq!(told["data"]["machines"][0]["devices"][0]["fault"], "out_of_paper");
    hub.post("/api/devices", report(Some("out_of_paper"))).await.expect(204);
    desk.is_silent().await;
    hub.post("/api/devices", report(None)).await.expect(204);
    assert_eq!(desk.next().await["data"]["machines"][0]["devices"][0]["state"], "ok");
}

#[tokio::test]
async fn a_machine_that_falls_silent_is_away() {
    let hub = TestHub::clinic().await;
    let token = hub.log_in("rina").await;
    hub.post("/api/devices", report(None)).await.expect(204);
    assert_eq!(hub.get_as(&token, "/api/devices").await.body["machines"][0]["here"], true);
    hub.later(3);
    assert_eq!(hub.get_as(&token, "/api/devices").await.body["machines"][0]["here"], false);
    hub.get("/api/devices").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn device_reports_have_limits_and_the_channel_is_for_staff() {
    let hub = TestHub::clinic().await;
    let mut long = report(None);
    long["nama"] = json!("x".repeat(61));
    hub.post("/api/devices", long).await.refused(422, "VALIDATION_ERROR");
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
    let hub = TestHub::empty().await;
    assert_eq!(hub.get("/api/setup").await.body["needed"], true);
    hub.post("/api/setup", a_new_site()).await.expect(201);
    assert_eq!(hub.get("/api/setup").await.body["needed"], false);
    hub.post("/api/setup", a_new_site()).await.refused(409, "ALREADY_SET_UP");
    let site = hub.get("/api/site").await.body;
    assert_eq!((&site["name"], &site["zone"]), (&json!("Klinik Sehat"), &json!("WITA")));
    let login = json!({ "username": "ani", "password": "rahasia-baru" });
    let token = hub.post("/api/login", login).await.expect(200).body["token"].as_str().unwrap().to_owned();
    hub.take("umum").await;
    assert_eq!(hub.call_next(&token, 1).await.expect(200).number(), "A001");
}

#[tokio::test]
async fn a_set_up_that_lacks_something_says_what() {
    let hub = TestHub::empty().await;
    let mut input = a_new_site();
    input["admin_password"] = json!("pendek");
    input["admin_username"] = json!("ibu ani");
    input["nama"] = json!("  ");
    let answer = hub.post("/api/setup", input).await.refused(422, "VALIDATION_ERROR");
    let fields = answer.body["error"]["fields"].as_object().unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["admin_password", "admin_username", "nama"]);
    assert_eq!(hub.get("/api/setup").await.body["needed"], true, "nothing is half made");
    assert!(hub.get("/api/services").await.body["services"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn settings_are_the_admins_and_keep_what_is_not_named() {
    let hub = TestHub::clinic().await;
    let (admin, rina) = (hub.log_in("admin").await, hub.log_in("rina").await);
    hub.get_as(&rina, "/api/settings").await.refused(403, "FORBIDDEN");
    let before = hub.get("/api/site").await.body;
    let change = json!({ "info_id": "Imunisasi  hari Selasa", "public_address": "http://lobi.local:4040/" });
    let after = hub.post_as(&admin, "/api/settings", change).await.expect(200).body;
    assert_eq!(
        (&after["nama"], &after["info_id"]),
        (&json!("Puskesmas Uji"), &json!("Imunisasi hari Selasa"))
    );
    let site = hub.get("/api/site").await.body;
    assert_eq!(site["address"], "http://lobi.local:4040");
    assert_eq!(site["id"], before["id"], "the id is never set");
    for wrong in [
        json!({ "public_address": "lobi.local" }),
        json!({ "printer": { "connection": "file:///etc/passwd", "paper_width": 80 } }),
        json!({ "printer": { "connection": "tcp://10.0.0.9", "paper_width": 70 } }),
        json!({ "nama": "" }),
        json!({ "logo": "bukan gambar" }),
        json!({ "logo": "A".repeat(48_004) }),
    ] {
        hub.post_as(&admin, "/api/settings", wrong).await.refused(422, "VALIDATION_ERROR");
    }
    assert!(PASSWORD.len() >= 8);
}

#[tokio::test]
async fn the_list_of_today_is_searched_by_number_code_and_name() {
    let hub = TestHub::clinic().await;
    let admin = hub.log_in("admin").await;
    let budi = hub.post("/api/register", json!({ "poli": "umum", "nama": "Budi Santoso" })).await.expect(201);
    hub.take("gigi").await;
    let found = async |text: &str| {
        let list = hub.get_as(&admin, &format!("/api/dashboard/queues?cari={text}")).await.expect(200);
        let numbers = list.body["tickets"].as_array().unwrap().iter();
        numbers.map(|ticket| ticket["nomor_antrean"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("budi").await, ["A001"]);
    assert_eq!(found("b001").await, ["B001"]);
    assert_eq!(found(&budi.body["ticket"]["code"].as_str().unwrap()[..6]).await, ["A001"]);
    assert_eq!(found("siapa").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_password_that_everybody_guesses_first_is_refused() {
    let hub = TestHub::empty().await;
    for weak in ["password", "12345678", "        ", "aaaaaaaa", "puskesmas"] {
        let mut site = a_new_site();
        site["admin_password"] = json!(weak);
        let answer = hub.post("/api/setup", site).await.refused(422, "VALIDATION_ERROR");
        assert!(answer.body["error"]["fields"]["admin_password"].is_string(), "{weak}: {}", answer.text);
    }
}

#[tokio::test]
async fn names_keep_nothing_invisible() {
    let hub = TestHub::clinic().await;
    let token = hub.log_in("admin").await;
    let nama = "Puskesmas\u{202E} \u{200B}Antang\u{2066}";
    hub.post_as(&token, "/api/settings", json!({ "nama": nama })).await.expect(200);
    assert_eq!(hub.get("/api/site").await.body["name"], "Puskesmas Antang");
}
