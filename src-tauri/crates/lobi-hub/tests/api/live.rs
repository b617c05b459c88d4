//! The live feed: nothing missed, nothing twice, nobody harmed by a client that does not read.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::harness::{TestHub, a_hub, clinic};

pub struct Listener(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Listener {
    pub async fn open(hub: &TestHub, path: &str) -> Self {
        Self::at(&hub.address, path).await
    }

    /// At an address, for a hub that is a program.
    pub async fn at(address: &str, path: &str) -> Self {
        Listener(connect_async(format!("ws://{address}{path}")).await.unwrap().0)
    }

    pub async fn following(hub: &TestHub, channels: &[&str], since: Option<i64>) -> Self {
        let mut this = Self::open(hub, "/ws").await;
        this.say(json!({ "subscribe": channels, "since": since })).await;
        this
    }

    pub async fn say(&mut self, value: Value) {
        self.0.send(Message::text(value.to_string())).await.unwrap();
    }

    /// The next message; a minute without one is a failure, not a wait.
    pub async fn next(&mut self) -> Value {
        let read = async {
            loop {
                match self.0.next().await.expect("the hub keeps the connection").unwrap() {
                    Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                    Message::Ping(_) | Message::Pong(_) => {}
                    other => panic!("unexpected {other:?}"),
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), read).await.expect("a message")
    }

    /// Asserts that nothing is waiting: the answer to a ping comes next.
    pub async fn is_silent(&mut self) {
        self.say(json!({ "ping": true })).await;
        assert_eq!(self.next().await, json!({ "type": "Pong" }));
    }
}

fn told(message: &Value) -> (String, String) {
    let number = message["data"]["ticket"]["nomor_antrean"].as_str().unwrap_or_default();
    (message["type"].as_str().unwrap().to_owned(), number.to_owned())
}

/// A crowd's numbers are one commit: its events leave in pieces of several, and none is lost between two of them.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_at_once_arrives_whole_and_in_order() {
    let hub = a_hub().with(clinic()).open().await;
    let mut listener = Listener::following(&hub, &["queue.umum"], None).await;
    let mut last = listener.next().await["seq"].as_i64().unwrap();
    futures_util::future::join_all((0..150).map(|_| hub.visitor.take("umum"))).await;
    for told in 1..=150 {
        let event = listener.next().await;
        assert_eq!(
            (event["type"].as_str(), event["seq"].as_i64()),
            (Some("NewRegistration"), Some(last + 1)),
            "{told}"
        );
        last += 1;
    }
    listener.is_silent().await;
}

#[tokio::test]
async fn a_visit_is_told_step_by_step_on_the_service_channel() {
    let hub = a_hub().with(clinic()).open().await;
    let mut listener = Listener::following(&hub, &["queue.umum"], None).await;
    assert_eq!(listener.next().await["type"], "Snapshot");
    hub.visitor.take("umum").await;
    hub.visitor.take("gigi").await;
    let id = hub.rina.call_next(3).await.id();
    for verb in ["call", "serve", "finish"] {
        hub.rina.act(id, verb).await.expect(200);
    }
    let id = {
        hub.visitor.take("umum").await;
        hub.rina.call_next(3).await.id()
    };
    for verb in ["skip", "return", "cancel"] {
        hub.rina.act(id, verb).await.expect(200);
    }
    let expected = [
        "NewRegistration",
        "QueueCalled",
        "QueueRecalled",
        "QueueUpdated",
        "QueueFinished",
        "NewRegistration",
        "QueueCalled",
        "QueueSkipped",
        "QueueUpdated",
        "QueueUpdated",
    ];
    let mut last = 0;
    for kind in expected {
        let message = listener.next().await;
        assert_eq!(message["type"], kind);
        assert_eq!(message["channel"], "queue.umum", "Gigi's events are not ours");
        let seq = message["seq"].as_i64().unwrap();
        assert!(seq > last);
        last = seq;
        assert!(
            message["data"]["ticket"].get("code").is_none()
                && message["data"]["ticket"].get("nama").is_none()
        );
        if kind == "QueueCalled" {
            assert_eq!(message["data"]["ticket"]["loket"], 3);
            assert_eq!(message["data"]["waiting_count"], 0);
            assert_eq!(message["at"], "2026-11-20T09:00:00+08:00");
        }
    }
    listener.is_silent().await;
}

#[tokio::test]
async fn an_event_in_several_followed_channels_arrives_once() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let mut listener = Listener::following(&hub, &["display", "queue.umum", "loket.3"], None).await;
    for _ in 0..3 {
        assert_eq!(listener.next().await["type"], "Snapshot");
    }
    hub.rina.call_next(3).await.expect(200);
    assert_eq!(told(&listener.next().await), ("QueueCalled".into(), "A001".into()));
    listener.is_silent().await;
}

