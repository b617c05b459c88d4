//! What one address may ask of the hub: floods are refused, and a desk, a kiosk or a colleague elsewhere goes on.

use std::net::Ipv4Addr;

use futures_util::future::join_all;
use futures_util::{SinkExt, StreamExt};
use lobi_hub::config::{HttpConfig, LimitsConfig};
use lobi_hub::devices::actions::machines;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::{self, Message};

use crate::harness::{Actor, PASSWORD, TestHub, a_hub, clinic};

/// Sends that many requests, numbered, from these machines in turn; tells how many were not refused as too many.
async fn let_through(
    hub: &TestHub,
    from: &[u8],
    count: usize,
    path: &str,
    body: impl Fn(usize) -> Value,
) -> usize {
    let machines: Vec<Actor> = from.iter().map(|last| hub.machine(*last)).collect();
    let mut through = 0;
    for chunk in (0..count).collect::<Vec<_>>().chunks(50) {
        let sent = chunk.iter().map(async |n| machines[n % machines.len()].post(path, body(*n)).await);
        for answer in join_all(sent).await {
            if answer.status == 429 {
                let answer = answer.refused(429, "TOO_MANY_REQUESTS");
                assert!(answer.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
            } else {
                through += 1;
            }
        }
    }
    through
}

async fn code(hub: &TestHub) -> String {
    hub.admin.take("umum").await.ticket_code()
}

#[tokio::test]
async fn a_flood_of_numbers_from_one_address_ends_and_desks_and_other_machines_go_on() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let rina = hub.log_in("rina").await;
    let umum = |_| json!({ "poli": "umum" });
    assert_eq!(let_through(&hub, &[1], 400, "/api/register", umum).await, 120);
    let refused =
        hub.visitor.post("/api/register", json!({ "poli": "umum" })).await.refused(429, "TOO_MANY_REQUESTS");
    assert_eq!(refused.headers["retry-after"], "1");
    assert!(refused.text.contains("1 detik"), "{}", refused.text);
    rina.call_next(1).await.expect(200);
    rina.take("umum").await;
    hub.machine(2).take("umum").await;
    hub.visitor.get("/api/services").await.expect(200);
    hub.later(1);
    assert_eq!(
        let_through(&hub, &[1], 100, "/api/register", umum).await,
        60,
        "a minute refills a minute's worth"
    );
    hub.later(-60 * 24);
    hub.visitor.post("/api/register", json!({ "poli": "umum" })).await.refused(429, "TOO_MANY_REQUESTS");
    hub.clock_later_millis(1_000);
    hub.visitor.take("umum").await;
}

#[tokio::test]
async fn reading_has_an_end_too_and_a_signed_in_desk_has_a_budget_of_its_own() {
    let limits = LimitsConfig { read_burst: 20, read_per_minute: 1, ..LimitsConfig::default() };
    let hub = a_hub().with(clinic()).limits(limits).open().await;
    let rina = hub.log_in("rina").await;
    for _ in 0..20 {
        hub.visitor.get("/api/display").await.expect(200);
    }
    hub.visitor.get("/api/display").await.refused(429, "TOO_MANY_REQUESTS");
    for _ in 0..50 {
        rina.get("/api/display").await.expect(200);
        rina.get("/api/me").await.expect(200);
    }
    rina.get("/api/me").await.refused(429, "TOO_MANY_REQUESTS");
    rina.post("/api/logout", Value::Null).await.expect(204);
    rina.get("/api/display").await.refused(429, "TOO_MANY_REQUESTS");
}

#[tokio::test]
async fn nobody_finds_out_by_their_numbers_who_is_here() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let asked = |_| json!({ "poli": "umum", "nik": "7371115708900001" });
    assert_eq!(let_through(&hub, &[1], 100, "/api/register", asked).await, 30);
    hub.later(1);
    assert_eq!(let_through(&hub, &[1], 30, "/api/register", asked).await, 20);
    hub.visitor.take("umum").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sign_in_while_five_addresses_guess() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let guess = |n| json!({ "username": format!("tebak-{n}"), "password": "salah" });
    let guessing: Vec<_> = (0..300)
        .map(|n| {
            let guesser = hub.machine(u8::try_from(11 + n % 5).unwrap());
            tokio::spawn(async move { guesser.post("/api/login", guess(n)).await.status })
        })
        .collect();
    let staff = hub.machine(20);
    for round in 0..7 {
        for username in ["admin", "rina", "dewi"] {
            let login = json!({ "username": username, "password": PASSWORD });
            let answer = staff.post("/api/login", login).await;
            assert_eq!(answer.status, 200, "{username}, round {round}: {}", answer.text);
        }
    }
    // What is still in the line are the guesses: nobody waits for them.
    guessing.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn one_address_guesses_so_often_a_minute_whatever_the_names() {
    let hub = a_hub()
        .with(clinic())
        .limits(LimitsConfig { sign_in_burst: 5, ..LimitsConfig::default() })
        .open()
        .await;
    let guess = |n| json!({ "username": format!("tebak-{n}"), "password": "salah" });
    assert_eq!(let_through(&hub, &[1], 20, "/api/login", guess).await, 5);
    let login = json!({ "username": "rina", "password": PASSWORD });
    hub.machine(2).post("/api/login", login).await.expect(200);
}

