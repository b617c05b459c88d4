//! Two records of one person become one and two again, and what stands in the way.

use serde_json::{Value, json};

use crate::patients::{NIK, a_clinic, correct, found, known, record};

#[tokio::test]
async fn two_records_of_one_person_become_one_and_two_again() {
    let hub = a_clinic().await;
    let old =
        known(&hub, json!({ "nama": "Siti Rahmawati", "no_hp": "081234567890", "alamat": "Jl. Antang 5" }))
            .await;
    let card = known(&hub, json!({ "nama": "St. Rahmawati", "nik": NIK })).await;
    let (before_old, before_card) = (record(&hub, old).await, record(&hub, card).await);
    let merge = |from: i64| json!({ "dari": from });
    let one = hub.rina.post(&format!("/api/patients/{old}/merge"), merge(card)).await.expect(200);
    let patient = &one.body["patient"];
    assert_eq!(
        (&patient["nik"], &patient["nama"]),
        (&json!(NIK), &json!("Siti Rahmawati")),
        "what it lacked it is given"
    );
    assert_eq!(record(&hub, card).await["bagian_dari"], old);
    // Whoever comes with that NIK is the one who stays, and the other name finds them too.
    assert_eq!(known(&hub, json!({ "nama": "Siti", "nik": NIK })).await, old);
    assert_eq!(found(&hub.rina, "st.%20rahmawati").await, ["Siti Rahmawati"]);
    let visits = hub.rina.get(&format!("/api/patients/{old}/visits")).await.expect(200);
    assert_eq!(visits.body["visits"].as_array().unwrap().len(), 3, "visits are shown together");
    correct(&hub, card, json!({ "nama": "Lain" })).await.refused(409, "PATIENT_MERGED");
    hub.rina.post(&format!("/api/patients/{old}/merge"), merge(card)).await.refused(409, "PATIENT_MERGED");
    hub.rina.post(&format!("/api/patients/{old}/merge"), merge(old)).await.refused(422, "VALIDATION_ERROR");
    let hub = hub.restart().await;
    hub.rina.post(&format!("/api/patients/{card}/unmerge"), json!({})).await.expect(200);
    assert_eq!(
        (record(&hub, old).await, record(&hub, card).await),
        (before_old, before_card),
        "as they were"
    );
    hub.rina.post(&format!("/api/patients/{card}/unmerge"), json!({})).await.refused(409, "NOT_MERGED");
    let visits = hub.rina.get(&format!("/api/patients/{card}/visits")).await.expect(200);
    assert_eq!(visits.body["visits"].as_array().unwrap().len(), 1, "each has its own again");
}

#[tokio::test]
async fn merges_upon_merges_are_taken_back_in_their_order_and_corrections_stay() {
    let hub = a_clinic().await;
    let mut ids = Vec::new();
    for (n, name) in ["Ani", "Budi", "Citra"].into_iter().enumerate() {
        ids.push(known(&hub, json!({ "nama": name, "no_hp": format!("08123456789{n}") })).await);
    }
    let [a, b, c] = ids[..] else { unreachable!() };
    correct(&hub, a, json!({ "nik": NIK })).await.expect(200);
    hub.rina.post(&format!("/api/patients/{b}/merge"), json!({ "dari": a })).await.expect(200);
    hub.rina.post(&format!("/api/patients/{c}/merge"), json!({ "dari": b })).await.expect(200);
    assert_eq!(record(&hub, a).await["bagian_dari"], c, "never through a third");
    hub.rina.post(&format!("/api/patients/{a}/unmerge"), json!({})).await.refused(409, "MERGED_SINCE");
    // The NIK was wrong; what is corrected meanwhile stays corrected.
    correct(&hub, c, json!({ "nik": "7371115708900002" })).await.expect(200);
    hub.rina.post(&format!("/api/patients/{b}/unmerge"), json!({})).await.expect(200);
    assert_eq!(record(&hub, c).await["nik"], "7371115708900002");
    assert_eq!(record(&hub, a).await["bagian_dari"], b);
    hub.rina.post(&format!("/api/patients/{a}/unmerge"), json!({})).await.expect(200);
    assert_eq!((&record(&hub, a).await["nik"], &record(&hub, b).await["nik"]), (&json!(NIK), &Value::Null));
}

#[tokio::test]
async fn two_niks_are_two_people_and_a_number_of_somebody_else_names_their_record() {
    let hub = a_clinic().await;
    let siti = known(&hub, json!({ "nama": "Siti", "nik": NIK, "no_bpjs": "0001234567890" })).await;
    let budi = known(&hub, json!({ "nama": "Budi", "nik": "7371111708900001" })).await;
    hub.rina
        .post(&format!("/api/patients/{siti}/merge"), json!({ "dari": budi }))
        .await
        .refused(409, "TWO_NIKS");
    for (field, number) in [("nik", NIK), ("no_bpjs", "0001 2345 67890")] {
        let refused = correct(&hub, budi, json!({ field: number })).await.refused(409, "NUMBER_TAKEN");
        assert!(refused.body["error"]["message"].as_str().unwrap().contains("000001"));
        assert!(refused.body["error"]["fields"][field].is_string());
    }
    let wrong = json!({ "nama": "\u{200b}", "tgl_lahir": "31-02-1990", "jenis_kelamin": "X", "email": "siti", "no_hp": "12" });
    let refused = correct(&hub, siti, wrong).await.refused(422, "VALIDATION_ERROR");
    assert_eq!(refused.body["error"]["fields"].as_object().unwrap().len(), 5);
    assert_eq!(record(&hub, siti).await["nama"], "Siti");
    correct(&hub, 999_999, json!({ "nama": "Siapa" })).await.refused(404, "PATIENT_NOT_FOUND");
}
