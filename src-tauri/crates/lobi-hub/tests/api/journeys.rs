//! One number through the building: ways as templates and by the clerk's choice, stop by stop.

use serde_json::{Value, json};

use crate::harness::{Actor, Answer, TestHub, a_hub, clinic};
use crate::live::Listener;

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

async fn way(hub: &TestHub, nama: &str, poli: &[&str], otomatis: bool) -> Answer {
    hub.admin.post("/api/journeys", json!({ "nama": nama, "poli": poli, "otomatis": otomatis })).await
}

async fn go(who: &Actor, id: i64, way: Value) -> Answer {
    who.put(&format!("/api/queue/{id}/journey"), way).await
}

fn slugs(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect()
}

async fn of(hub: &TestHub, ticket: &Answer) -> Value {
    let path = format!("/api/tickets/{}", ticket.ticket_code());
    hub.visitor.get(&path).await.expect(200).body["ticket"].clone()
}

/// "Satu nomor melewati beberapa layanan."
#[tokio::test]
async fn a_number_joins_the_next_line_by_itself_and_keeps_its_letter() {
    let hub = a_clinic().await;
    way(&hub, "Periksa lalu gigi", &["umum", "gigi"], true).await.expect(201);
    let mine = hub.visitor.take("umum").await;
    assert_eq!(slugs(&mine.body["ticket"]["lanjut"]), ["gigi"], "whoever takes a number is told");
    let other = hub.visitor.take("gigi").await;
    assert_eq!(slugs(&other.body["ticket"]["lanjut"]), Vec::<&str>::new(), "only numbers of the first stop");
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(mine.id(), "serve").await.expect(200);
    let mut room = Listener::following(&hub, &["queue.gigi"], None).await;
    room.next().await;
    hub.later(9);
    let done = hub.rina.act(mine.id(), "finish").await.expect(200);
    let ticket = &done.body["ticket"];
    assert_eq!(
        (done.number(), &ticket["poli"]["slug"], &ticket["status"]),
        ("A001", &json!("gigi"), &json!("menunggu"))
    );
    assert_eq!((&ticket["position"], slugs(&ticket["lanjut"]).len()), (&json!(2), 0));
    let heard = room.next().await;
    assert_eq!(
        (&heard["type"], &heard["data"]["dari"]["slug"]),
        (&json!("QueueTransferred"), &json!("umum"))
    );
    let stages = of(&hub, &mine).await["tahap"].clone();
    assert_eq!((&stages[0]["poli"]["slug"], &stages[0]["status"]), (&json!("umum"), &json!("selesai")));
    assert_eq!((&stages[1]["poli"]["slug"], &stages[1]["status"]), (&json!("gigi"), &json!("menunggu")));
    let hub = hub.restart().await;
    hub.dewi.call_next(2).await.expect(200);
    assert_eq!(hub.dewi.call_next(2).await.expect(200).number(), "A001");
    hub.dewi.act(mine.id(), "finish").await.expect(200);
    assert_eq!(of(&hub, &mine).await["status"], "selesai", "the way ends where it ends");
}

#[tokio::test]
async fn calling_the_next_visitor_sends_the_present_one_on_as_well() {
    let hub = a_clinic().await;
    way(&hub, "Alur", &["umum", "gigi"], true).await.expect(201);
    let first = hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    hub.rina.call_next(1).await.expect(200);
    assert_eq!(hub.rina.call_next(1).await.expect(200).number(), "A002");
    let now = of(&hub, &first).await;
    assert_eq!((&now["poli"]["slug"], &now["status"]), (&json!("gigi"), &json!("menunggu")));
    assert_eq!(now["tahap"][0]["status"], "selesai", "who was called and let go was here");
}

#[tokio::test]
async fn the_clerk_chooses_the_way_and_changes_it() {
    let hub = a_clinic().await;
    let mine = hub.visitor.take("umum").await;
    let chosen = go(&hub.rina, mine.id(), json!({ "poli": ["lansia", "gigi"] })).await.expect(200);
    assert_eq!(slugs(&chosen.body["ticket"]["lanjut"]), ["lansia", "gigi"]);
    way(&hub, "Langsung Gigi", &["umum", "gigi"], false).await.expect(201);
    let chosen = go(&hub.rina, mine.id(), json!({ "alur": "langsung-gigi" })).await.expect(200);
    assert_eq!(slugs(&chosen.body["ticket"]["lanjut"]), ["gigi"]);
    go(&hub.rina, mine.id(), json!({ "poli": ["umum"] })).await.refused_field("poli");
    go(&hub.rina, mine.id(), json!({ "poli": ["gigi", "gigi"] })).await.refused_field("poli");
    go(&hub.rina, mine.id(), json!({ "alur": "tidak-ada" })).await.refused_field("alur");
    go(&hub.rina, mine.id(), json!({})).await.refused_field("alur");
    go(&hub.rina, mine.id(), json!({ "poli": ["tidak-ada"] })).await.refused(404, "SERVICE_NOT_FOUND");
    go(&hub.dewi, mine.id(), json!({ "poli": [] })).await.refused(403, "FORBIDDEN");
    go(&hub.rina, mine.id(), json!({ "poli": [] })).await.expect(200);
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(mine.id(), "finish").await.expect(200);
    assert_eq!(of(&hub, &mine).await["status"], "selesai");
    go(&hub.rina, mine.id(), json!({ "poli": ["gigi"] })).await.refused(409, "INVALID_STATE");
}

