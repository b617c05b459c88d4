//! Priority classes: who is called before others, and who may say so.

use serde_json::{Value, json};

use crate::harness::{Actor, Answer, TestHub, a_hub, clinic};

async fn take(who: &Actor, kelas: &str) -> Answer {
    who.post("/api/register", json!({ "poli": "umum", "kelas": kelas })).await
}

async fn upcoming(hub: &TestHub) -> Value {
    hub.rina.get("/api/dashboard/queues?loket=1").await.expect(200).body["upcoming"].clone()
}

async fn called(hub: &TestHub) -> String {
    hub.rina.call_next(1).await.expect(200).number().to_owned()
}

async fn position(hub: &TestHub, number: &str) -> i64 {
    hub.visitor.get(&format!("/api/queue/status/{number}")).await.expect(200).body["position"]
        .as_i64()
        .unwrap()
}

fn lansia(kiosk: bool, aktif: bool) -> Value {
    json!({ "nama": "Lansia", "nama_en": "Older person", "icon": "user-round", "warna": "biru",
            "aturan": { "cara": "selang", "setelah": 2, "panggil": 1 }, "kiosk": kiosk, "aktif": aktif })
}

#[tokio::test]
async fn a_class_is_called_in_turn_and_the_counter_says_why() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..3 {
        hub.visitor.take("umum").await;
    }
    let old = take(&hub.rina, "lansia").await.expect(201);
    assert_eq!(old.body["ticket"]["kelas"]["nama"], "Lansia");
    assert_eq!(old.body["ticket"]["position"], 1, "nobody of that kind was called yet");
    take(&hub.rina, "hamil").await.expect(201);
    assert_eq!(position(&hub, "A001").await, 2);
    assert_eq!(position(&hub, "A005").await, 4, "two classes with the same rule stand in one line");
    let next = upcoming(&hub).await;
    assert_eq!(
        (&next["nomor_antrean"], &next["reason"], &next["kelas"]["slug"]),
        (&json!("A004"), &json!("priority_turn"), &json!("lansia"))
    );
    assert_eq!(called(&hub).await, "A004");
    let next = upcoming(&hub).await;
    assert_eq!((&next["reason"], &next["regular_before_priority"]), (&json!("regular_turn"), &json!(2)));
    assert_eq!(
        (called(&hub).await, called(&hub).await, called(&hub).await),
        ("A001".into(), "A002".into(), "A005".into())
    );
}

#[tokio::test]
async fn who_cannot_wait_goes_first_and_a_class_can_be_given_and_taken_away_later() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let second = hub.visitor.take("umum").await.id();
    let path = format!("/api/queue/{second}/class");
    let given = hub.rina.put(&path, json!({ "kelas": "gawat" })).await.expect(200);
    assert_eq!(
        (&given.body["ticket"]["position"], &given.body["ticket"]["kelas"]["slug"]),
        (&json!(1), &json!("gawat"))
    );
    assert_eq!(upcoming(&hub).await["reason"], "urgent");
    hub.rina.put(&path, json!({ "kelas": null })).await.expect(200);
    assert_eq!((position(&hub, "A001").await, position(&hub, "A002").await), (1, 2));
    hub.rina.put(&path, json!({ "kelas": "gawat" })).await.expect(200);
    assert_eq!(called(&hub).await, "A002");
    hub.rina.act(second, "finish").await.expect(200);
    hub.rina.put(&path, json!({ "kelas": null })).await.refused(409, "INVALID_STATE");
    hub.dewi.put(&path, json!({ "kelas": "lansia" })).await.refused(403, "FORBIDDEN");
}

#[tokio::test]
async fn an_ageing_class_waits_like_everybody_and_then_takes_turns() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    take(&hub.rina, "balita").await.expect(201);
    assert_eq!(upcoming(&hub).await["nomor_antrean"], "A001");
    hub.later(30);
    let next = upcoming(&hub).await;
    assert_eq!((&next["nomor_antrean"], &next["reason"]), (&json!("A002"), &json!("waited_long")));
    assert_eq!(called(&hub).await, "A002");
}