#[tokio::test]
async fn who_was_away_hears_exactly_what_was_missed() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..4 {
        hub.visitor.take("umum").await;
    }
    let since = hub.visitor.get("/health").await.body["last_event"].as_i64().unwrap();
    hub.rina.call_next(1).await.expect(200);
    hub.rina.call_next(3).await.expect(200);
    let mut listener = Listener::following(&hub, &["display"], Some(since)).await;
    assert_eq!(told(&listener.next().await), ("QueueCalled".into(), "A001".into()));
    let second = listener.next().await;
    assert_eq!(told(&second), ("QueueCalled".into(), "A002".into()));
    listener.is_silent().await;
    let mut again = Listener::following(&hub, &["display"], second["seq"].as_i64()).await;
    again.is_silent().await;
    hub.rina.call_next(1).await.expect(200);
    assert_eq!(told(&again.next().await), ("QueueFinished".into(), "A001".into()));
    assert_eq!(
        told(&again.next().await),
        ("QueueCalled".into(), "A003".into()),
        "live goes on after the replay"
    );
}

#[tokio::test]
async fn what_was_missed_over_a_restart_of_the_hub_is_replayed_too() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let since = hub.visitor.get("/health").await.body["last_event"].as_i64().unwrap();
    hub.rina.call_next(1).await.expect(200);
    let hub = hub.restart().await;
    let mut display = Listener::following(&hub, &["display"], Some(since)).await;
    assert_eq!(told(&display.next().await), ("QueueCalled".into(), "A001".into()));
    let mut counter = Listener::following(&hub, &["loket.1"], Some(since)).await;
    assert_eq!(told(&counter.next().await), ("QueueCalled".into(), "A001".into()));
}

#[tokio::test]
async fn who_missed_too_much_or_comes_from_another_database_gets_a_snapshot() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..1_100 {
        hub.visitor.take("umum").await;
    }
    hub.rina.call_next(1).await.expect(200);
    for (gigi_before, since) in (0..).zip([Some(1), Some(999_999), None, Some(-5)]) {
        let mut listener = Listener::following(&hub, &["display", "queue.gigi"], since).await;
        let snapshot = listener.next().await;
        assert_eq!((&snapshot["type"], &snapshot["channel"]), (&json!("Snapshot"), &json!("display")));
        assert_eq!(snapshot["data"]["current"][0]["nomor_antrean"], "A001");
        assert_eq!(snapshot["data"]["waiting_count"], 1_099 + gigi_before);
        let gigi = listener.next().await;
        assert_eq!(
            (&gigi["channel"], &gigi["data"]["waiting_count"]),
            (&json!("queue.gigi"), &json!(gigi_before))
        );
        assert_eq!(snapshot["seq"], gigi["seq"]);
        hub.visitor.take("gigi").await;
        let next = listener.next().await;
        assert_eq!(
            next["seq"].as_i64().unwrap(),
            snapshot["seq"].as_i64().unwrap() + 1,
            "no gap after the snapshot"
        );
    }
}

#[tokio::test]
async fn a_counter_is_subscribed_from_the_start() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let mut listener = Listener::open(&hub, "/ws/loket/3").await;
    let snapshot = listener.next().await;
    assert_eq!((&snapshot["channel"], &snapshot["data"]), (&json!("loket.3"), &json!({ "current": null })));
    hub.rina.call_next(3).await.expect(200);
    let called = listener.next().await;
    assert_eq!((&called["channel"], &called["type"]), (&json!("loket.3"), &json!("QueueCalled")));
}

#[tokio::test]
async fn new_facts_about_the_site_are_told_to_everybody() {
    let hub = a_hub().with(clinic()).open().await;
    let mut listener = Listener::following(&hub, &["queue.gigi"], None).await;
    listener.next().await;
    crate::harness::set_up_site(hub.hub(), crate::harness::MORNING).await;
    assert_eq!(listener.next().await["type"], "SiteUpdated");
}

