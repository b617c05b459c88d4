//! Patients: recognised, found, corrected with what was known before kept; and seed 1's routes.

use serde_json::{Value, json};

use crate::harness::{Actor, Answer, TestHub, a_hub, clinic};
use crate::live::Listener;

pub const NIK: &str = "7371115708900001";

pub async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

/// Takes a number for somebody and cancels it, so that the next one is free again. Tells the record's id.
pub async fn known(hub: &TestHub, who: Value) -> i64 {
    let mut patient = json!({ "poli": "umum" });
    patient.as_object_mut().unwrap().extend(who.as_object().unwrap().clone());
    let taken = hub.rina.post("/api/patients", patient).await.expect(201);
    hub.rina.act(taken.id(), "cancel").await.expect(200);
    taken.body["patient"]["id"].as_i64().unwrap()
}

pub async fn record(hub: &TestHub, id: i64) -> Value {
    hub.rina.get(&format!("/api/patients/{id}")).await.expect(200).body["patient"].clone()
}

pub async fn correct(hub: &TestHub, id: i64, what: Value) -> Answer {
    hub.rina.put(&format!("/api/patients/{id}"), what).await
}

pub async fn found(who: &Actor, q: &str) -> Vec<String> {
    let answer = who.get(&format!("/api/patients?q={q}")).await.expect(200);
    let patients = answer.body["patients"].as_array().unwrap().clone();
    patients.iter().map(|one| one["nama"].as_str().unwrap_or("–").to_owned()).collect()
}

/// "Siti Rahmwati" was typed at the kiosk; the desk has the card in hand.
#[tokio::test]
async fn staff_correct_a_record_and_what_was_known_before_stays_in_its_history() {
    let hub = a_clinic().await;
    let id = known(&hub, json!({ "nama": "Siti Rahmwati", "nik": NIK })).await;
    assert_eq!(record(&hub, id).await["diperiksa_at"], Value::Null, "only told");
    let right = json!({ "nama": "Siti Rahmawati", "tgl_lahir": "17-08-1990", "jenis_kelamin": "P", "diperiksa": true });
    correct(&hub, id, right).await.expect(200);
    let now = record(&hub, id).await;
    assert_eq!(
        (&now["nama"], &now["tgl_lahir"], &now["nik"]),
        (&json!("Siti Rahmawati"), &json!("1990-08-17"), &json!(NIK)),
        "what was not told stays"
    );
    assert!(now["diperiksa_at"].is_string());
    correct(&hub, id, json!({ "tgl_lahir": "" })).await.expect(200);
    assert_eq!(record(&hub, id).await["tgl_lahir"], Value::Null, "empty takes away");
    let history = hub.rina.get(&format!("/api/patients/{id}/history")).await.expect(200);
    let rows = history.body["riwayat"].as_array().unwrap();
    let deeds: Vec<_> = rows.iter().map(|row| row["apa"].as_str().unwrap()).collect();
    assert_eq!(deeds, ["correct", "check", "correct"]);
    assert_eq!(rows[0]["sebelum"], json!({ "tgl_lahir": "1990-08-17" }));
    assert_eq!(
        (&rows[2]["sebelum"]["nama"], &rows[2]["sesudah"]["nama"], &rows[2]["oleh"]),
        (&json!("Siti Rahmwati"), &json!("Siti Rahmawati"), &json!("rina"))
    );
    let hub = hub.restart().await;
    assert_eq!(record(&hub, id).await["nama"], "Siti Rahmawati");
}