#[tokio::test]
async fn visitors_say_only_what_the_site_lets_them_say() {
    let hub = a_hub().with(clinic()).open().await;
    let refused = take(&hub.visitor, "lansia").await.refused(422, "VALIDATION_ERROR");
    assert!(refused.body["error"]["fields"]["kelas"].as_str().unwrap().contains("petugas"));
    take(&hub.rina, "raja").await.refused(422, "VALIDATION_ERROR");
    let sayable = async || hub.visitor.get("/api/services").await.expect(200).body["kelas"].clone();
    assert_eq!(sayable().await, json!([]));
    hub.admin.put("/api/classes/lansia", lansia(true, true)).await.expect(200);
    assert_eq!(sayable().await[0]["slug"], "lansia");
    take(&hub.visitor, "lansia").await.expect(201);
    hub.admin.put("/api/classes/lansia", lansia(true, false)).await.expect(200);
    take(&hub.rina, "lansia").await.refused(422, "VALIDATION_ERROR");
    assert_eq!(upcoming(&hub).await["kelas"]["slug"], "lansia", "who has it keeps it");
}

#[tokio::test]
async fn an_admin_sets_the_classes_and_adds_own_ones() {
    let hub = a_hub().with(clinic()).open().await;
    let known = hub.visitor.get("/api/classes").await.expect(200).body;
    let slugs: Vec<&str> =
        known["kelas"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["gawat", "lansia", "hamil", "disabilitas", "balita", "janji"]);
    let mut own = lansia(false, true);
    own["nama"] = json!("Tenaga kesehatan");
    hub.rina.put("/api/classes/nakes", own.clone()).await.refused(403, "FORBIDDEN");
    let with_it = hub.admin.put("/api/classes/nakes", own.clone()).await.expect(200).body;
    assert_eq!(with_it["kelas"][6]["nama"], "Tenaga kesehatan");
    take(&hub.rina, "nakes").await.expect(201);
    own["aturan"] = json!({ "cara": "selang", "setelah": 0, "panggil": 1 });
    let refused = hub.admin.put("/api/classes/nakes", own.clone()).await.refused(422, "VALIDATION_ERROR");
    assert!(refused.body["error"]["fields"]["aturan"].is_string(), "the others would wait for ever");
    own["aturan"] = json!({ "cara": "mutlak" });
    hub.admin.put("/api/classes/Tenaga%20Kesehatan", own).await.refused(422, "VALIDATION_ERROR");
}

#[tokio::test]
async fn classes_and_turns_outlive_a_restart() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..3 {
        hub.visitor.take("umum").await;
    }
    take(&hub.rina, "lansia").await.expect(201);
    take(&hub.rina, "lansia").await.expect(201);
    assert_eq!(called(&hub).await, "A004");
    let before = upcoming(&hub).await;
    let hub = hub.restart().await;
    assert_eq!(upcoming(&hub).await, before);
}

#[tokio::test]
async fn a_new_class_gets_an_address_of_its_name_that_nobody_has() {
    let hub = a_hub().with(clinic()).open().await;
    let class = |nama: &str| json!({ "nama": nama, "icon": "baby", "warna": "hijau", "aturan": { "cara": "mutlak" }, "kiosk": false, "aktif": true });
    hub.admin.post("/api/classes", class("Tenaga Kesehatan")).await.expect(201);
    let made = hub.admin.post("/api/classes", class("Lansia")).await.expect(201);
    let slugs: Vec<_> =
        made.body["kelas"].as_array().unwrap().iter().map(|one| one["slug"].clone()).collect();
    assert_eq!(slugs[slugs.len() - 2..], [json!("tenaga-kesehatan"), json!("lansia-2")]);
    hub.admin.post("/api/classes", class("")).await.refused_field("nama");
    hub.rina.post("/api/classes", class("Lain")).await.refused(403, "FORBIDDEN");
    for n in slugs.len()..20 {
        hub.admin.post("/api/classes", class(&format!("Kelas {n}"))).await.expect(201);
    }
    hub.admin.post("/api/classes", class("Satu lagi")).await.refused_field("slug");
    hub.admin.put("/api/classes/lansia", class("Lansia")).await.expect(200);
}
