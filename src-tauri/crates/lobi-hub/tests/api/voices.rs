//! How calls sound, who speaks them in which room, and what staff announce.

use serde_json::{Value, json};

use crate::harness::{a_hub, clinic};
use crate::live::Listener;

#[tokio::test]
async fn a_call_brings_its_sentence_and_clips() {
    let hub = a_hub().with(clinic()).open().await;
    let ticket = hub.visitor.take("umum").await;
    let mut tv = Listener::following(&hub, &["display"], Some(0)).await;
    while tv.next().await["type"] != "NewRegistration" {}
    hub.rina.call_next(3).await.expect(200);
    let called = tv.next().await;
    let speech = &called["data"]["speech"];
    assert_eq!(speech[0]["language"], "id");
    assert_eq!(speech[0]["sentence"], "Nomor antrean A, satu, Poli umum, silakan ke loket tiga");
    assert_eq!(
        speech[0]["clips"],
        json!(["nomor-antrean", "huruf-a", "angka-1", "layanan-umum?", "silakan-ke-loket", "angka-3"])
    );
    hub.rina.act(ticket.id(), "call").await.expect(200);
    let recalled = tv.next().await;
    assert_eq!(recalled["type"], "QueueRecalled");
    assert_eq!(recalled["data"]["speech"], *speech, "a recall sounds like the call");
    let missed = hub.visitor.get(&format!("/api/queue/{}/speech", ticket.id())).await.expect(200);
    assert_eq!(missed.body["speech"], *speech);
}

#[tokio::test]
async fn the_site_decides_how_numbers_are_said() {
    let hub = a_hub().with(clinic()).open().await;
    let style = json!({ "speech": { "numbers": "digits", "english": true } });
    hub.admin.post("/api/settings", style).await.expect(200);
    hub.visitor.take("umum").await;
    let id = hub.rina.call_next(1).await.id();
    let said = hub.visitor.get(&format!("/api/queue/{id}/speech")).await.body["speech"].clone();
    assert_eq!(said[0]["sentence"], "Nomor antrean A, nol, nol, satu, Poli umum, silakan ke loket satu");
    assert_eq!(said[1]["sentence"], "Number A, zero, zero, one, umum clinic, please go to counter one");
}

fn turn(zone: &str, machine: &str, seq: i64, speaking: bool) -> Value {
    json!({ "zone": zone, "machine": machine, "seq": seq, "speaking": speaking })
}

#[tokio::test]
async fn each_call_is_spoken_by_one_tv_of_a_room_and_once_in_every_room() {
    let hub = a_hub().with(clinic()).open().await;
    let ask = async |body: Value| hub.visitor.post("/api/voice/turn", body).await.expect(200).body;
    assert_eq!(ask(turn("lobi", "kiri", 3, false)).await["turn"], "speak");
    let other = ask(turn("lobi", "kanan", 3, false)).await;
    assert_eq!((&other["turn"], &other["wait_millis"]), (&json!("wait"), &json!(3000)));
    assert_eq!(ask(turn("lantai-2", "atas", 3, false)).await["turn"], "speak", "another room hears it too");
    assert_eq!(ask(turn("lobi", "kiri", 3, true)).await["turn"], "speak");
    assert_eq!(ask(turn("lobi", "kanan", 3, false)).await["turn"], "spoken");
}

#[tokio::test]
async fn a_tv_that_never_begins_loses_its_turn() {
    let hub = a_hub().with(clinic()).open().await;
    let ask =
        async |body: Value| hub.visitor.post("/api/voice/turn", body).await.expect(200).body["turn"].clone();
    assert_eq!(ask(turn("lobi", "kiri", 3, false)).await, "speak");
    hub.clock_later_millis(3_000);
    assert_eq!(ask(turn("lobi", "kanan", 3, false)).await, "speak");
    assert_eq!(ask(turn("lobi", "kiri", 3, true)).await, "spoken", "too late");
    hub.visitor.post("/api/voice/turn", turn("", "kiri", 3, false)).await.refused(422, "VALIDATION_ERROR");
    let to_come = turn("lobi", "usil", i64::MAX, true);
    hub.visitor.post("/api/voice/turn", to_come).await.refused(422, "VALIDATION_ERROR");
}