/// Issue 9, "first word sticks": whatever order strangers, relatives and staff come in.
#[tokio::test]
async fn what_a_stranger_types_never_overwrites_or_fills_what_is_known() {
    let hub = a_clinic().await;
    let first = json!({ "poli": "umum", "nama": "Orang Iseng", "nik": NIK });
    let taken = hub.visitor.post("/api/register", first).await.expect(201);
    hub.rina.act(taken.id(), "cancel").await.expect(200);
    let id = hub.rina.get(&format!("/api/patients?q={NIK}")).await.expect(200).body["patients"][0]["id"]
        .as_i64()
        .unwrap();
    // Whoever came first named the record, and says so: nobody has looked at a card yet.
    assert_eq!(record(&hub, id).await["diperiksa_at"], Value::Null);
    correct(&hub, id, json!({ "nama": "Siti Rahmawati", "diperiksa": true })).await.expect(200);
    // Neighbours: another name, a telephone, a card, an address; from a kiosk, from the page of seed 1.
    for (path, told) in [
        ("/api/register", json!({ "poli": "umum", "nama": "Budi", "nik": NIK })),
        ("/api/register", json!({ "poli": "umum", "nik": NIK, "no_hp": "0812 0000 1111" })),
        ("/api/register", json!({ "poli": "umum", "nik": NIK, "no_bpjs": "0001234567890" })),
        (
            "/api/patients",
            json!({ "poli": "umum", "nama": "Budi", "nik": NIK, "alamat": "Jl. Lain 5", "email": "budi@contoh.id" }),
        ),
    ] {
        let taken = hub.visitor.post(path, told.clone()).await.expect(201);
        let now = record(&hub, id).await;
        assert_eq!(now["nama"], "Siti Rahmawati", "{told}");
        for field in ["no_hp", "no_bpjs", "alamat", "email"] {
            assert_eq!(now[field], Value::Null, "{field} after {told}");
        }
        if let Some(said) = taken.body.get("patient") {
            assert_eq!(said, &json!({ "nama": "Budi" }), "a stranger hears what they said");
        }
        let list = hub.rina.get("/api/dashboard/queues").await.expect(200);
        let rows = list.body["tickets"].as_array().unwrap();
        let row = rows.iter().find(|row| row["id"] == taken.id()).unwrap();
        assert_eq!(
            row["nama"],
            told.get("nama").cloned().unwrap_or_default(),
            "the ticket says what was said for this visit"
        );
        assert_eq!(row["pasien"], id);
        hub.rina.act(taken.id(), "cancel").await.expect(200);
    }
    // Staff fill in what nobody knew, and it is noted.
    let desk = json!({ "poli": "umum", "nik": NIK, "no_hp": "0812 3456 7890" });
    hub.rina.post("/api/register", desk).await.expect(201);
    assert_eq!(record(&hub, id).await["no_hp"], "+6281234567890");
    let history = hub.rina.get(&format!("/api/patients/{id}/history")).await.expect(200);
    assert_eq!(history.body["riwayat"][0]["apa"], "complete");
    assert_eq!(history.body["riwayat"][0]["sesudah"], json!({ "no_hp": "+6281234567890" }));
}

#[tokio::test]
async fn a_newborn_on_the_mothers_telephone_is_somebody_else_and_her_other_spelling_is_not() {
    let hub = a_clinic().await;
    let phone = "0812-3456-7890";
    let mother = known(&hub, json!({ "nama": "Siti Rahmawati", "no_hp": phone })).await;
    for (nama, same) in [
        ("By. Ny. Siti Rahmawati", false),
        ("Siti Rahmwati", true),
        ("SITTI RACHMAWATI", true),
        ("Budi Santoso", false),
        ("Hj. Siti", true),
    ] {
        let id = known(&hub, json!({ "nama": nama, "no_hp": phone })).await;
        assert_eq!(id == mother, same, "{nama}");
    }
    // A NIK that is told beside it decides.
    let card = known(&hub, json!({ "nama": "Siti Rahmawati", "no_hp": phone, "nik": NIK })).await;
    assert_eq!(card, mother, "nobody's NIK yet");
    let other =
        known(&hub, json!({ "nama": "Siti Rahmawati", "no_hp": phone, "nik": "7371115708900002" })).await;
    assert_ne!(other, mother, "another NIK is another Siti");
}