#[tokio::test]
async fn staff_give_a_way_together_with_the_number() {
    let hub = a_clinic().await;
    way(&hub, "Lansia", &["umum", "lansia", "gigi"], false).await.expect(201);
    let body = json!({ "poli": "lansia", "alur": "lansia" });
    let taken = hub.rina.post("/api/register", body.clone()).await.expect(201);
    assert_eq!(slugs(&taken.body["ticket"]["lanjut"]), ["gigi"], "what is left of it from there");
    hub.visitor.post("/api/register", body).await.refused(403, "FORBIDDEN");
    let elsewhere = json!({ "poli": "umum", "alur": "tidak-ada" });
    hub.rina.post("/api/register", elsewhere).await.refused_field("alur");
}

#[tokio::test]
async fn finishing_by_mistake_is_taken_back_with_the_way_that_was_left() {
    let hub = a_clinic().await;
    let mine = hub.visitor.take("umum").await;
    go(&hub.rina, mine.id(), json!({ "poli": ["gigi", "lansia"] })).await.expect(200);
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(mine.id(), "serve").await.expect(200);
    hub.rina.act(mine.id(), "finish").await.expect(200);
    let back = hub.rina.act(mine.id(), "undo").await.expect(200);
    let ticket = &back.body["ticket"];
    assert_eq!((&ticket["status"], &ticket["poli"]["slug"]), (&json!("sedang_dilayani"), &json!("umum")));
    assert_eq!(
        (slugs(&ticket["lanjut"]), ticket["tahap"].as_array().unwrap().len()),
        (vec!["gigi", "lansia"], 1)
    );
    assert_eq!(hub.visitor.get("/api/display/gigi").await.body["waiting_count"], 0);
}

#[tokio::test]
async fn who_is_sent_ahead_of_their_way_goes_on_from_there() {
    let hub = a_clinic().await;
    let mine = hub.visitor.take("umum").await;
    go(&hub.rina, mine.id(), json!({ "poli": ["lansia", "gigi"] })).await.expect(200);
    let sent = hub.rina.post(&format!("/api/queue/{}/transfer", mine.id()), json!({ "poli": "gigi" })).await;
    assert_eq!(slugs(&sent.expect(200).body["ticket"]["lanjut"]), Vec::<&str>::new());
}

#[tokio::test]
async fn a_stop_that_was_given_up_is_passed_by_and_one_that_is_shut_is_not() {
    let hub = a_clinic().await;
    let mine = hub.visitor.take("umum").await;
    go(&hub.rina, mine.id(), json!({ "poli": ["kia", "gigi"] })).await.expect(200);
    let other = hub.visitor.take("umum").await;
    go(&hub.rina, other.id(), json!({ "poli": ["kia"] })).await.expect(200);
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(mine.id(), "finish").await.expect(200);
    assert_eq!(of(&hub, &mine).await["poli"]["slug"], "kia", "shut is shut for new numbers");
    hub.admin
        .post(&format!("/api/queue/{}/transfer", mine.id()), json!({ "poli": "gigi" }))
        .await
        .expect(200);
    hub.admin.delete("/api/admin/services/kia").await.expect(200);
    assert_eq!(of(&hub, &other).await["lanjut"], json!([]), "nobody is told of a stop that they pass by");
    hub.rina.call_next(1).await.expect(200);
    hub.rina.act(other.id(), "finish").await.expect(200);
    assert_eq!(of(&hub, &other).await["status"], "selesai");
}

#[tokio::test]
async fn an_admin_makes_changes_and_removes_ways() {
    let hub = a_clinic().await;
    let made = way(&hub, "Periksa & Obat", &["umum", "gigi"], true).await.expect(201);
    assert_eq!(made.body["alur"][0]["slug"], "periksa-obat");
    let twice = way(&hub, "Lain", &["umum", "lansia"], true).await.refused(409, "JOURNEY_TAKEN");
    assert!(twice.text.contains("Periksa & Obat"), "{}", twice.text);
    way(&hub, "Periksa & Obat", &["umum", "lansia"], false).await.expect(201);
    for stops in [vec![], vec!["umum"], vec!["umum", "gigi", "umum"]] {
        way(&hub, "Salah", &stops, false).await.refused_field("poli");
    }
    way(&hub, "", &["umum", "gigi"], false).await.refused_field("nama");
    way(&hub, "Salah", &["umum", "tidak-ada"], false).await.refused(404, "SERVICE_NOT_FOUND");
    let change = json!({ "nama": "Baru", "poli": ["umum", "lansia", "gigi"], "otomatis": true });
    let changed = hub.admin.put("/api/journeys/periksa-obat", change.clone()).await.expect(200);
    assert_eq!(changed.body["alur"][0]["nama"], "Baru");
    assert_eq!(
        slugs(&hub.rina.get("/api/journeys").await.expect(200).body["alur"][0]["poli"]),
        ["umum", "lansia", "gigi"]
    );
    hub.admin.put("/api/journeys/tidak-ada", change).await.refused(404, "JOURNEY_NOT_FOUND");
    let mine = hub.visitor.take("umum").await;
    hub.admin.delete("/api/journeys/periksa-obat").await.expect(200);
    assert_eq!(slugs(&of(&hub, &mine).await["lanjut"]), ["lansia", "gigi"], "whoever was told goes on");
    assert_eq!(slugs(&hub.visitor.take("umum").await.body["ticket"]["lanjut"]), Vec::<&str>::new());
    hub.admin.delete("/api/journeys/periksa-obat").await.refused(404, "JOURNEY_NOT_FOUND");
    hub.rina.delete("/api/journeys/periksa-obat-2").await.refused(403, "FORBIDDEN");
}
