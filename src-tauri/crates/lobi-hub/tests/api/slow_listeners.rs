//! Listeners that do not keep up: nobody else is harmed, and whoever lagged has no gap.

use futures_util::{SinkExt, StreamExt};
use lobi_hub::config::LiveConfig;
use lobi_hub::queue::actions::issue_ticket::{IssueTicket, issue_ticket};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::harness::{Actor, TestHub, a_hub, clinic};
use crate::live::Listener;

/// Somebody signed in who follows the display, has room for little and never reads.
async fn deaf(hub: &TestHub, who: &Actor) -> WebSocketStream<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    let stream = socket.connect(hub.address.parse().unwrap()).await.unwrap();
    let (mut deaf, _) = client_async(format!("ws://{}/ws", hub.address), stream).await.unwrap();
    let wish = json!({ "token": who.token().await, "subscribe": ["display"] });
    deaf.send(Message::text(wish.to_string())).await.unwrap();
    deaf
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_reads_harms_nobody() {
    let live = LiveConfig { send_within_ms: 300, ..LiveConfig::default() };
    let hub = a_hub().with(clinic()).live(live).open().await;
    let mut office = Listener::open(&hub, "/ws").await;
    let wish = json!({ "token": hub.admin.token().await, "subscribe": ["presence-dashboard"] });
    office.say(wish).await;
    let mut deaf = deaf(&hub, &hub.dewi).await;
    while !office.next().await["data"]["staff"].to_string().contains("dewi") {}
    let mut listener = Listener::following(&hub, &["display"], None).await;
    let snapshot = listener.next().await;
    assert_eq!(snapshot["type"], "Snapshot");
    let listeners = async || hub.visitor.get("/health").await.body["listeners"].as_i64().unwrap();
    assert_eq!(listeners().await, 3);
    // Who is let go is here no more: the office hears it.
    let let_go = tokio::spawn(async move {
        while office.next().await["data"]["staff"].to_string().contains("dewi") {}
        office
    });
    let (mut seq, mut taken) = (snapshot["seq"].as_i64().unwrap(), 0);
    while !let_go.is_finished() {
        assert!(taken < 20_000, "nobody's buffers are that large: whoever never reads is let go");
        futures_util::future::join_all((0..50).map(|_| hub.visitor.take("umum"))).await;
        taken += 50;
        for _ in 0..50 {
            let message = listener.next().await;
            assert_eq!((&message["type"], &message["seq"]), (&json!("NewRegistration"), &json!(seq + 1)));
            seq += 1;
        }
    }
    let _office = let_go.await.unwrap();
    assert_eq!(listeners().await, 2, "only who never read was let go");
    listener.is_silent().await;
    assert_eq!(hub.visitor.get("/api/display").await.body["waiting_count"], taken);
    let mut reached_it = 0;
    while let Some(Ok(Message::Text(text))) = deaf.next().await {
        let message: Value = serde_json::from_str(&text).unwrap();
        reached_it = message["seq"].as_i64().unwrap();
    }
    assert!(0 < reached_it && reached_it < seq, "its buffers were full: {reached_it} of {seq}");
}

#[tokio::test]
async fn a_listener_that_lagged_gets_a_snapshot_and_then_goes_on_without_a_gap() {
    let hub = a_hub().with(clinic()).open().await;
    let mut slow = Listener::following(&hub, &["display"], None).await;
    let first = slow.next().await;
    // This test's runtime has one thread. While another thread makes twelve thousand numbers it stands still, so
    // the listener is certainly overtaken by the feed, which holds sixteen commits.
    let (made, by) = (hub.hub().clone(), lobi_hub::act::Caller::system(crate::harness::MORNING));
    let elsewhere = std::thread::spawn(move || {
        let takes = (0..12_000).map(|_| {
            let input = IssueTicket { poli: "umum".into(), ..IssueTicket::default() };
            issue_ticket(&made, by.clone(), input)
        });
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(futures_util::future::join_all(takes));
    });
    elsewhere.join().unwrap();
    let newest = hub.visitor.get("/health").await.body["last_event"].as_i64().unwrap();
    let (mut seq, mut snapshots) = (first["seq"].as_i64().unwrap(), 0);
    while seq < newest {
        let message = slow.next().await;
        let next = message["seq"].as_i64().unwrap();
        if message["type"] == "Snapshot" {
            snapshots += 1;
        } else {
            assert_eq!(next, seq + 1, "a gap without a snapshot");
        }
        seq = next;
    }
    assert!(snapshots > 0, "the listener was never overtaken: this test proves nothing");
}
