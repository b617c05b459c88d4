//! Taking a number.

use serde_json::{Value, json};

use crate::harness::{a_hub, clinic};

const NIK: &str = "7371115708900001";

#[tokio::test]
async fn a_visitor_gets_the_next_number_of_the_service_and_their_place_in_line() {
    let hub = a_hub().with(clinic()).open().await;
    let first = hub.visitor.take("umum").await;
    assert_eq!(first.number(), "A001");
    assert_eq!(hub.visitor.take("gigi").await.number(), "B001", "every service counts for itself");
    let second = hub.visitor.take("umum").await;
    let ticket = &second.body["ticket"];
    assert_eq!(ticket["nomor_antrean"], "A002");
    assert_eq!(ticket["poli"], json!({ "slug": "umum", "kode": "A", "nama": "Poli umum" }));
    assert_eq!(ticket["status"], "menunggu");
    assert_eq!(ticket["position"], 2);
    assert_eq!(ticket["estimated_wait_minutes"], Value::Null, "nothing is known yet, nothing is promised");
    assert_eq!(ticket["created_at"], "2026-11-20T09:00:00+08:00");
    assert_eq!(ticket["loket"], Value::Null);
    assert_eq!(ticket["recalls"], 0);
    for key in ["called_at", "served_at", "finished_at"] {
        assert!(ticket.get(key).unwrap().is_null(), "{key} is there and empty");
    }
}

#[tokio::test]
async fn the_ticket_is_found_by_its_number_and_by_its_code() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let ticket = hub.visitor.take("umum").await;
    let code = ticket.ticket_code();
    let typed = format!("{}-{}", &code[..5], &code[5..]).to_lowercase();
    let by_code = hub.visitor.get(&format!("/api/tickets/{typed}")).await.expect(200);
    assert_eq!(by_code.body["ticket"], ticket.body["ticket"]);
    let by_number = hub.visitor.get("/api/queue/status/a002").await.expect(200);
    let expected = json!({
        "nomor_antrean": "A002", "poli": ticket.body["ticket"]["poli"], "status": "menunggu", "position": 2,
        "estimated_wait_minutes": null, "loket": null, "called_at": null,
    });
    assert_eq!(by_number.body, expected, "exactly these fields, and no code");
    for unknown in ["A003", "A2", "A0002", "Z001", "A", "001", "%00", "A99999999999"] {
        hub.visitor.get(&format!("/api/queue/status/{unknown}")).await.refused(404, "TICKET_NOT_FOUND");
    }
    hub.visitor.get("/api/tickets/AAAAAAAAAA").await.refused(404, "TICKET_NOT_FOUND");
}

#[tokio::test]
async fn an_unknown_or_closed_service_gives_no_number() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.post("/api/register", json!({ "poli": "jantung" })).await.refused(404, "SERVICE_NOT_FOUND");
    hub.visitor.post("/api/register", json!({ "poli": "kia" })).await.refused(409, "SERVICE_CLOSED");
    let open = hub.visitor.get("/api/services").await.expect(200);
    let slugs: Vec<&str> =
        open.body["services"].as_array().unwrap().iter().map(|s| s["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["umum", "gigi", "lansia"], "a closed service is not offered");
}

#[tokio::test]
async fn wrong_inputs_are_all_named_at_once_and_no_number_is_used_up() {
    let hub = a_hub().with(clinic()).open().await;
    let wrong = json!({ "poli": "umum", "nama": " \u{200b} ", "nik": "7371113113900001", "no_bpjs": "123", "no_hp": "abc" });
    // A name of invisible characters is not "left out": something was typed that cannot be kept.
    let refused = hub.visitor.post("/api/register", wrong).await.refused(422, "VALIDATION_ERROR");
    let fields = refused.body["error"]["fields"].as_object().unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["nama", "nik", "no_bpjs", "no_hp"]);
    assert_eq!(
        fields["nik"],
        "Angka ke-7 sampai ke-12 dari NIK bukan tanggal lahir. Periksa lagi angka di KTP."
    );
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
}

