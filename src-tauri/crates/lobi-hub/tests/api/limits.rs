//! Bad input and rude clients.

use std::time::Duration;

use lobi_hub::config::HttpConfig;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{TestHub, a_hub, answer, clinic};

async fn raw(
    hub: &TestHub,
    content_type: Option<&str>,
    body: impl Into<reqwest::Body>,
) -> crate::harness::Answer {
    let mut request = reqwest::Client::new().post(format!("http://{}/api/register", hub.address)).body(body);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    answer(request).await
}

#[tokio::test]
async fn malformed_requests_get_the_right_status_and_a_sentence() {
    let hub = a_hub().with(clinic()).open().await;
    raw(&hub, Some("application/json"), "{\"poli\":").await.refused(400, "MALFORMED_JSON");
    raw(&hub, Some("application/json"), "").await.refused(400, "MALFORMED_JSON");
    raw(&hub, Some("application/json"), &b"{\"poli\":\"\xff\"}"[..]).await.refused(400, "MALFORMED_JSON");
    raw(&hub, Some("text/plain"), "{\"poli\":\"umum\"}").await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    raw(&hub, None, "{\"poli\":\"umum\"}").await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    raw(&hub, Some("application/json; charset=utf-8"), "{\"poli\":\"umum\"}").await.expect(201);
    let big = format!("{{\"poli\":\"{}\"}}", "x".repeat(64 * 1024));
    raw(&hub, Some("application/json"), big).await.refused(413, "BODY_TOO_LARGE");
}

#[tokio::test]
async fn unknown_addresses_and_methods_answer_in_the_one_shape() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.get("/api/tidak-ada").await.refused(404, "NOT_FOUND");
    hub.visitor.get("/ws/tidak-ada").await.refused(404, "NOT_FOUND");
    hub.visitor.get("/ws").await.refused(426, "UPGRADE_REQUIRED");
    hub.visitor.get("/ws/loket/abc").await.refused(404, "NOT_FOUND");
    hub.visitor.send(Method::DELETE, "/api/register", None, None).await.refused(405, "METHOD_NOT_ALLOWED");
    hub.visitor.send(Method::POST, "/kiosk", None, None).await.refused(405, "METHOD_NOT_ALLOWED");
    hub.visitor.get("/api/register").await.refused(405, "METHOD_NOT_ALLOWED");
    hub.rina.send(Method::POST, "/api/queue/abc/skip", None, None).await.refused(404, "NOT_FOUND");
    hub.visitor.get("/assets/..%2f..%2fCargo.toml").await.refused(404, "NOT_FOUND");
}

/// As no browser would send it: clients tidy such a path up before they ask.
#[tokio::test]
async fn a_path_that_climbs_out_of_the_pages_finds_nothing() {
    let hub = a_hub().with(clinic()).open().await;
    for path in ["/../../etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/assets/../../../Cargo.toml"]
    {
        let mut stream = TcpStream::connect(&hub.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(!answer.contains("root:") && !answer.contains("[workspace]"), "{path}: {answer}");
        // `//etc/passwd` is the address of a page, as any without a dot.
        let is_page = path.starts_with("//");
        assert!(
            is_page || answer.starts_with("HTTP/1.1 404 ") && answer.contains("NOT_FOUND"),
            "{path}: {answer}"
        );
    }
}

#[tokio::test]
async fn pages_come_with_headers_that_keep_strangers_out() {
    let hub = a_hub().with(clinic()).open().await;
    let answer = hub.visitor.get("/api/site").await.expect(200);
    assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("default-src 'self'"));
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "no other site reads our answers");
}

#[tokio::test]
async fn the_api_page_is_readable_without_the_internet() {
    let hub = a_hub().with(clinic()).open().await;
    let page = hub.visitor.get("/api/docs/").await.expect(200);
    assert!(page.text.contains("swagger-ui"));
    assert!(!page.text.contains("https://"), "nothing comes from elsewhere");
    hub.visitor.get("/api/docs/swagger-ui-bundle.js").await.expect(200);
}

