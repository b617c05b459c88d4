//! An admin changes services and counters; a fresh hub is set up from another machine.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

fn service<'a>(answer: &'a Value, slug: &str) -> &'a Value {
    answer["services"].as_array().unwrap().iter().find(|service| service["slug"] == slug).unwrap()
}

fn fields(answer: &Value) -> Vec<&String> {
    answer["error"]["fields"].as_object().unwrap().keys().collect()
}

#[tokio::test]
async fn a_new_service_is_offered_called_and_given_up_again() {
    let hub = a_clinic().await;
    let mut kiosk = Listener::following(&hub, &["display"], None).await;
    assert_eq!(kiosk.next().await["type"], "Snapshot");
    let new = json!({ "kode": "k", "nama": "Poli  KIA & KB", "icon": "baby" });
    let added = hub.admin.post("/api/admin/services", new).await.expect(201).body;
    let kia = service(&added, "kia-kb");
    assert_eq!(
        (&kia["kode"], &kia["nama"], &kia["nama_en"], &kia["open"]),
        (&json!("K"), &json!("Poli KIA & KB"), &json!("Poli KIA & KB"), &json!(true))
    );
    let told = kiosk.next().await;
    assert_eq!((told["type"].as_str(), told["data"]["poli"].as_str()), (Some("SiteUpdated"), Some("kia-kb")));
    let counter = json!({ "number": 9, "nama": "Loket 9", "services": ["kia-kb"] });
    hub.admin.post("/api/admin/counters", counter.clone()).await.expect(201);
    let taken = hub.admin.post("/api/admin/counters", counter).await.refused(409, "COUNTER_TAKEN").body;
    assert!(taken["error"]["fields"]["number"].is_string(), "the field is named: {taken}");
    assert_eq!(hub.visitor.take("kia-kb").await.number(), "K001");

    // Somebody waits for it: it cannot vanish; closed it gives no numbers, and who waits is called.
    let path = "/api/admin/services/kia-kb";
    let refused = hub.admin.delete(path).await.refused(409, "SERVICE_HAS_WAITING");
    assert!(refused.text.contains("1 orang"), "{}", refused.text);
    let closed = hub.admin.put(path, json!({ "open": false })).await.expect(200).body;
    assert_eq!(service(&closed, "kia-kb")["waiting_count"], 1);
    hub.visitor.post("/api/register", json!({ "poli": "kia-kb" })).await.refused(409, "SERVICE_CLOSED");
    hub.admin.put(path, json!({ "kode": "KA" })).await.refused(409, "NUMBERS_GIVEN");
    let called = hub.admin.call_next(9).await;
    assert_eq!(called.number(), "K001");
    hub.admin.delete("/api/admin/counters/9").await.refused(409, "COUNTER_BUSY");
    hub.admin.act(called.id(), "finish").await.expect(200);
    let retired = hub.admin.delete(path).await.expect(200).body;
    assert_eq!(retired["services"].as_array().unwrap().last().unwrap()["slug"], "kia-kb");
    hub.admin.delete("/api/admin/counters/9").await.expect(200);
    hub.admin.call_next(9).await.refused(404, "COUNTER_NOT_FOUND");
    let number = hub.visitor.get("/api/queue/status/K001").await.expect(200).body;
    assert_eq!(number["status"], "selesai", "its numbers stay");
    // Its letter stays its own; it can be taken up again, closed at first.
    hub.admin
        .post("/api/admin/services", json!({ "kode": "K", "nama": "Kasir" }))
        .await
        .refused(409, "KODE_TAKEN");
    let back = hub.admin.put(path, json!({ "retired": false })).await.expect(200).body;
    assert_eq!(
        (&service(&back, "kia-kb")["retired"], &service(&back, "kia-kb")["open"]),
        (&json!(false), &json!(false))
    );
    let hub = hub.restart().await;
    assert_eq!(hub.admin.get("/api/admin/services").await.body, back, "and on disk");
}

#[tokio::test]
async fn services_of_one_name_get_addresses_of_their_own() {
    let hub = a_clinic().await;
    for (kode, slug) in [("XA", "mata"), ("XB", "mata-2"), ("XC", "mata-3")] {
        let added = hub
            .admin
            .post("/api/admin/services", json!({ "kode": kode, "nama": "Poli Mata" }))
            .await
            .expect(201);
        assert_eq!(service(&added.body, slug)["kode"], kode);
    }
}