#[tokio::test]
async fn unknown_fields_and_wrong_shapes_are_refused() {
    let hub = a_hub().with(clinic()).open().await;
    let unknown = hub
        .visitor
        .post("/api/register", json!({ "poli": "umum", "umur": 5 }))
        .await
        .refused(422, "VALIDATION_ERROR");
    assert!(unknown.body["error"]["fields"]["umur"].is_string());
    let missing = hub.visitor.post("/api/register", json!({})).await.refused(422, "VALIDATION_ERROR");
    assert!(missing.body["error"]["fields"]["poli"].is_string());
    hub.visitor.post("/api/register", json!({ "poli": 7 })).await.refused(422, "VALIDATION_ERROR");
    hub.visitor
        .post("/api/register", json!({ "poli": "umum", "cara_daftar": "fax" }))
        .await
        .refused(422, "VALIDATION_ERROR");
    hub.visitor.post("/api/register", json!([])).await.refused(422, "VALIDATION_ERROR");
}

#[tokio::test]
async fn a_known_person_has_one_active_number_at_a_time() {
    let hub = a_hub().with(clinic()).open().await;
    let with = |poli: &str, nik: &str| json!({ "poli": poli, "nama": "Siti", "nik": nik, "no_hp": "0812 3456 7890" });
    let first = hub.visitor.post("/api/register", with("umum", NIK)).await.expect(201);
    let stranger = json!({ "poli": "umum", "nik": "7371 1157 0890 0001", "no_hp": "0813 0000 0000" });
    let again = hub.visitor.post("/api/register", stranger.clone()).await.refused(409, "ALREADY_QUEUED");
    assert!(!again.text.contains("A001"), "who types a stranger's NIK learns no number");
    // Who knows the telephone that was told with it is that person; staff are asked at the desk.
    let proven = hub.visitor.post("/api/register", with("umum", NIK)).await.refused(409, "ALREADY_QUEUED");
    let staff = hub.rina.post("/api/register", stranger).await.refused(409, "ALREADY_QUEUED");
    for told in [proven, staff] {
        let message = told.body["error"]["message"].as_str().unwrap();
        assert!(message.contains("A001") && message.contains("Poli umum"), "{message}");
    }
    hub.visitor.post("/api/register", with("umum", "7371115708900002")).await.expect(201);
    hub.rina.act(first.id(), "cancel").await.expect(200);
    hub.visitor.post("/api/register", with("umum", NIK)).await.expect(201);
}

/// One number a person *and service*: a patient of umum is sent on to gigi, and a mother waits for two children.
#[tokio::test]
async fn a_person_has_a_number_at_each_service_and_staff_may_give_a_second() {
    let hub = a_hub().with(clinic()).open().await;
    let at = |poli: &str| json!({ "poli": poli, "nik": NIK, "no_hp": "0812 3456 7890" });
    for (poli, nomor) in [("umum", "A001"), ("gigi", "B001"), ("lansia", "D001")] {
        assert_eq!(hub.visitor.post("/api/register", at(poli)).await.expect(201).number(), nomor);
        hub.visitor.post("/api/register", at(poli)).await.refused(409, "ALREADY_QUEUED");
    }
    let mut second = at("umum");
    second["nomor_kedua"] = json!(true);
    for who in [&hub.visitor, &hub.dewi] {
        let refused = who.post("/api/register", second.clone()).await;
        assert!(matches!(refused.status.as_u16(), 401 | 403), "{}", refused.text);
    }
    assert_eq!(hub.rina.post("/api/register", second.clone()).await.expect(201).number(), "A002");
    assert_eq!(hub.admin.post("/api/register", second).await.expect(201).number(), "A003");
}