#[tokio::test]
async fn the_sites_printer_is_not_emptied_from_one_address_nor_with_one_code() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let path = format!("/api/tickets/{}/print", code(&hub).await);
    let other = format!("/api/tickets/{}/print", code(&hub).await);
    assert_eq!(let_through(&hub, &[1], 36, &path, |_| Value::Null).await, 8);
    hub.visitor.post(&other, Value::Null).await.refused(429, "TOO_MANY_REQUESTS");
    assert_eq!(
        let_through(&hub, &[2, 3, 4, 5], 36, &path, |_| Value::Null).await,
        0,
        "enough of this ticket"
    );
    hub.machine(6).post(&other, Value::Null).await.refused(409, "NO_PRINTER");
    hub.later(1);
    assert_eq!(let_through(&hub, &[7, 8, 9], 36, &path, |_| Value::Null).await, 6);
}

#[tokio::test]
async fn one_code_is_reported_a_few_times_a_minute_from_wherever() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let (code, other) = (code(&hub).await, code(&hub).await);
    let report = |_| json!({ "state": "queued" });
    let path = format!("/api/tickets/{code}/paper");
    assert_eq!(let_through(&hub, &[1, 2, 3, 4], 200, &path, report).await, 20);
    let spelled = format!("/api/tickets/{}-{}/paper", code[..4].to_lowercase(), &code[4..]);
    hub.visitor.post(&spelled, report(0)).await.refused(429, "TOO_MANY_REQUESTS");
    hub.visitor.post(&format!("/api/tickets/{other}/paper"), report(0)).await.expect(200);
}

#[tokio::test]
async fn invented_machines_are_few() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let invented =
        |n| json!({ "machine": format!("palsu-{n}"), "nama": "Kiosk", "mode": "kiosk", "devices": [] });
    assert_eq!(let_through(&hub, &[1], 500, "/api/devices", invented).await, 120);
    assert!(machines(hub.hub()).len() <= 100);
    hub.machine(2).post("/api/devices", invented(0)).await.expect(204);
}

#[tokio::test]
async fn invented_tokens_are_looked_up_a_few_times_and_push_no_desk_out() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let rina = hub.log_in("rina").await;
    for n in 0..120 {
        hub.visitor.with_token(&format!("token-{n}")).get("/api/me").await.refused(401, "UNAUTHENTICATED");
    }
    hub.visitor.with_token("token-lain").get("/api/me").await.refused(429, "TOO_MANY_REQUESTS");
    rina.get("/api/me").await.expect(200);
    hub.later(16 * 60);
    rina.get("/api/me").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn pages_are_counted_too_by_themselves() {
    let hub =
        a_hub().with(clinic()).limits(LimitsConfig { page_burst: 3, ..LimitsConfig::default() }).open().await;
    for path in ["/api/docs/", "/kiosk", "/api/tidak-ada"] {
        assert_ne!(hub.visitor.get(path).await.status, 429);
    }
    for path in ["/api/docs/", "/kiosk", "/api/tidak-ada"] {
        hub.visitor.get(path).await.refused(429, "TOO_MANY_REQUESTS");
    }
    hub.visitor.get("/api/display").await.expect(200);
}

#[tokio::test]
async fn one_address_that_holds_connections_leaves_some_to_others() {
    let hub = a_hub().http(HttpConfig { connections: 8, ..HttpConfig::default() }).open().await;
    let request = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut idle = Vec::new();
    for n in 0..20 {
        let mut stream = TcpStream::connect(&hub.address).await.unwrap();
        let served = stream.write_all(request).await.is_ok() && stream.read_u8().await.is_ok();
        assert_eq!(served, n < 6, "connection {n}");
        idle.push(stream);
    }
    hub.machine(2).get("/health").await.expect(200);
}

async fn listen_from(
    hub: &TestHub,
    last: u8,
) -> Result<tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>, u16> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into()).unwrap();
    let stream = socket.connect(hub.address.parse().unwrap()).await.unwrap();
    match tokio_tungstenite::client_async(format!("ws://{}/ws", hub.address), stream).await {
        Ok((listening, _)) => Ok(listening),
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn one_address_listens_on_so_many_connections_and_gets_their_places_back() {
    let hub = a_hub()
        .with(clinic())
        .limits(LimitsConfig { listen_per_address: 3, ..LimitsConfig::default() })
        .open()
        .await;
    let mut listening = Vec::new();
    for _ in 0..3 {
        listening.push(listen_from(&hub, 1).await.unwrap());
    }
    assert_eq!(listen_from(&hub, 1).await.err(), Some(503));
    listen_from(&hub, 2).await.unwrap();
    hub.visitor.get("/api/display").await.expect(200);
    for mut one in listening {
        one.close(None).await.unwrap();
        // The end of the connection is the hub's last word about it.
        while let Some(Ok(_)) = one.next().await {}
    }
    listen_from(&hub, 1).await.unwrap();
}

#[tokio::test]
async fn who_talks_without_end_on_a_live_connection_is_let_go() {
    let hub = a_hub().with(clinic()).limits(LimitsConfig::default()).open().await;
    let mut talker = listen_from(&hub, 1).await.unwrap();
    for _ in 0..121 {
        talker.send(Message::text(r#"{"ping":true}"#)).await.unwrap();
    }
    let mut said = Vec::new();
    while let Some(Ok(Message::Text(text))) = talker.next().await {
        said.push(text.to_string());
    }
    assert_eq!(said.len(), 121, "every ping was answered, and the last with a refusal");
    assert!(said[120].contains("BUSY"), "{}", said[120]);
}
