//! Words of calls that an admin records: kept, served under a new name, told to every TV, thrown away.

use std::io::Cursor;

use data_encoding::BASE64;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

/// A recorded word of so many milliseconds, as a page sends it.
pub fn a_word(millis: u64, rate: u32) -> String {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    for at in 0..u64::from(rate) * millis / 1_000 {
        writer.write_sample(if at / 25 % 2 == 0 { 9_000_i16 } else { -9_000 }).unwrap();
    }
    writer.finalize().unwrap();
    BASE64.encode(&file.into_inner())
}

async fn clip_of(hub: &TestHub, language: &str, clip: &str) -> Value {
    hub.visitor.get(&format!("/api/voices/{language}")).await.expect(200).body["clips"][clip].clone()
}

#[tokio::test]
async fn a_recorded_word_is_served_under_a_name_of_its_own_and_every_tv_hears_of_it() {
    let hub = a_hub().with(clinic()).open().await;
    let mut tv = Listener::following(&hub, &["queue.gigi"], None).await;
    tv.next().await;
    assert_eq!(clip_of(&hub, "id", "layanan-umum").await, Value::Null);

    let word = a_word(900, 22_050);
    let kept = hub.admin.post("/api/recordings/id/umum", json!({ "wav": word })).await.expect(200);
    assert_eq!((&kept.body["ucapan"], &kept.body["rekaman"]["millis"]), (&json!("Poli umum"), &json!(900)));
    let told = tv.next().await;
    assert_eq!(told["type"], "VoiceUpdated");
    assert_eq!(told["data"], json!({ "bahasa": "id", "klip": "layanan-umum" }));

    let file = clip_of(&hub, "id", "layanan-umum").await.as_str().unwrap().to_owned();
    let sound = hub.visitor.get(&format!("/api/voices/id/{file}")).await.expect(200);
    assert_eq!(sound.headers["content-type"], "audio/wav");
    assert_eq!(sound.headers["content-length"], BASE64.decode(word.as_bytes()).unwrap().len().to_string());
    hub.visitor.get(&format!("/api/voices/en/{file}")).await.refused(404, "CLIP_NOT_FOUND");

    // The next one has another name: a TV that keeps clips by name plays no old one.
    hub.admin.post("/api/recordings/id/umum", json!({ "wav": a_word(700, 16_000) })).await.expect(200);
    let next = clip_of(&hub, "id", "layanan-umum").await.as_str().unwrap().to_owned();
    assert_ne!(next, file);
    hub.visitor.get(&format!("/api/voices/id/{file}")).await.refused(404, "CLIP_NOT_FOUND");
    hub.visitor.get(&format!("/api/voices/id/{next}")).await.expect(200);
}

#[tokio::test]
async fn a_recorded_word_outlives_a_restart_and_can_be_thrown_away_and_brought_back() {
    let hub = a_hub().with(clinic()).open().await;
    hub.admin.post("/api/recordings/en/gigi", json!({ "wav": a_word(600, 22_050) })).await.expect(200);
    let hub = hub.restart().await;
    let file = clip_of(&hub, "en", "layanan-gigi").await.as_str().unwrap().to_owned();
    let sound = hub.visitor.get(&format!("/api/voices/en/{file}")).await.expect(200);
    let word = hub.admin.get("/api/recordings").await.expect(200).body["words"]
        .as_array()
        .unwrap()
        .iter()
        .find(|word| word["bahasa"] == "en" && word["poli"] == "gigi")
        .unwrap()
        .clone();
    assert_eq!((&word["rekaman"]["berkas"], &word["ucapan"]), (&json!(file), &json!("gigi clinic")));

    let mut tv = Listener::following(&hub, &["display"], None).await;
    tv.next().await;
    for _ in 0..2 {
        let gone = hub.admin.post("/api/recordings/en/gigi/remove", Value::Null).await.expect(200);
        assert_eq!(gone.body["rekaman"], Value::Null);
    }
    assert_eq!(tv.next().await["type"], "VoiceUpdated");
    assert_eq!(clip_of(&hub, "en", "layanan-gigi").await, Value::Null);
    // The undo of the page: the bytes that it had.
    let bytes = hub.visitor.get(&format!("/api/voices/en/{file}")).await;
    bytes.refused(404, "CLIP_NOT_FOUND");
    let back = json!({ "wav": a_word(600, 22_050) });
    hub.admin.post("/api/recordings/en/gigi", back).await.expect(200);
    let file = clip_of(&hub, "en", "layanan-gigi").await.as_str().unwrap().to_owned();
    let again = hub.visitor.get(&format!("/api/voices/en/{file}")).await.expect(200);
    assert_eq!(again.headers["content-length"], sound.headers["content-length"]);
    assert_eq!(tv.next().await["data"]["klip"], "layanan-gigi", "one event a change, none for nothing");
}