/// What is wrong with a NIK is said, not only that something is.
#[tokio::test]
async fn a_wrong_nik_is_refused_for_its_own_reason() {
    let hub = a_hub().with(clinic()).open().await;
    for (nik, reason) in [
        ("7371117208900001", "tanggal lahir"),
        ("7371113113900001", "tanggal lahir"),
        ("1071111708900001", "kode wilayah"),
        ("9971111708900001", "kode wilayah"),
        ("7300111708900001", "kode wilayah"),
        ("7371111708900000", "0000"),
        ("737111170890000", "16 angka"),
    ] {
        let refused = hub.visitor.post("/api/register", json!({ "poli": "umum", "nik": nik })).await;
        let said = refused.refused(422, "VALIDATION_ERROR").body["error"]["fields"]["nik"].clone();
        assert!(said.as_str().unwrap().contains(reason), "{nik}: {said}");
    }
}

/// Who would be born tomorrow may be right all the same: a clock, a newborn, somebody of nearly a hundred.
#[tokio::test]
async fn an_odd_nik_is_taken_and_doubted_only_where_somebody_asked_to_look_again() {
    let hub = a_hub().with(clinic()).open().await;
    let with = |nik: &str| json!({ "poli": "umum", "nik": nik });
    let careful = |nik: &str| json!({ "poli": "umum", "nik": nik, "periksa_nik": true });
    for (nik, reason) in [
        ("7371112111260001", "baru akan lahir"), // the 21st, tomorrow
        ("7371116111260001", "baru akan lahir"), // a girl
        ("7371110101270001", "baru akan lahir"),
        ("7374111708900001", "kabupaten atau kota"),
    ] {
        let doubted = hub.rina.post("/api/register", careful(nik)).await.refused(409, "NIK_DOUBTED");
        let said = doubted.body["error"]["fields"]["nik"].as_str().unwrap().to_owned();
        assert!(said.contains(reason), "{nik}: {said}");
        hub.visitor.post("/api/register", with(nik)).await.expect(201);
    }
    for nik in ["7371112011260001", "7371111911260001", "7371112111250001", NIK] {
        hub.rina.post("/api/register", careful(nik)).await.expect(201);
    }
    // Midnight in Makassar is the next day there, whatever the service day is: 15 hours on, 00.30.
    hub.later(15 * 60 + 30);
    hub.rina.post("/api/register", careful("7371112111260002")).await.expect(201);
    hub.rina.post("/api/register", careful("7371112211260002")).await.refused(409, "NIK_DOUBTED");
    // What is impossible stays refused with its own reason.
    hub.rina.post("/api/register", careful("1071111708900001")).await.refused(422, "VALIDATION_ERROR");
}

#[tokio::test]
async fn two_niks_are_two_people_whatever_card_was_typed() {
    let hub = a_hub().with(clinic()).open().await;
    let card = "0001234567890";
    let siti = json!({ "poli": "umum", "nama": "Siti", "nik": NIK, "no_bpjs": card });
    hub.visitor.post("/api/register", siti).await.expect(201);
    let budi = json!({ "poli": "umum", "nama": "Budi", "nik": "7371111708900001", "no_bpjs": card, "no_hp": "0812 3456 7890" });
    hub.visitor.post("/api/register", budi.clone()).await.expect(201);
    hub.visitor.post("/api/register", budi).await.refused(409, "ALREADY_QUEUED");
    hub.visitor
        .post("/api/register", json!({ "poli": "umum", "no_bpjs": card }))
        .await
        .refused(409, "ALREADY_QUEUED");
    let list = hub.rina.get("/api/dashboard/queues").await;
    assert_eq!(list.body["tickets"][1]["nama"], "Budi");
}

