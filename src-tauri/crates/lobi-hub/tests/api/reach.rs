//! Whether phones reach the hub: which addresses there are, by which one a phone came, and the warning when none ever did.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Actor, Answer, TestHub, a_hub, answer, clinic};

const PUBLIC: &str = "http://antrean.puskesmas.id";

async fn addresses(hub: &TestHub) -> Value {
    hub.admin.get("/api/addresses").await.expect(200).body
}

async fn phones(hub: &TestHub) -> Value {
    let health = hub.visitor.get("/health").await.expect(200).body["phones"].clone();
    assert_eq!(addresses(hub).await["phones"], health, "both say the same");
    health
}

/// A page opened by a name; whether there is one depends on whether the screens were built.
async fn open(phone: &Actor, path: &str, name: &str) -> Answer {
    answer(phone.request(Method::GET, path).await.header("Host", name)).await
}

async fn numbers(hub: &TestHub, count: usize) {
    for _ in 0..count {
        hub.visitor.take("umum").await;
    }
}

#[tokio::test]
async fn numbers_that_no_phone_ever_opened_are_warned_of_until_one_does() {
    let hub = a_hub().with(clinic()).open().await;
    numbers(&hub, 9).await;
    assert_eq!(phones(&hub).await, "unknown", "too few to tell");
    numbers(&hub, 1).await;
    assert_eq!(phones(&hub).await, "never");
    hub.machine(2).get("/t/7K3M9QX2T4").await;
    assert_eq!(phones(&hub).await, "reached");
}

#[tokio::test]
async fn the_page_of_the_test_shows_at_once_by_which_address_it_was_opened() {
    let hub = a_hub().with(clinic()).open().await;
    let listed = addresses(&hub).await["addresses"].clone();
    let own = format!("http://{}", hub.address);
    assert_eq!(listed.as_array().unwrap().len(), 1, "it listens at one address only: {listed}");
    assert_eq!((&listed[0]["alamat"], &listed[0]["dipakai"]), (&json!(own), &json!(true)));
    assert_eq!(listed[0]["dibuka"], Value::Null);
    hub.machine(2).get("/buka").await;
    assert_eq!(addresses(&hub).await["addresses"][0]["dibuka"], "2026-11-20T09:00:00+08:00");
    hub.later(5);
    hub.machine(3).get("/buka").await;
    assert_eq!(
        addresses(&hub).await["addresses"][0]["dibuka"],
        "2026-11-20T09:00:00+08:00",
        "the first time"
    );
}

#[tokio::test]
async fn what_is_no_phone_or_another_address_says_nothing() {
    let hub = a_hub().with(clinic()).open().await;
    numbers(&hub, 10).await;
    // This machine itself, pages of desks and TVs, files, the API.
    hub.visitor.get("/t/7K3M9QX2T4").await;
    for path in ["/tv", "/kiosk", "/t/", "/t", "/bukan", "/t/kode.png", "/api/tickets/7K3M9QX2T4"] {
        hub.machine(2).get(path).await;
    }
    // Names that are not the hub's.
    for name in ["10.9.9.9:4040", "hub", "127.0.0.1", "127.0.0.1:1", ""] {
        open(&hub.machine(2), "/t/7K3M9QX2T4", name).await;
    }
    assert_eq!(phones(&hub).await, "never");
    assert_eq!(addresses(&hub).await["addresses"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_address_that_a_phone_came_by_is_known_after_a_restart_and_another_one_is_not() {
    let hub = a_hub().with(clinic()).open().await;
    hub.admin.post("/api/settings", json!({ "public_address": PUBLIC })).await.expect(200);
    numbers(&hub, 10).await;
    assert_eq!(phones(&hub).await, "never");
    open(&hub.machine(2), "/t/7K3M9QX2T4", "Antrean.Puskesmas.id").await;
    assert_eq!(phones(&hub).await, "reached");
    hub.housekeeping().await;
    let events = hub.hub().memory().seq;
    hub.housekeeping().await;
    assert_eq!(hub.hub().memory().seq, events);
    let hub = hub.restart().await;
    assert_eq!(phones(&hub).await, "reached");
    // Another address is another question.
    hub.admin.post("/api/settings", json!({ "public_address": "http://10.8.0.6:4040" })).await.expect(200);
    assert_eq!(phones(&hub).await, "never");
    let listed = addresses(&hub).await["addresses"].clone();
    assert_eq!((&listed[0]["alamat"], &listed[0]["ada"]), (&json!("http://10.8.0.6:4040"), &json!(false)));
    assert_eq!(listed[1]["ada"], true, "the machine's own are offered beside it: {listed}");
}

/// Behind a proxy on this machine the phone is who the proxy names.
#[tokio::test]
async fn a_phone_behind_a_proxy_counts() {
    let hub = a_hub().with(clinic()).open().await;
    hub.admin.post("/api/settings", json!({ "public_address": PUBLIC })).await.expect(200);
    numbers(&hub, 10).await;
    let through = hub.visitor.request(Method::GET, "/t/7K3M9QX2T4").await;
    let through =
        through.header("X-Forwarded-For", "192.168.1.44").header("X-Forwarded-Host", "antrean.puskesmas.id");
    answer(through).await;
    assert_eq!(phones(&hub).await, "reached");
}