#[tokio::test]
async fn an_announcement_reaches_every_tv_and_is_read_by_an_engine() {
    let hub = a_hub().with(clinic()).open().await;
    let mut tv = Listener::following(&hub, &["display"], None).await;
    tv.next().await;
    let mut tv_of_one_service = Listener::following(&hub, &["queue.gigi"], None).await;
    tv_of_one_service.next().await;
    let said = json!({ "teks": "  Mobil DD 1234 AB,\n mohon dipindahkan.  " });
    hub.visitor.post("/api/announcements", said.clone()).await.refused(401, "UNAUTHENTICATED");
    hub.rina.post("/api/announcements", said).await.expect(201);
    let told = tv.next().await;
    assert_eq!(told["type"], "Announcement");
    assert_eq!(told["data"]["teks"], "Mobil DD 1234 AB, mohon dipindahkan.");
    assert_eq!(tv_of_one_service.next().await["type"], "Announcement");
    assert_eq!(told["data"]["speech"][0]["clips"], json!([]));
    let again = hub.rina.get("/api/announcements").await.expect(200);
    assert_eq!(
        again.body["announcements"],
        json!([{ "at": "2026-11-20T09:00:00+08:00", "teks": "Mobil DD 1234 AB, mohon dipindahkan." }]),
        "to be said again"
    );
    for wrong in ["", "   ", &"a".repeat(301)] {
        hub.rina.post("/api/announcements", json!({ "teks": wrong })).await.refused(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn the_voice_pack_has_a_clip_for_everything_that_calls_name() {
    let hub = a_hub().with(clinic()).open().await;
    for language in ["id", "en"] {
        let clips =
            hub.visitor.get(&format!("/api/voices/{language}")).await.expect(200).body["clips"].clone();
        for name in lobi_core::speech::pack_names() {
            assert!(clips[&name].is_string(), "{language} has no {name}: run assets/voices/make-voices.sh");
        }
    }
    let clip = hub.visitor.get("/api/voices/id/huruf-a.flac").await.expect(200);
    assert_eq!(clip.headers["content-type"], "audio/flac");
    hub.visitor.get("/api/voices/id/lobi.key").await.refused(404, "CLIP_NOT_FOUND");
}

#[tokio::test]
async fn recordings_of_the_site_replace_clips() {
    let hub = a_hub().with(clinic()).open().await;
    let own = hub.folder.path().join("voices/id");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("huruf-a.mp3"), b"rekaman sendiri").unwrap();
    assert_eq!(hub.visitor.get("/api/voices/id").await.body["clips"]["huruf-a"], "huruf-a.mp3");
    assert_eq!(hub.visitor.get("/api/voices/id/huruf-a.mp3").await.expect(200).text, "rekaman sendiri");
}

/// `GET /api/voices/%2Fany%2Ffolder` used to list the audio files of any folder of the hub's machine.
#[tokio::test]
async fn no_folder_outside_the_voices_is_listed() {
    let hub = a_hub().with(clinic()).open().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rahasia.wav"), b"suara").unwrap();
    let whole = folder.path().display().to_string().replace('/', "%2F");
    for name in [whole.as_str(), "..%2F..", "%5C%5Cserver%5Cshare", "id%00"] {
        let answer = hub.visitor.get(&format!("/api/voices/{name}")).await;
        assert!(!answer.text.contains("rahasia"), "{name}: {}", answer.text);
        assert!(
            answer.body["clips"].as_object().is_none_or(serde_json::Map::is_empty),
            "{name}: {}",
            answer.text
        );
        hub.visitor.get(&format!("/api/voices/{name}/rahasia.wav")).await.expect(404);
    }
}