#[tokio::test]
async fn a_name_belongs_to_the_number_it_was_typed_for_and_never_sticks_to_a_nik() {
    let hub = a_hub().with(clinic()).open().await;
    let first = hub
        .visitor
        .post("/api/register", json!({ "poli": "umum", "nama": "Siti Rahmawati", "nik": NIK }))
        .await
        .expect(201);
    hub.rina.act(first.id(), "cancel").await.expect(200);
    hub.visitor
        .post("/api/register", json!({ "poli": "umum", "nama": "Orang Lain", "nik": NIK }))
        .await
        .expect(201);
    let list = hub.rina.get("/api/dashboard/queues").await.expect(200);
    let names: Vec<_> = (0..2).map(|row| list.body["tickets"][row]["nama"].clone()).collect();
    assert_eq!(names, ["Orang Lain", "Siti Rahmawati"], "neither replaces the other");
}

#[tokio::test]
async fn an_estimate_appears_once_there_is_enough_to_say() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..6 {
        hub.visitor.take("umum").await;
    }
    for _ in 0..3 {
        let called = hub.rina.call_next(1).await.expect(200);
        hub.later(6);
        hub.rina.act(called.id(), "finish").await.expect(200);
    }
    let newcomer = hub.visitor.take("umum").await;
    assert_eq!(newcomer.body["ticket"]["position"], 4);
    assert_eq!(
        newcomer.body["ticket"]["estimated_wait_minutes"], 18,
        "median 6 minutes × 3 ahead ÷ 1 open counter"
    );
    let services = hub.visitor.get("/api/services").await.expect(200);
    assert_eq!(services.body["services"][0]["waiting_count"], 4);
    assert_eq!(services.body["services"][0]["estimated_wait_minutes"], 24);
    hub.later(45);
    let services = hub.visitor.get("/api/services").await.expect(200);
    assert_eq!(services.body["services"][0]["estimated_wait_minutes"], Value::Null, "nobody calls any more");
}

#[tokio::test]
async fn who_registers_from_afar_agrees_to_the_text_that_is_read_now() {
    let hub = a_hub().with(clinic()).open().await;
    let wish = |version: &str| json!({ "poli": "umum", "nama": "Siti", "no_hp": "0812-3456-7890", "cara_daftar": "online", "persetujuan": version });
    let refused = hub.visitor.post("/api/register", wish("1999-01")).await;
    assert!(refused.body["error"]["fields"]["persetujuan"].is_string());
    refused.refused(422, "VALIDATION_ERROR");
    let texts = include_str!("../../../../../assets/texts/id/online.json");
    let texts: Value = serde_json::from_str(texts).unwrap();
    hub.visitor.post("/api/register", wish(texts["consent_version"].as_str().unwrap())).await.expect(201);
}

#[tokio::test]
async fn a_kiosk_asks_who_it_is_only_where_an_admin_wished_so_and_staff_then_see_the_record() {
    let hub = a_hub().with(clinic()).open().await;
    assert_eq!(hub.visitor.get("/api/site").await.body["kiosk_kenal"], false);
    hub.admin.post("/api/settings", json!({ "kiosk_kenal": true })).await.expect(200);
    assert_eq!(hub.visitor.get("/api/site").await.body["kiosk_kenal"], true);
    let siti = json!({ "poli": "umum", "nama": "Siti Aminah", "no_bpjs": "0001234567890" });
    let first = hub.visitor.post("/api/register", siti).await.expect(201);
    hub.rina.act(first.id(), "cancel").await.expect(200);

    let at_the_kiosk = json!({ "poli": "umum", "no_bpjs": "0001234567890", "cara_daftar": "offline" });
    let again = hub.visitor.post("/api/register", at_the_kiosk).await.expect(201);
    assert!(!again.body.to_string().contains("1234567890"), "paper and screen say nothing of the card");
    let found = hub.rina.get("/api/patients?q=Aminah").await.expect(200);
    let id = found.body["patients"][0]["id"].as_i64().unwrap();
    let visits = hub.rina.get(&format!("/api/patients/{id}/visits")).await.expect(200);
    let visits = visits.body["visits"].as_array().unwrap();
    let numbers: Vec<_> = visits.iter().map(|visit| visit["nomor_antrean"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["A002", "A001"], "both visits are Siti's");
}