/// The pharmacy's sentence says no name: its own words stand there, and the clips say them only once they were recorded.
#[tokio::test]
async fn a_service_with_a_sentence_of_its_own_asks_for_the_words_of_it() {
    let hub = a_hub().open().await;
    let site = json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WITA", "jenis": "klinik", "admin_nama": "Ibu Ani",
                       "admin_username": "ani", "admin_password": "kucing-oren-tujuh" });
    hub.visitor.post("/api/setup", site).await.expect(201);
    let login = json!({ "username": "ani", "password": "kucing-oren-tujuh" });
    let token = hub.visitor.post("/api/login", login).await.expect(200).body["token"].clone();
    let ani = hub.visitor.with_token(token.as_str().unwrap());
    let words = ani.get("/api/recordings").await.expect(200).body["words"].clone();
    let said: Vec<_> =
        words.as_array().unwrap().iter().map(|word| word["ucapan"].as_str().unwrap()).collect();
    assert_eq!(said[..2], ["Dokter Umum", "General practitioner"]);
    assert_eq!(said[6..], ["obat Anda sudah siap", "your medicine is ready"]);

    let ticket = hub.visitor.take("farmasi").await;
    ani.call_next(4).await.expect(200);
    let speech = hub.visitor.get(&format!("/api/queue/{}/speech", ticket.id())).await.expect(200).body;
    let clips =
        json!(["nomor-antrean", "huruf-f", "angka-1", "layanan-farmasi", "silakan-ke-loket", "angka-4"]);
    assert_eq!(speech["speech"][0]["clips"], clips);
}

#[tokio::test]
async fn only_sound_of_a_service_is_taken() {
    let hub = a_hub().with(clinic()).open().await;
    let path = "/api/recordings/id/umum";
    let word = || json!({ "wav": a_word(600, 22_050) });
    for (wav, why) in [
        (a_word(100, 22_050), "recording_length"),
        (a_word(5_100, 22_050), "recording_length"),
        (BASE64.encode(b"<script>alert(1)</script>"), "recording"),
        ("bukan base64".into(), "recording"),
        (String::new(), "recording"),
    ] {
        let refused = hub.admin.post(path, json!({ "wav": wav })).await.refused(422, "VALIDATION_ERROR");
        let said = lobi_hub::texts::text("fields", why, &[]);
        assert_eq!(refused.body["error"]["fields"]["wav"], said, "{why}");
    }
    let huge = json!({ "wav": "A".repeat(340_000) });
    hub.admin.post(path, huge).await.refused(413, "BODY_TOO_LARGE");
    hub.admin
        .post("/api/settings", json!({ "nama": "A".repeat(70_000) }))
        .await
        .refused(413, "BODY_TOO_LARGE");
    hub.admin.post(path, json!({ "wav": a_word(5_000, 24_000) })).await.expect(200);
    for name in ["tidak-ada", "..%2F..%2Flobi", "umum%00", "layanan-umum"] {
        let path = format!("/api/recordings/id/{name}");
        hub.admin.post(&path, word()).await.refused(404, "SERVICE_NOT_FOUND");
    }
    for language in ["jv", "ID", "..%2Fid", "%00"] {
        let path = format!("/api/recordings/{language}/umum");
        hub.admin.post(&path, word()).await.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn only_who_manages_the_site_records() {
    let hub = a_hub().with(clinic()).open().await;
    let word = || json!({ "wav": a_word(600, 22_050) });
    hub.visitor.post("/api/recordings/id/umum", word()).await.refused(401, "UNAUTHENTICATED");
    hub.rina.post("/api/recordings/id/umum", word()).await.refused(403, "FORBIDDEN");
    hub.rina.post("/api/recordings/id/umum/remove", Value::Null).await.refused(403, "FORBIDDEN");
    assert_eq!(clip_of(&hub, "id", "layanan-umum").await, Value::Null);
}

#[tokio::test]
async fn a_recording_that_is_sent_twice_under_one_key_is_one() {
    let hub = a_hub().with(clinic()).open().await;
    let send = async || {
        let body = Some(json!({ "wav": a_word(600, 22_050) }));
        hub.admin.send(Method::POST, "/api/recordings/id/umum", Some("satu-rekaman"), body).await.expect(200)
    };
    assert_eq!(send().await.body, send().await.body);
}

/// What an admin recorded last is heard, also where an older file of that name lies beside the data.
#[tokio::test]
async fn a_recorded_word_outranks_a_file_of_the_same_name() {
    let hub = a_hub().with(clinic()).open().await;
    let own = hub.folder.path().join("voices/id");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("layanan-umum.mp3"), b"rekaman lama").unwrap();
    assert_eq!(clip_of(&hub, "id", "layanan-umum").await, "layanan-umum.mp3");
    hub.admin.post("/api/recordings/id/umum", json!({ "wav": a_word(600, 22_050) })).await.expect(200);
    assert_ne!(clip_of(&hub, "id", "layanan-umum").await, "layanan-umum.mp3");
    hub.admin.post("/api/recordings/id/umum/remove", Value::Null).await.expect(200);
    assert_eq!(clip_of(&hub, "id", "layanan-umum").await, "layanan-umum.mp3");
}
