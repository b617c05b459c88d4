//! Callers who hang up: whatever they asked for either happened whole or not at all, memory and disk agree, and asking again
//! under the same key gives the first answer.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::{TestHub, a_hub, answer, clinic, memory_is_what_a_restart_rebuilds};

/// Sends a request and hangs up after `millis`.
async fn cut_off(hub: &TestHub, path: &str, token: &str, key: &str, body: &Value, millis: u64) {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        hub.address,
        body.len()
    );
    let mut stream = TcpStream::connect(&hub.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    // Not waiting for something: the moment of the hang-up is what is tried.
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

#[tokio::test]
async fn a_caller_that_hangs_up_leaves_memory_and_disk_the_same_and_may_ask_again() {
    let hub = a_hub().with(clinic()).open().await;
    for round in 0..7 {
        let waiting = hub.visitor.take("umum").await.id();
        let operations = [
            ("/api/register".to_owned(), json!({ "poli": "umum", "nama": format!("Orang {round}") })),
            ("/api/queue/call-next".to_owned(), json!({ "loket": 1 })),
            (format!("/api/queue/{waiting}/cancel"), json!({})),
            ("/api/announcements".to_owned(), json!({ "teks": format!("Pengumuman {round}") })),
            ("/api/settings".to_owned(), json!({ "nama": format!("Puskesmas {round}") })),
        ];
        for (index, (path, body)) in operations.iter().enumerate() {
            let key = format!("hang-up-{round}-{index}");
            cut_off(&hub, path, hub.admin.token().await, &key, body, round).await;
            let again = async || hub.admin.send(Method::POST, path, Some(&key), Some(body.clone())).await;
            let (first, second) = (again().await, again().await);
            assert!(first.status.is_success(), "{path}: {}", first.text);
            assert_eq!(first.text, second.text, "{path}: the same key gives the first answer");
            memory_is_what_a_restart_rebuilds(hub.hub());
        }
        let site = hub.visitor.get("/api/site").await;
        assert_eq!(site.body["name"], format!("Puskesmas {round}"), "what is on disk is what is shown");
    }
}

/// Review §6.2: a repeated key used to put the facts of its first answer back into memory.
#[tokio::test]
async fn a_key_that_is_repeated_after_a_later_change_brings_nothing_old_back() {
    let hub = a_hub().with(clinic()).open().await;
    let change = async |key: &str, nama: &str| {
        let body = json!({ "nama": nama });
        hub.admin.send(Method::POST, "/api/settings", Some(key), Some(body)).await.expect(200)
    };
    change("kunci-pertama", "Nama Lama").await;
    change("kunci-kedua", "Nama Baru").await;
    change("kunci-pertama", "Nama Lama").await;
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Nama Baru");
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Nama Baru");
}

/// 40 of 40 rounds lost a change when the whole row was written back.
#[tokio::test]
async fn two_admins_who_change_different_things_at_once_both_keep_theirs() {
    let hub = a_hub().with(clinic()).open().await;
    for round in 0..20 {
        let (nama, kota) =
            (json!({ "nama": format!("Nama {round}") }), json!({ "kota": format!("Kota {round}") }));
        let (one, other) =
            tokio::join!(hub.admin.post("/api/settings", nama), hub.admin.post("/api/settings", kota));
        one.expect(200);
        other.expect(200);
        let site = hub.visitor.get("/api/site").await.body;
        assert_eq!(
            (&site["name"], &site["city"]),
            (&json!(format!("Nama {round}")), &json!(format!("Kota {round}")))
        );
    }
}

#[tokio::test]
async fn an_admin_who_looked_at_an_older_version_is_told_and_changes_nothing() {
    let hub = a_hub().with(clinic()).open().await;
    let seen = hub.admin.get("/api/settings").await.expect(200).headers["etag"].clone();
    hub.admin.post("/api/settings", json!({ "kota": "Maros" })).await.expect(200);
    let late = async |tag: HeaderValue| {
        let request = hub.admin.request(Method::POST, "/api/settings").await;
        answer(request.header("If-Match", tag).json(&json!({ "nama": "Terlambat" }))).await
    };
    late(seen).await.refused(412, "CHANGED_MEANWHILE");
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Puskesmas Uji");
    let now = hub.admin.get("/api/settings").await.headers["etag"].clone();
    late(now).await.expect(200);
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Terlambat");
}

/// A set-up that was cut off used to leave services without an admin, and a site that nobody could set up again.
#[tokio::test]
async fn a_set_up_that_is_cut_off_happens_whole_or_not_at_all() {
    for millis in [0, 1, 3, 6, 12, 25, 50] {
        let hub = a_hub().open().await;
        let body = json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WITA", "jenis": "klinik",
                           "admin_nama": "Ibu Ani", "admin_username": "ani", "admin_password": "kucing-oren-tujuh" });
        cut_off(&hub, "/api/setup", "-", "set-up-cut-off", &body, millis).await;
        let mut other = body.clone();
        other["jenis"] = json!("puskesmas");
        let again = hub.visitor.post("/api/setup", other).await;
        match again.status.as_u16() {
            201 => {}
            _ => drop(again.refused(409, "ALREADY_SET_UP")),
        }
        assert_eq!(hub.visitor.get("/api/setup").await.body["needed"], false);
        assert!(hub.visitor.get("/api/services").await.body["services"].as_array().unwrap().len() > 1);
    }
}
