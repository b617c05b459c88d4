//! A wrong answer at the set-up is put right later, and what that does to today is said first.

use serde_json::{Value, json};

use crate::harness::{Actor, TestHub, a_hub, clinic};

/// A site set up as a school, and its admin.
async fn a_school() -> (TestHub, Actor) {
    let hub = a_hub().open().await;
    let site = json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WIB", "jenis": "sekolah", "admin_nama": "Ibu Ani",
                       "admin_username": "ani", "admin_password": "kucing-oren-tujuh" });
    hub.visitor.post("/api/setup", site).await.expect(201);
    let login = json!({ "username": "ani", "password": "kucing-oren-tujuh" });
    let token = hub.visitor.post("/api/login", login).await.expect(200).body["token"].clone();
    let ani = hub.visitor.with_token(token.as_str().unwrap());
    (hub, ani)
}

async fn open(hub: &TestHub) -> Vec<(String, String)> {
    let services = hub.visitor.get("/api/services").await.expect(200).body["services"].clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    services.as_array().unwrap().iter().map(|one| (text(&one["kode"]), text(&one["slug"]))).collect()
}

#[tokio::test]
async fn a_site_that_was_set_up_as_another_kind_becomes_the_right_one() {
    let (hub, ani) = a_school().await;
    let before = open(&hub).await;
    let said = ani.get("/api/setup/kind/klinik").await.expect(200).body;
    assert_eq!(said["buka"], json!(["Dokter Umum", "Dokter Gigi", "Kasir", "Farmasi"]));
    assert_eq!(said["tutup"].as_array().unwrap().len(), before.len());
    assert_eq!(open(&hub).await, before, "looking changes nothing");
    let done = ani.post("/api/setup/kind", json!({ "jenis": "klinik" })).await.expect(200).body;
    assert_eq!(done, said, "what was said is what was done");
    let slugs: Vec<String> = open(&hub).await.into_iter().map(|(_, slug)| slug).collect();
    assert_eq!(slugs, ["umum", "gigi", "kasir", "farmasi"]);
    let again = ani.get("/api/setup/kind/klinik").await.expect(200).body;
    assert_eq!((&again["buka"], &again["tutup"], &again["loket"]), (&json!([]), &json!([]), &json!([])));

    ani.post("/api/setup/kind", json!({ "jenis": "sekolah" })).await.expect(200);
    assert_eq!(open(&hub).await, before, "and back, with the same letters");
}

#[tokio::test]
async fn who_waits_for_a_service_that_closes_is_still_called() {
    let (hub, ani) = a_school().await;
    let (_, slug) = open(&hub).await.remove(0);
    let waiting = hub.visitor.take(&slug).await;
    ani.post("/api/setup/kind", json!({ "jenis": "klinik" })).await.expect(200);
    hub.visitor.post("/api/register", json!({ "poli": slug })).await.refused(409, "SERVICE_CLOSED");
    let called = ani.call_next(1).await.expect(200);
    assert_eq!(called.id(), waiting.id());
    // A number of the new kind is not the other's twin.
    let fresh = hub.visitor.take("umum").await;
    assert_ne!(fresh.number(), waiting.number());
    let hub = hub.restart().await;
    assert_eq!(open(&hub).await.len(), 4);
}

#[tokio::test]
async fn an_unknown_kind_and_a_colleague_change_nothing() {
    let hub = a_hub().with(clinic()).open().await;
    let before = open(&hub).await;
    hub.admin.post("/api/setup/kind", json!({ "jenis": "bandara" })).await.refused(422, "VALIDATION_ERROR");
    hub.admin.post("/api/setup/kind", json!({})).await.refused(422, "VALIDATION_ERROR");
    hub.admin.get("/api/setup/kind/bandara").await.refused(404, "NOT_FOUND");
    hub.rina.post("/api/setup/kind", json!({ "jenis": "klinik" })).await.refused(403, "FORBIDDEN");
    hub.visitor.post("/api/setup/kind", json!({ "jenis": "klinik" })).await.refused(401, "UNAUTHENTICATED");
    assert_eq!(open(&hub).await, before);
}

/// WIB in Makassar.
#[tokio::test]
async fn name_town_and_zone_are_put_right_too() {
    let (hub, ani) = a_school().await;
    let right = json!({ "nama": "Klinik Sehat Antang", "kota": "Makassar", "zona": "WITA" });
    ani.post("/api/settings", right).await.expect(200);
    let site = hub.visitor.get("/api/site").await.expect(200).body;
    assert_eq!(
        (&site["name"], &site["city"], &site["zone"]),
        (&json!("Klinik Sehat Antang"), &json!("Makassar"), &json!("WITA"))
    );
    assert_eq!(site["utc_offset"], "+08:00");
}
