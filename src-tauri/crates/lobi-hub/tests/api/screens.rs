//! What each TV shows is said from a desk; the TV asks for it, and says what it shows.

use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

async fn a_clinic_with_a_tv() -> TestHub {
    let hub = a_hub().with(clinic()).open().await;
    report(&hub, "lobi-tv", "TV lobi", Some("A012")).await;
    hub
}

async fn report(hub: &TestHub, machine: &str, nama: &str, shows: Option<&str>) {
    let speaker = json!([{ "kind": "speaker", "state": "ok", "fault": null }]);
    let mut said = json!({ "machine": machine, "nama": nama, "mode": "tv", "devices": speaker });
    if let Some(shows) = shows {
        said["tampil"] = json!(shows);
    }
    hub.visitor.post("/api/devices", said).await.expect(204);
}

fn table(poli: &[&str]) -> Value {
    json!({ "layout": "tabel", "tema": "kontras", "besar": true, "poli": poli })
}

#[tokio::test]
async fn an_admin_says_what_a_tv_shows_and_the_tv_is_told_and_asks() {
    let hub = a_clinic_with_a_tv().await;
    let usual = json!({ "layout": "panggilan", "tema": "malam", "besar": false, "poli": [] });
    assert_eq!(hub.visitor.get("/api/screens/lobi-tv").await.expect(200).body, usual);
    let mut tv = Listener::following(&hub, &["queue.umum"], None).await;
    let all = hub.admin.put("/api/screens/lobi-tv", table(&["umum", "gigi"])).await.expect(200).body;
    assert_eq!(all["screens"][0]["tampilan"], table(&["umum", "gigi"]));
    let told = loop {
        let told = tv.next().await;
        if told["type"] == "ScreenUpdated" {
            break told;
        }
    };
    assert_eq!(told["data"], json!({ "machine": "lobi-tv" }));
    assert_eq!(hub.visitor.get("/api/screens/lobi-tv").await.body, table(&["umum", "gigi"]));
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/screens/lobi-tv").await.body, table(&["umum", "gigi"]));
    // It has not reported since: its name and its plan are known all the same.
    let list = hub.admin.get("/api/screens").await.expect(200).body;
    assert_eq!(
        (&list["screens"][0]["nama"], &list["screens"][0]["keadaan"]),
        (&json!("TV lobi"), &Value::Null)
    );
    // The usual is what every TV shows: nothing is kept of it.
    hub.admin.put("/api/screens/lobi-tv", usual).await.expect(200);
    assert_eq!(hub.admin.get("/api/screens").await.body["screens"], json!([]));
}

#[tokio::test]
async fn the_admin_sees_every_tv_with_what_it_shows_and_whether_it_is_heard() {
    let hub = a_clinic_with_a_tv().await;
    report(&hub, "apotek-tv", "TV apotek", None).await;
    hub.visitor
        .post("/api/devices", json!({ "machine": "k", "nama": "Kiosk", "mode": "kiosk", "devices": [] }))
        .await
        .expect(204);
    let list = hub.admin.get("/api/screens").await.expect(200).body;
    let screens = list["screens"].as_array().unwrap();
    let names: Vec<_> = screens.iter().map(|screen| screen["nama"].as_str().unwrap()).collect();
    assert_eq!(names, ["TV apotek", "TV lobi"]);
    let state = &screens[1]["keadaan"];
    assert_eq!((&state["tampil"], &state["here"]), (&json!("A012"), &json!(true)));
    assert_eq!(state["devices"][0]["state"], "ok");
    report(&hub, "lobi-tv", "TV lobi", Some("B003")).await;
    assert_eq!(hub.admin.get("/api/screens").await.body["screens"][1]["keadaan"]["tampil"], "B003");
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused() {
    let hub = a_clinic_with_a_tv().await;
    hub.admin.put("/api/screens/tidak-ada", table(&[])).await.refused(404, "SCREEN_NOT_FOUND");
    hub.admin.put("/api/screens/lobi-tv", table(&["dua kata"])).await.refused_field("poli");
    hub.admin.put("/api/screens/lobi-tv", json!({ "layout": "bintang" })).await.expect(422);
    hub.rina.put("/api/screens/lobi-tv", table(&[])).await.refused(403, "FORBIDDEN");
    let long =
        json!({ "machine": "lobi-tv", "nama": "TV", "mode": "tv", "devices": [], "tampil": "x".repeat(41) });
    hub.visitor.post("/api/devices", long).await.refused_field("tampil");
}

#[tokio::test]
async fn the_room_sees_its_counters_with_their_pauses_and_nobodys_name() {
    let hub = a_clinic_with_a_tv().await;
    hub.admin.post("/api/counters/1/pause", json!({ "alasan": "Istirahat" })).await.expect(200);
    let answer = hub.visitor.get("/api/loket").await.expect(200);
    let first = &answer.body["loket"][0];
    assert_eq!(
        (&first["number"], &first["keadaan"], &first["alasan"]),
        (&json!(1), &json!("jeda"), &json!("Istirahat"))
    );
    assert!(first["poli"].as_array().is_some_and(|poli| !poli.is_empty()));
    assert!(!answer.text.contains("petugas"), "{}", answer.text);
}

#[tokio::test]
async fn all_tvs_are_told_when_to_be_quiet_and_what_stands_at_their_foot() {
    let hub = a_clinic_with_a_tv().await;
    assert_eq!(hub.visitor.get("/api/room").await.expect(200).body, json!({ "tenang": [], "teks": [] }));
    let said = json!({
        "tenang": [{ "nama": "Salat  Zuhur", "dari": "11:55", "sampai": "12:20" }],
        "teks": [{ "id": "Imunisasi hari ini.", "en": "", "hari": [2, 4], "dari": "08:00", "sampai": "11:00" }],
    });
    let mut tv = Listener::following(&hub, &["queue.umum"], None).await;
    let kept = hub.admin.put("/api/room", said.clone()).await.expect(200).body;
    assert_eq!(kept["tenang"][0]["nama"], "Salat Zuhur");
    assert_eq!(kept["teks"], said["teks"]);
    let told = loop {
        let told = tv.next().await;
        if told["type"] == "ScreenUpdated" {
            break told;
        }
    };
    assert_eq!(told["data"]["machine"], "");
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/room").await.body, kept);
    let wrong = json!({ "tenang": [{ "nama": "", "dari": "11:55", "sampai": "12:20" }], "teks": [{ "id": "x", "hari": [9] }] });
    let refused = hub.admin.put("/api/room", wrong).await.refused_field("tenang");
    refused.refused_field("teks");
    hub.rina.put("/api/room", json!({ "tenang": [], "teks": [] })).await.refused(403, "FORBIDDEN");
}