#[tokio::test]
async fn a_new_day_is_told_to_everybody() {
    let hub = a_hub().with(clinic()).open().await;
    let mut listener = Listener::following(&hub, &["queue.gigi"], None).await;
    listener.next().await;
    hub.later(18 * 60);
    hub.visitor.take("umum").await;
    let message = listener.next().await;
    assert_eq!(
        (&message["type"], &message["data"]["service_day"]),
        (&json!("DayStarted"), &json!("2026-11-21"))
    );
    listener.is_silent().await;
}

#[tokio::test]
async fn staff_channels_need_a_session() {
    let hub = a_hub().with(clinic()).open().await;
    let mut stranger =
        Listener::following(&hub, &["presence-dashboard", "notify.rina", "nonsense", "queue.jantung"], None)
            .await;
    let error = stranger.next().await;
    assert_eq!((&error["type"], &error["error"]["code"]), (&json!("Error"), &json!("FORBIDDEN")));
    stranger.is_silent().await;
    stranger.say(json!({ "token": "wrong" })).await;
    assert_eq!(stranger.next().await["error"]["code"], "UNAUTHENTICATED");
    stranger.say(json!("not an object")).await;
    assert_eq!(stranger.next().await["error"]["code"], "MALFORMED_JSON");

    let mut watcher = Listener::open(&hub, "/ws").await;
    watcher.say(json!({ "token": hub.dewi.token().await, "subscribe": ["presence-dashboard"] })).await;
    assert_eq!(watcher.next().await["data"]["staff"][0]["username"], "dewi");
    let mut rina = Listener::open(&hub, "/ws").await;
    rina.say(json!({ "token": hub.rina.token().await, "subscribe": ["notify.rina"] })).await;
    // Dewi's own arrival may be told first.
    let mut change = watcher.next().await;
    while change["data"]["staff"].as_array().unwrap().len() < 2 {
        change = watcher.next().await;
    }
    assert_eq!(
        (&change["type"], &change["data"]["staff"][1]["username"]),
        (&json!("PresenceChanged"), &json!("rina"))
    );
    drop(rina);
    assert_eq!(watcher.next().await["data"]["staff"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_follows_a_counter_under_their_name_sits_there_until_they_go() {
    let hub = a_hub().with(clinic()).open().await;
    let at_3 = async || {
        let counters = hub.admin.get("/api/counters").await.expect(200).body;
        let three = counters["counters"].as_array().unwrap().iter().find(|one| one["number"] == 3).cloned();
        three.unwrap()["petugas"].clone()
    };
    let mut watcher = Listener::open(&hub, "/ws").await;
    watcher.say(json!({ "token": hub.admin.token().await, "subscribe": ["presence-dashboard"] })).await;
    let mut seen = async |wanted: Value| {
        while watcher.next().await["data"]["staff"].as_array().unwrap().iter().all(|one| *one != wanted) {}
    };
    // A TV that shows the counter sits nowhere.
    let mut tv = Listener::following(&hub, &["loket.3"], None).await;
    assert_eq!(tv.next().await["type"], "Snapshot");
    assert_eq!(at_3().await, json!([]));

    let rina = hub.rina.token().await;
    let mut desk = Listener::open(&hub, "/ws").await;
    desk.say(json!({ "token": rina, "subscribe": ["loket.3", "queue.umum"] })).await;
    seen(json!({ "username": "rina", "name": "rina", "loket": [3] })).await;
    assert_eq!((&at_3().await[0]["username"], at_3().await.as_array().unwrap().len()), (&json!("rina"), 1));
    assert!(at_3().await[0]["sejak"].is_string());
    // A second tab is the same person; closing it leaves her where she is.
    let mut second = Listener::open(&hub, "/ws").await;
    second.say(json!({ "token": rina, "subscribe": ["loket.3", "loket.1"] })).await;
    seen(json!({ "username": "rina", "name": "rina", "loket": [1, 3] })).await;
    drop(second);
    seen(json!({ "username": "rina", "name": "rina", "loket": [3] })).await;
    desk.say(json!({ "unsubscribe": ["loket.3"] })).await;
    seen(json!({ "username": "rina", "name": "rina", "loket": [] })).await;
    assert_eq!(at_3().await, json!([]));
}

#[tokio::test]
async fn a_page_from_elsewhere_cannot_listen_with_a_visitors_browser() {
    let hub = a_hub().with(clinic()).open().await;
    let from = |origin: String| {
        let mut request = format!("ws://{}/ws", hub.address).into_client_request().unwrap();
        request.headers_mut().insert("origin", origin.parse().unwrap());
        connect_async(request)
    };
    assert!(from("http://evil.example".into()).await.is_err());
    assert!(from(format!("http://{}", hub.address)).await.is_ok());
}

/// The pages load through a proxy on this machine, so their live feed must too: nginx with `$host`, on 443, on another port.
#[tokio::test]
async fn a_page_behind_a_proxy_listens() {
    let hub = a_hub().with(clinic()).open().await;
    let from = |origin: &str, host: &str| {
        let mut request = format!("ws://{}/ws", hub.address).into_client_request().unwrap();
        request.headers_mut().insert("origin", origin.parse().unwrap());
        request.headers_mut().insert("host", host.parse().unwrap());
        connect_async(request)
    };
    for (origin, host) in [
        ("https://antrean.local", "antrean.local"),
        ("https://antrean.local", "antrean.local:443"),
        ("https://antrean.local:8443", "antrean.local"),
        ("http://hub", "hub:80"),
    ] {
        assert!(from(origin, host).await.is_ok(), "{origin} as {host}");
    }
    let own = "https://antrean.puskesmas.id";
    assert!(from(own, "10.0.0.7:4040").await.is_err());
    hub.admin.post("/api/settings", json!({ "public_address": own })).await.expect(200);
    assert!(from(own, "10.0.0.7:4040").await.is_ok(), "the address that the admin wrote down");
    assert!(from("https://jahat.example", "antrean.puskesmas.id").await.is_err());
}

#[tokio::test]
async fn listeners_are_told_when_the_hub_stops() {
    let hub = a_hub().with(clinic()).open().await;
    let mut listener = Listener::following(&hub, &["display"], None).await;
    listener.next().await;
    hub.restart().await;
    let Some(Ok(Message::Close(Some(frame)))) = listener.0.next().await else { panic!("no close frame") };
    assert_eq!(u16::from(frame.code), 1012, "service restart: come back soon");
}

/// Sockets used to hear staff channels for up to 25 seconds after their session ended.
#[tokio::test]
async fn a_session_that_ends_takes_its_live_connections_along_at_once() {
    let hub = a_hub().with(clinic()).open().await;
    let (one, other) = (hub.log_in("rina").await, hub.log_in("rina").await);
    let mut desk = Listener::open(&hub, "/ws").await;
    desk.say(json!({ "subscribe": ["devices"], "token": one.token().await })).await;
    assert_eq!(desk.next().await["type"], "Snapshot");
    other.post("/api/logout", Value::Null).await.expect(204);
    desk.is_silent().await;
    one.post("/api/logout", Value::Null).await.expect(204);
    assert_eq!(desk.next().await["error"]["code"], "UNAUTHENTICATED");
    let report = json!({ "machine": "m", "nama": "Kiosk", "mode": "kiosk", "devices": [] });
    hub.visitor.post("/api/devices", report).await.expect(204);
    desk.is_silent().await;
}

/// Every recorded event used to be told on every TV.
#[tokio::test]
async fn what_is_told_about_staff_reaches_neither_tvs_nor_colleagues() {
    let hub = a_hub().with(clinic()).open().await;
    let mut tv = Listener::following(&hub, &["display", "queue.umum"], None).await;
    tv.next().await;
    tv.next().await;
    let mut desk = Listener::open(&hub, "/ws").await;
    desk.say(json!({ "subscribe": ["staff"], "token": hub.rina.token().await })).await;
    assert_eq!(desk.next().await["error"]["code"], "FORBIDDEN");
    let mut office = Listener::open(&hub, "/ws").await;
    office.say(json!({ "subscribe": ["staff"], "token": hub.admin.token().await })).await;
    assert_eq!(office.next().await["type"], "Snapshot");
    hub.log_in("dewi").await;
    let told = office.next().await;
    assert_eq!((told["type"].as_str(), told["data"]["username"].as_str()), (Some("SignedIn"), Some("dewi")));
    desk.is_silent().await;
    tv.is_silent().await;
}