#[tokio::test]
async fn what_is_wrong_about_a_service_or_a_counter_is_said_field_by_field() {
    let hub = a_clinic().await;
    let wrong = json!({ "kode": "A1", "nama": "\u{202e} ", "icon": "../x" });
    let refused = hub.admin.post("/api/admin/services", wrong).await.refused(422, "VALIDATION_ERROR");
    assert_eq!(fields(&refused.body), ["icon", "kode", "nama"]);
    hub.admin
        .post("/api/admin/services", json!({ "kode": "A", "nama": "Kasir" }))
        .await
        .refused(409, "KODE_TAKEN");
    hub.admin.put("/api/admin/services/tidak-ada", json!({})).await.refused(404, "SERVICE_NOT_FOUND");
    let wrong = json!({ "number": 0, "nama": "", "services": [] });
    let refused = hub.admin.post("/api/admin/counters", wrong).await.refused(422, "VALIDATION_ERROR");
    assert_eq!(fields(&refused.body), ["nama", "number"]);
    let foreign = json!({ "number": 12, "nama": "Loket 12", "services": ["tidak-ada"] });
    hub.admin.post("/api/admin/counters", foreign).await.refused(404, "SERVICE_NOT_FOUND");
    hub.admin.put("/api/admin/counters/12", json!({ "nama": "x" })).await.refused(404, "COUNTER_NOT_FOUND");
}

#[tokio::test]
async fn a_counter_keeps_what_is_not_changed() {
    let hub = a_clinic().await;
    let before = hub.admin.get("/api/admin/counters").await.body["counters"][0].clone();
    let after =
        hub.admin.put("/api/admin/counters/1", json!({ "nama": "Pendaftaran" })).await.expect(200).body;
    assert_eq!(
        (&after["counters"][0]["nama"], &after["counters"][0]["services"]),
        (&json!("Pendaftaran"), &before["services"])
    );
    // Another kind of facility gives it other services, and no other name.
    hub.admin.post("/api/setup/kind", json!({ "jenis": "sekolah" })).await.expect(200);
    let now = hub.admin.get("/api/admin/counters").await.body["counters"][0].clone();
    assert_eq!(now["nama"], "Pendaftaran");
    assert_ne!(now["services"], before["services"]);
    let after =
        hub.admin.put("/api/admin/counters/1", json!({ "services": ["gigi"] })).await.expect(200).body;
    assert_eq!(
        (&after["counters"][0]["nama"], &after["counters"][0]["services"][0]["slug"]),
        (&json!("Pendaftaran"), &json!("gigi"))
    );
}

/// Whoever was first on the clinic's network used to become admin of a fresh hub.
#[tokio::test]
async fn a_fresh_hub_is_set_up_from_another_machine_only_with_the_code_on_its_own_screen() {
    let hub = a_hub().open().await;
    let phone = async |method: Method, body: Option<Value>| {
        let mut request =
            hub.visitor.request(method, "/api/setup").await.header("X-Forwarded-For", "192.168.1.77");
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let set_up = |kode: Value| {
        json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WITA", "jenis": "klinik", "admin_nama": "Ibu Ani",
                "admin_username": "ani", "admin_password": "kucing-oren-tujuh", "kode": kode })
    };
    let (_, state) = phone(Method::GET, None).await;
    assert_eq!(
        (&state["needed"], &state["needs_code"], &state["kode"]),
        (&json!(true), &json!(true), &Value::Null)
    );
    let here = hub.visitor.get("/api/setup").await.expect(200).body;
    let code = here["kode"].as_str().unwrap().to_owned();
    assert_eq!((code.len(), &here["needs_code"]), (6, &json!(false)));
    for wrong in [Value::Null, json!(""), json!("12345"), json!("ABCDEF")] {
        let (status, answer) = phone(Method::POST, Some(set_up(wrong))).await;
        assert_eq!((status, &answer["error"]["code"]), (403, &json!("SETUP_CODE_WRONG")));
    }
    hub.later(16);
    let (status, _) = phone(Method::POST, Some(set_up(json!(code)))).await;
    assert_eq!(status, 403, "a code is good for a quarter of an hour");
    let next = hub.visitor.get("/api/setup").await.body["kode"].as_str().unwrap().to_owned();
    let typed = format!("{} {}", &next[..3], &next[3..]);
    assert_eq!(phone(Method::POST, Some(set_up(json!(typed)))).await.0, 201);
    let (_, state) = phone(Method::GET, None).await;
    assert_eq!((&state["needed"], &state["needs_code"]), (&json!(false), &json!(false)));
    assert_eq!(hub.visitor.get("/api/setup").await.body["kode"], Value::Null);
}

#[tokio::test]
async fn guessing_the_code_of_a_fresh_hub_is_slowed_down() {
    let hub = a_hub().open().await;
    let mut last = 0;
    for _ in 0..12 {
        let request =
            hub.visitor.request(Method::POST, "/api/setup").await.header("X-Forwarded-For", "192.168.1.77");
        let body = json!({ "nama": "K", "kota": "", "zona": "WITA", "jenis": "klinik", "admin_nama": "A",
                           "admin_username": "a", "admin_password": "kucing-oren-tujuh", "kode": "000000" });
        last = request.json(&body).send().await.unwrap().status().as_u16();
    }
    assert_eq!(last, 429);
}