#[tokio::test]
async fn one_active_number_a_person_and_service_also_by_telephone_and_name() {
    let hub = a_clinic().await;
    let siti = |poli: &str| json!({ "poli": poli, "nama": "Siti Rahmawati", "no_hp": "081234567890" });
    let first = hub.visitor.post("/api/register", siti("umum")).await.expect(201);
    let again = hub.visitor.post("/api/register", siti("umum")).await.refused(409, "ALREADY_QUEUED");
    assert!(again.text.contains(first.number()), "who tells the telephone that was told is that person");
    hub.visitor.post("/api/register", siti("gigi")).await.expect(201);
    let child = json!({ "poli": "umum", "nama": "Andi", "no_hp": "081234567890" });
    hub.visitor.post("/api/register", child).await.expect(201);
    // A telephone or a name alone is nobody.
    for told in [
        json!({ "poli": "umum", "no_hp": "081234567890" }),
        json!({ "poli": "umum", "nama": "Siti Rahmawati" }),
    ] {
        hub.visitor.post("/api/register", told.clone()).await.expect(201);
        hub.visitor.post("/api/register", told).await.expect(201);
    }
    // Sent on to another room, they wait there: no second number for that room either.
    let sent = json!({ "poli": "lansia" });
    hub.rina.post(&format!("/api/queue/{}/transfer", first.id()), sent).await.expect(200);
    hub.visitor.post("/api/register", siti("lansia")).await.refused(409, "ALREADY_QUEUED");
}

#[tokio::test]
async fn patients_are_found_however_their_names_are_spelled_and_by_the_last_four_digits() {
    let hub = a_clinic().await;
    known(&hub, json!({ "nama": "Muhammad Yusuf", "nik": "7371111708900001", "tgl_lahir": "1990-08-17" }))
        .await;
    known(&hub, json!({ "nama": "Muhamad Ridwan", "no_hp": "0812 3456 7890" })).await;
    let siti = known(&hub, json!({ "nama": "Siti Rahmawati", "no_bpjs": "0001234565432" })).await;
    for (q, expected) in [
        ("muhamad", vec!["Muhamad Ridwan", "Muhammad Yusuf"]),
        ("mohammad", vec!["Muhamad Ridwan", "Muhammad Yusuf"]),
        ("moch.%20yusup", vec!["Muhammad Yusuf"]),
        ("Joesoef", vec!["Muhammad Yusuf"]),
        ("m%20y", vec!["Muhammad Yusuf"]),
        ("mu", vec!["Muhamad Ridwan", "Muhammad Yusuf"]),
        ("rachma", vec!["Siti Rahmawati"]),
        ("ra", vec!["Siti Rahmawati"]),
        ("rahmwati", vec!["Siti Rahmawati"]),
        ("7890", vec!["Muhamad Ridwan"]),
        ("0812-3456", vec!["Muhamad Ridwan"]),
        ("+62%20812%203456%207890", vec!["Muhamad Ridwan"]),
        ("5432", vec!["Siti Rahmawati"]),
        ("siti%205432", vec!["Siti Rahmawati"]),
        ("siti%200001", vec![]),
        ("73711117", vec!["Muhammad Yusuf"]),
        ("17-08-1990", vec!["Muhammad Yusuf"]),
        ("000003", vec!["Siti Rahmawati"]),
        ("tidak%20ada", vec![]),
        ("\"%20OR%20*", vec![]),
        ("plain:siti", vec![]),
    ] {
        assert_eq!(found(&hub.rina, q).await, expected, "{q}");
    }
    assert_eq!(found(&hub.rina, "").await.len(), 3, "the newest first");
    correct(&hub, siti, json!({ "nama": "Aminah" })).await.expect(200);
    assert!(found(&hub.rina, "rachma").await.is_empty());
    assert_eq!(found(&hub.rina, "amina").await, ["Aminah"]);
}