/// A client that opens a connection and dawdles is cut off; time is paused, so nobody waits for it here.
#[tokio::test]
async fn a_client_that_never_finishes_its_headers_is_cut_off() {
    let hub = a_hub().with(clinic()).open().await;
    let mut slow = TcpStream::connect(&hub.address).await.unwrap();
    slow.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    tokio::time::pause();
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(60), slow.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the hub closes the connection by itself");
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let hub = a_hub().with(clinic()).open().await;
    let mut idle = TcpStream::connect(&hub.address).await.unwrap();
    idle.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert!(idle.read_u8().await.is_ok(), "it was served");
    tokio::time::pause();
    let mut rest = Vec::new();
    assert!(tokio::time::timeout(Duration::from_secs(60), idle.read_to_end(&mut rest)).await.is_ok());
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let hub = a_hub().with(clinic()).open().await;
    let mut slow = TcpStream::connect(&hub.address).await.unwrap();
    let head = "POST /api/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    slow.write_all(head.as_bytes()).await.unwrap();
    tokio::time::pause();
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(120), slow.read_to_end(&mut rest)).await;
    assert!(ended.is_ok());
    let text = String::from_utf8_lossy(&rest);
    assert!(text.starts_with("HTTP/1.1 408") && text.contains("REQUEST_TIMEOUT"), "{text}");
}

/// Asks for more than the system buffers and reads none of it; the hub lets go, and the place is free again.
#[tokio::test]
async fn a_client_that_takes_nothing_does_not_hold_its_place() {
    let limits = HttpConfig { connections: 1, takes_within_ms: 200, ..HttpConfig::default() };
    let hub = a_hub().http(limits).open().await;
    let mut deaf = TcpStream::connect(&hub.address).await.unwrap();
    let request = b"GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n";
    for _ in 0..20 {
        deaf.write_all(request).await.unwrap();
    }
    let mut next = TcpStream::connect(&hub.address).await.unwrap();
    next.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert!(tokio::time::timeout(Duration::from_secs(60), next.read_u8()).await.unwrap().is_ok());
}

#[tokio::test]
async fn one_connection_too_many_waits_until_another_leaves() {
    let hub = a_hub().http(HttpConfig { connections: 1, ..HttpConfig::default() }).open().await;
    let request = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut first = TcpStream::connect(&hub.address).await.unwrap();
    first.write_all(request).await.unwrap();
    assert!(first.read_u8().await.is_ok(), "the first is served");
    let mut second = TcpStream::connect(&hub.address).await.unwrap();
    second.write_all(request).await.unwrap();
    let mut byte = [0];
    assert!(second.try_read(&mut byte).is_err(), "the second is not, while the first stays");
    drop(first);
    assert!(second.read_u8().await.is_ok(), "and then it is");
}

/// A page elsewhere that points its own name at the hub (DNS rebinding) reads nothing.
#[tokio::test]
async fn the_hub_answers_to_its_own_names_only() {
    let hub = a_hub().with(clinic()).open().await;
    let named = |host: &'static str| {
        let request = reqwest::Client::new().get(format!("http://{}/api/services", hub.address));
        answer(request.header("Host", host))
    };
    named("jahat.example").await.refused(421, "WRONG_HOST");
    named("localhost:4040").await.expect(200);
    hub.admin.post("/api/settings", json!({ "public_address": "https://antrean.example" })).await.expect(200);
    named("antrean.example").await.expect(200);
}

/// Who asks in English is answered so, with the same code; everybody else in Indonesian.
#[tokio::test]
async fn an_error_is_told_in_the_language_of_whoever_asks() {
    let hub = a_hub().with(clinic()).open().await;
    let ask = async |language: Option<&str>| {
        let mut request = hub.visitor.request(Method::POST, "/api/register").await;
        if let Some(language) = language {
            request = request.header("Accept-Language", language);
        }
        let response = request.json(&json!({ "poli": "umum", "nik": "12" })).send().await.unwrap();
        let said_in = response.headers()["content-language"].to_str().unwrap().to_owned();
        assert!(response.headers().get_all("vary").iter().any(|value| value == "accept-language"));
        (said_in, response.json::<Value>().await.unwrap()["error"].clone())
    };
    for (asked, said) in [
        (None, "id"),
        (Some("id"), "id"),
        (Some("en"), "en"),
        (Some("en-GB, id;q=0.8"), "en"),
        (Some("id, en;q=0.9"), "id"),
        (Some("fr"), "id"),
        (Some("en;q=nonsense, id"), "id"),
    ] {
        let (said_in, error) = ask(asked).await;
        assert_eq!((said_in.as_str(), &error["code"]), (said, &json!("VALIDATION_ERROR")), "{asked:?}");
        let nik = error["fields"]["nik"].as_str().unwrap();
        assert_eq!(nik.contains("16 angka"), said == "id", "{asked:?}: {nik}");
    }
    // Words inside the sentence as well.
    let id = hub.visitor.take("umum").await.id();
    let request = hub.rina.request(Method::POST, &format!("/api/queue/{id}/finish")).await;
    let error: Value = request.header("Accept-Language", "en").send().await.unwrap().json().await.unwrap();
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains("A001") && !message.contains("menunggu"), "{message}");
}