#[tokio::test]
async fn a_list_of_patients_comes_in_pages_whose_next_is_an_address() {
    let hub = a_clinic().await;
    for n in 0..5 {
        known(&hub, json!({ "nama": format!("Siti {}", ["Ani", "Budi", "Citra", "Dewi", "Eka"][n]), "no_hp": format!("08123456789{n}") })).await;
    }
    let mut seen = Vec::new();
    let mut next = Some("/api/patients?q=siti&per_page=2".to_owned());
    while let Some(path) = next {
        let page = hub.rina.get(&path).await.expect(200);
        assert_eq!((&page.body["total"], &page.body["per_page"]), (&json!(5), &json!(2)));
        seen.extend(page.body["patients"].as_array().unwrap().iter().map(|one| one["nama"].clone()));
        next = page.body["next"].as_str().map(|next| {
            next.strip_prefix(&format!("http://{}", hub.address)).expect("a full address").to_owned()
        });
    }
    assert_eq!(seen.len(), 5);
    hub.rina.get("/api/patients?page=0").await.refused(422, "VALIDATION_ERROR");
    hub.visitor.get("/api/patients").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_nik_that_says_otherwise_than_the_details_is_a_warning() {
    let hub = a_clinic().await;
    let id =
        known(&hub, json!({ "nama": "Siti", "nik": NIK, "tgl_lahir": "1990-08-17", "jenis_kelamin": "P" }))
            .await;
    assert_eq!(record(&hub, id).await["peringatan"], json!([]));
    correct(&hub, id, json!({ "tgl_lahir": "18-08-1990", "jenis_kelamin": "L" })).await.expect(200);
    assert_eq!(record(&hub, id).await["peringatan"], json!(["tgl_lahir", "jenis_kelamin"]));
}

#[tokio::test]
async fn a_records_number_is_given_once_and_grows_beyond_six_digits() {
    let hub = a_clinic().await;
    let id = known(&hub, json!({ "nama": "Siti", "no_hp": "081234567890" })).await;
    assert_eq!(record(&hub, id).await["no_rm"], "000001");
    let all_but_two = "update record_numbers set last = 999998";
    hub.hub()
        .act(lobi_hub::act::Caller::system(crate::harness::MORNING), move |act| {
            act.sql().execute(all_but_two, []).unwrap();
            Ok(())
        })
        .await
        .unwrap();
    let mut numbers = Vec::new();
    for (n, name) in ["Ani", "Budi", "Citra"].into_iter().enumerate() {
        let id = known(&hub, json!({ "nama": name, "no_hp": format!("08123456788{n}") })).await;
        numbers.push(record(&hub, id).await["no_rm"].clone());
    }
    assert_eq!(numbers, ["999999", "1000000", "1000001"]);
}

#[tokio::test]
async fn a_number_is_taken_for_a_patient_whom_staff_know() {
    let hub = a_clinic().await;
    let id = known(&hub, json!({ "nama": "Siti Rahmawati", "no_hp": "081234567890" })).await;
    let wish = json!({ "poli": "umum", "pasien": id });
    for stranger in [&hub.visitor, &hub.dewi] {
        let refused = stranger.post("/api/register", wish.clone()).await;
        assert!(matches!(refused.status.as_u16(), 401 | 403), "{}", refused.text);
    }
    let taken = hub.rina.post("/api/register", wish.clone()).await.expect(201);
    hub.rina.post("/api/register", wish).await.refused(409, "ALREADY_QUEUED");
    let list = hub.rina.get("/api/dashboard/queues").await.expect(200);
    let row =
        list.body["tickets"].as_array().unwrap().iter().find(|row| row["id"] == taken.id()).unwrap().clone();
    assert_eq!((&row["pasien"], &row["nama"]), (&json!(id), &json!("Siti Rahmawati")));
    hub.rina
        .post("/api/register", json!({ "poli": "umum", "pasien": 999 }))
        .await
        .refused(404, "PATIENT_NOT_FOUND");
}

/// Seed 1: `PUT /api/patients/{id}` with a status, `POST …/recall`.
#[tokio::test]
async fn a_patients_active_number_is_called_again_and_ended() {
    let hub = a_clinic().await;
    let taken = hub
        .rina
        .post("/api/patients", json!({ "nama": "Siti", "poli": "umum", "nik": NIK }))
        .await
        .expect(201);
    let id = taken.body["patient"]["id"].as_i64().unwrap();
    let (recall, finish) = (format!("/api/patients/{id}/recall"), json!({ "status": "selesai" }));
    hub.rina.post(&recall, Value::Null).await.refused(409, "INVALID_STATE");
    hub.rina.call_next(1).await.expect(200);
    let again = hub.rina.post(&recall, Value::Null).await.expect(200);
    assert_eq!(again.body["ticket"]["recalls"], 1);
    hub.dewi.post(&recall, Value::Null).await.refused(403, "FORBIDDEN");
    correct(&hub, id, json!({ "status": "selesai", "nama": "Lain" })).await.refused(422, "VALIDATION_ERROR");
    correct(&hub, id, json!({ "status": "dipanggil" })).await.refused(422, "VALIDATION_ERROR");
    correct(&hub, id, finish.clone()).await.expect(200);
    let visits = hub.rina.get(&format!("/api/patients/{id}/visits")).await.expect(200);
    assert_eq!(
        (&visits.body["visits"][0]["nomor_antrean"], &visits.body["visits"][0]["status"]),
        (&json!("A001"), &json!("selesai"))
    );
    correct(&hub, id, finish).await.refused(409, "NOT_QUEUED");
    hub.rina.post("/api/patients/999/recall", Value::Null).await.refused(404, "PATIENT_NOT_FOUND");
}

/// Seed 1: `GET /api/patients/check/{name}`; nobody finds out about others.
#[tokio::test]
async fn whether_somebody_has_a_number_hears_staff_and_who_proves_to_be_that_person() {
    let hub = a_clinic().await;
    let siti = json!({ "nama": "Siti Rahmawati", "poli": "umum", "no_hp": "081234567890", "nik": NIK });
    let taken = hub.visitor.post("/api/patients", siti).await.expect(201);
    let check = "/api/patients/check/sitti%20rachmawati";
    let staff = hub.rina.get(check).await.expect(200);
    assert_eq!(
        (&staff.body["active"], &staff.body["ticket"]["nomor_antrean"]),
        (&json!(true), &json!("A001"))
    );
    for unproven in ["", "?no_hp=081200000000", "?nik=7371115708900002", "?no_bpjs=0001234567890"] {
        hub.visitor.get(&format!("{check}{unproven}")).await.refused(401, "UNAUTHENTICATED");
    }
    for proof in ["?no_hp=0812-3456-7890", &format!("?nik={NIK}")] {
        let told = hub.visitor.get(&format!("{check}{proof}")).await.expect(200);
        assert_eq!(told.body["ticket"]["nomor_antrean"], "A001", "{proof}");
    }
    hub.visitor.get("/api/patients/check/Budi?no_hp=081234567890").await.refused(401, "UNAUTHENTICATED");
    hub.visitor.get(&format!("{check}?nik=12")).await.refused(422, "VALIDATION_ERROR");
    hub.rina.act(taken.id(), "cancel").await.expect(200);
    assert_eq!(hub.rina.get(check).await.expect(200).body, json!({ "active": false }));
    let told = hub.visitor.get(&format!("{check}?no_hp=081234567890")).await.expect(200);
    assert_eq!(told.body, json!({ "active": false }), "who is known hears that there is none");
    // A program with a key is asked for the right, not for a proof.
    let key = |scope: &str| json!({ "nama": "Bot", "scopes": [scope] });
    for (scope, status) in [("view-patients", 200), ("view-dashboard", 401)] {
        let secret = hub.admin.post("/api/api-keys", key(scope)).await.expect(201).body["key"]
            .as_str()
            .unwrap()
            .to_owned();
        let request = hub.visitor.request(reqwest::Method::GET, check).await.header("X-API-KEY", secret);
        crate::harness::answer(request).await.expect(status);
    }
}

#[tokio::test]
async fn who_may_see_patients_hears_that_one_changed_and_not_who() {
    let hub = a_clinic().await;
    let id = known(&hub, json!({ "nama": "Siti", "nik": NIK })).await;
    let mut desk = Listener::open(&hub, "/ws").await;
    desk.say(json!({ "token": hub.rina.token().await, "subscribe": ["patients"] })).await;
    desk.next().await;
    correct(&hub, id, json!({ "nama": "Siti Aminah" })).await.expect(200);
    let heard = desk.next().await;
    assert_eq!((&heard["type"], &heard["data"]), (&json!("PatientUpdated"), &json!({ "id": id })));
}
