//! Other programs are told what happens: signed, in order, for three days, and never where it should not go.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::any;
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;

use crate::harness::{Actor, Answer, MORNING, TestHub, a_hub, clinic};
use crate::process::Program;

/// What another program was told.
struct Told {
    headers: HeaderMap,
    body: Bytes,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// What the signature must be, as somebody else computes it.
    fn signature(&self, secret: &str) -> String {
        let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.", self.header("webhook-id"), self.header("webhook-timestamp")).as_bytes());
        mac.update(&self.body);
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}

type Answers = Arc<Mutex<VecDeque<(StatusCode, Option<String>)>>>;

/// Another program, at a real port.
struct Other {
    address: String,
    told: UnboundedReceiver<Told>,
    /// What it answers next; when there is nothing: that all is well.
    answers: Answers,
}

async fn hear(
    State((sender, answers)): State<(UnboundedSender<Told>, Answers)>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    sender.send(Told { headers, body }).unwrap();
    let (status, location) = answers.lock().unwrap().pop_front().unwrap_or((StatusCode::NO_CONTENT, None));
    let mut headers = HeaderMap::new();
    if let Some(location) = location {
        headers.insert(header::LOCATION, HeaderValue::try_from(location).unwrap());
    }
    (status, headers, if status.is_success() { "" } else { "alur ini  belum\naktif" })
}

impl Other {
    async fn start() -> Self {
        Self::at(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn at(listener: TcpListener) -> Self {
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (sender, told) = unbounded_channel();
        let answers = Answers::default();
        let state = (sender, Arc::clone(&answers));
        let app = axum::Router::new().fallback(any(hear)).with_state(state);
        tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
        Other { address, told, answers }
    }

    fn answers(&self, answers: impl IntoIterator<Item = (StatusCode, Option<String>)>) {
        self.answers.lock().unwrap().extend(answers);
    }

    async fn hears(&mut self) -> Told {
        self.told.recv().await.unwrap()
    }

    fn heard_nothing(&mut self) -> bool {
        self.told.try_recv().is_err()
    }
}

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

async fn register(hub: &TestHub, nama: &str, poli: &str) -> Answer {
    hub.visitor.post("/api/register", json!({ "nama": nama, "poli": poli })).await.expect(201)
}

/// Has a program told of these; tells its id and secret.
async fn told(hub: &TestHub, url: &str, events: &[&str]) -> (i64, String) {
    let body = json!({ "nama": "N8N", "url": url, "jaringan_lokal": true, "events": events });
    let made = hub.admin.post("/api/webhooks", body).await.expect(201).body;
    (made["id"].as_i64().unwrap(), made["secret"].as_str().unwrap().to_owned())
}

async fn deliveries(admin: &Actor, id: i64) -> Vec<Value> {
    let list = admin.get(&format!("/api/webhooks/{id}/deliveries")).await.expect(200).body;
    list["deliveries"].as_array().unwrap().clone()
}

/// How things stand once nothing is under way for `id`: what came of a telling is written after the other program heard it.
async fn settled(admin: &Actor, id: i64, right: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    loop {
        let list = deliveries(admin, id).await;
        if right(&list) {
            return list;
        }
        tokio::task::yield_now().await;
    }
}

async fn one(hub: &TestHub, id: i64) -> Value {
    let list = hub.admin.get("/api/webhooks").await.expect(200).body;
    list["webhooks"].as_array().unwrap().iter().find(|hook| hook["id"] == id).unwrap().clone()
}

#[tokio::test]
async fn what_happens_is_told_signed_in_order_and_without_names() {
    let hub = a_clinic().await;
    let mut n8n = Other::start().await;
    register(&hub, "Sebelum Ada", "umum").await;
    let body = json!({ "nama": "N8N", "url": format!("{}/webhook/antrean?a=1", n8n.address), "jaringan_lokal": true,
                       "events": ["QueueCalled", "NewRegistration", "QueueCalled"],
                       "header": { "nama": "X-Api-Key", "nilai": "rahasia-n8n" } });
    let made = hub.admin.post("/api/webhooks", body).await.expect(201).body;
    let secret = made["secret"].as_str().unwrap();
    let taken = register(&hub, "Siti Aminah", "umum").await;
    register(&hub, "Budi Santoso", "gigi").await;
    hub.rina.post("/api/queue/call-next", json!({ "loket": 1 })).await.expect(200);

    let mut ids = Vec::new();
    for (kind, number) in [("NewRegistration", "A002"), ("NewRegistration", "B001"), ("QueueCalled", "A001")]
    {
        let told = n8n.hears().await;
        let message = told.json();
        assert_eq!(
            (message["type"].as_str(), &message["data"]["ticket"]["nomor_antrean"]),
            (Some(kind), &json!(number))
        );
        assert_eq!(told.header("webhook-signature"), told.signature(secret));
        assert_eq!(told.header("webhook-timestamp"), (MORNING.0 / 1_000).to_string());
        assert_eq!(
            (told.header("webhook-id"), told.header("x-api-key")),
            (message["id"].as_str().unwrap(), "rahasia-n8n")
        );
        assert_eq!(told.header("content-type"), "application/json");
        assert!(told.header("user-agent").starts_with("Lobi/"));
        let text = String::from_utf8(told.body.to_vec()).unwrap();
        assert!(
            !text.contains("Siti") && !text.contains("Budi") && !text.contains(&taken.ticket_code()),
            "{text}"
        );
        ids.push(message["id"].as_str().unwrap().to_owned());
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3, "each has an id of its own");

    let id = made["id"].as_i64().unwrap();
    let list = settled(&hub.admin, id, |list| list.iter().all(|one| one["status"] == "done")).await;
    let kinds: Vec<_> = list.iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["QueueCalled", "NewRegistration", "NewRegistration"],
        "newest first; nothing from before"
    );
    assert_eq!(
        (&list[0]["http"], &list[0]["percobaan"], &list[0]["lagi"]),
        (&json!(204), &json!(1), &Value::Null)
    );
    let known = one(&hub, id).await;
    assert_eq!(
        (&known["header"], &known["menunggu"], &known["gagal_sejak"]),
        (&json!("x-api-key"), &json!(0), &Value::Null)
    );
    assert!(
        !hub.admin.get("/api/webhooks").await.text.contains("rahasia"),
        "what a header says is not shown"
    );
}

#[tokio::test]
async fn who_does_not_agree_is_told_again_later_with_the_same_id_and_holds_nothing_up() {
    let hub = a_clinic().await;
    let mut bot = Other::start().await;
    bot.answers([(StatusCode::INTERNAL_SERVER_ERROR, None)]);
    let (id, _) = told(&hub, &bot.address, &["NewRegistration"]).await;
    register(&hub, "Siti Aminah", "umum").await;
    let first = bot.hears().await;
    let list = settled(&hub.admin, id, |list| list[0]["percobaan"] == 1).await;
    assert_eq!(
        (&list[0]["status"], &list[0]["http"], &list[0]["sebab"]),
        (&json!("due"), &json!(500), &json!("status"))
    );
    assert!(list[0]["lagi"].as_str().unwrap().starts_with("2026-11-20T09:00:05"), "{}", list[0]["lagi"]);
    assert!(one(&hub, id).await["gagal_sejak"].is_string());
    register(&hub, "Budi Santoso", "umum").await;
    assert_eq!(
        bot.hears().await.json()["data"]["ticket"]["nomor_antrean"],
        "A002",
        "the next is not held up"
    );
    hub.clock_later_millis(5_000);
    hub.housekeeping().await;
    let again = bot.hears().await;
    assert_eq!((again.header("webhook-id"), &again.body), (first.header("webhook-id"), &first.body));
    assert_ne!(again.header("webhook-timestamp"), first.header("webhook-timestamp"));
    settled(&hub.admin, id, |list| list.iter().all(|one| one["status"] == "done")).await;
    assert_eq!(one(&hub, id).await["gagal_sejak"], Value::Null);
    assert!(bot.heard_nothing());
}

#[tokio::test]
async fn what_waits_for_a_program_that_is_away_survives_a_restart_and_comes_in_order() {
    let hub = a_clinic().await;
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = port.local_addr().unwrap();
    drop(port);
    let (id, _) = told(&hub, &format!("http://{address}/"), &["NewRegistration"]).await;
    register(&hub, "Siti Aminah", "umum").await;
    let list = settled(&hub.admin, id, |list| list.first().is_some_and(|one| one["percobaan"] == 1)).await;
    assert_eq!((&list[0]["http"], &list[0]["sebab"]), (&Value::Null, &json!("unreachable")));
    register(&hub, "Budi Santoso", "umum").await;
    let hub = hub.restart().await;
    register(&hub, "Cici Lestari", "umum").await;
    let mut back = Other::at(TcpListener::bind(address).await.unwrap());
    hub.later(1);
    hub.housekeeping().await;
    for number in ["A001", "A002", "A003"] {
        assert_eq!(back.hears().await.json()["data"]["ticket"]["nomor_antrean"], number);
    }
    settled(&hub.admin, id, |list| list.iter().all(|one| one["status"] == "done")).await;
    assert!(back.heard_nothing());
}

#[tokio::test]
async fn after_three_days_it_is_given_up_and_an_admin_may_have_it_told_again() {
    let hub = a_clinic().await;
    let mut bot = Other::start().await;
    bot.answers([const { (StatusCode::NOT_FOUND, None) }; 7]);
    let (id, _) = told(&hub, &bot.address, &["NewRegistration"]).await;
    register(&hub, "Siti Aminah", "umum").await;
    bot.hears().await;
    settled(&hub.admin, id, |list| list[0]["percobaan"] == 1).await;
    for tries in 2..=7 {
        hub.later(12 * 60);
        hub.housekeeping().await;
        bot.hears().await;
        let admin = hub.log_in("admin").await;
        let list = settled(&admin, id, |list| list[0]["percobaan"] == tries).await;
        assert_eq!(list[0]["status"], if tries == 7 { "given_up" } else { "due" }, "{list:?}");
    }
    let admin = hub.log_in("admin").await;
    let resent = admin.post(&format!("/api/webhooks/{id}/resend"), json!({})).await.expect(200);
    assert_eq!(resent.body["jumlah"], 1);
    assert_eq!(bot.hears().await.json()["data"]["ticket"]["nomor_antrean"], "A001");
    settled(&admin, id, |list| list[0]["status"] == "done").await;
}

#[tokio::test]
async fn what_waits_behind_what_does_not_arrive_is_given_up_after_three_days_as_well() {
    let hub = a_clinic().await;
    // Nobody is there.
    let (id, _) = told(&hub, "http://127.0.0.1:1/", &["NewRegistration"]).await;
    register(&hub, "Siti Aminah", "umum").await;
    register(&hub, "Budi Santoso", "umum").await;
    settled(&hub.admin, id, |list| list.last().is_some_and(|first| first["percobaan"] == 1)).await;
    for _ in 0..7 {
        hub.later(12 * 60);
        hub.housekeeping().await;
    }
    let admin = hub.log_in("admin").await;
    let list = settled(&admin, id, |list| list.iter().all(|one| one["status"] == "given_up")).await;
    assert_eq!(list.len(), 2);
    assert!(list.iter().all(|one| one["sebab"] == "unreachable"), "{list:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let hub = a_clinic().await;
    let (mut bot, mut elsewhere) = (Other::start().await, Other::start().await);
    bot.answers([(StatusCode::TEMPORARY_REDIRECT, Some(elsewhere.address.clone()))]);
    let (id, _) = told(&hub, &bot.address, &["NewRegistration"]).await;
    register(&hub, "Siti Aminah", "umum").await;
    bot.hears().await;
    let list = settled(&hub.admin, id, |list| list[0]["percobaan"] == 1).await;
    assert_eq!((&list[0]["http"], &list[0]["sebab"]), (&json!(307), &json!("redirect")));
    assert!(elsewhere.heard_nothing());
}

#[tokio::test]
async fn an_address_of_the_own_network_needs_an_explicit_wish_and_some_are_never_told() {
    let hub = a_clinic().await;
    let made = async |url: &str, lan: bool| {
        let body = json!({ "nama": "X", "url": url, "jaringan_lokal": lan, "events": ["QueueCalled"] });
        hub.admin.post("/api/webhooks", body).await
    };
    for (url, lan) in [
        ("http://192.168.1.9:5678/x", false),
        ("https://127.0.0.1/x", false),
        ("http://n8n.klinik.id/x", false),
        ("http://8.8.8.8/x", true),
        ("http://169.254.169.254/latest/meta-data", true),
        ("https://rina:kunci@n8n.klinik.id/", false),
        ("bukan alamat", true),
    ] {
        made(url, lan).await.refused_field("url");
    }
    let own = format!("http://{}/api/register", hub.address);
    made(&own, true).await.refused_field("url");
    assert_eq!(hub.admin.get("/api/webhooks").await.body["webhooks"], json!([]));
    made("https://n8n.klinik.id/webhook/antrean", false).await.expect(201);
}

#[tokio::test]
async fn a_wish_that_cannot_be_is_refused_where_it_is_wrong() {
    let hub = a_clinic().await;
    let good = json!({ "nama": "N8N", "url": "https://n8n.klinik.id/", "events": ["QueueCalled"] });
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (field, value, wrong) in [
        ("nama", json!(""), "nama"),
        ("events", json!([]), "events"),
        ("events", json!(["SignedIn"]), "events"),
        ("events", json!(["Apa Saja"]), "events"),
        ("header", json!({ "nama": "Host", "nilai": "x" }), "header"),
        ("header", json!({ "nama": "webhook-id", "nilai": "x" }), "header"),
        ("header", json!({ "nama": "a b", "nilai": "x" }), "header"),
        ("header", json!({ "nama": "x-key" }), "nilai"),
        ("header", json!({ "nama": "x-key", "nilai": "a\r\nb: c" }), "nilai"),
    ] {
        hub.admin.post("/api/webhooks", with(field, value)).await.refused_field(wrong);
    }
    hub.admin.put("/api/webhooks/9", good).await.refused(404, "WEBHOOK_NOT_FOUND");
    hub.admin.get("/api/webhooks/9/deliveries").await.refused(404, "WEBHOOK_NOT_FOUND");
}

#[tokio::test]
async fn a_test_tells_at_once_what_the_other_program_says() {
    let hub = a_clinic().await;
    let mut bot = Other::start().await;
    bot.answers([(StatusCode::NOT_FOUND, None)]);
    let (id, secret) = told(&hub, &bot.address, &["QueueCalled"]).await;
    let test = async || hub.admin.post(&format!("/api/webhooks/{id}/test"), json!({})).await.expect(200).body;
    let failed = test().await;
    assert_eq!(
        (&failed["delivery"]["status"], &failed["delivery"]["http"], &failed["jawaban"]),
        (&json!("given_up"), &json!(404), &json!("alur ini belum aktif"))
    );
    let went = test().await;
    assert_eq!((&went["delivery"]["status"], &went["delivery"]["type"]), (&json!("done"), &json!("Test")));
    bot.hears().await;
    let heard = bot.hears().await;
    assert_eq!(heard.header("webhook-signature"), heard.signature(&secret));
    assert!(heard.json()["data"]["pesan"].as_str().unwrap().contains("percobaan"));
    // A test that failed is not told again, and says nothing about what happens otherwise.
    hub.later(5);
    hub.housekeeping().await;
    assert_eq!(one(&hub, id).await["menunggu"], 0);
    assert!(bot.heard_nothing());
}

#[tokio::test]
async fn who_is_switched_off_or_removed_hears_nothing_and_a_new_secret_signs_from_then_on() {
    let hub = a_clinic().await;
    let mut bot = Other::start().await;
    let (id, old) = told(&hub, &bot.address, &["NewRegistration"]).await;
    let path = format!("/api/webhooks/{id}");
    let wish = |active: bool| json!({ "nama": "N8N", "url": bot.address, "jaringan_lokal": true, "events": ["NewRegistration"], "aktif": active });
    let (on, off) = (wish(true), wish(false));
    hub.admin.put(&path, off).await.expect(200);
    register(&hub, "Siti Aminah", "umum").await;
    hub.admin.put(&path, on).await.expect(200);
    let renewed = hub.admin.post(&format!("{path}/secret"), json!({})).await.expect(200).body;
    let secret = renewed["secret"].as_str().unwrap();
    assert_ne!(secret, old);
    register(&hub, "Budi Santoso", "umum").await;
    let heard = bot.hears().await;
    assert_eq!(heard.json()["data"]["ticket"]["nomor_antrean"], "A002", "not what happened while it was off");
    assert_eq!(heard.header("webhook-signature"), heard.signature(secret));
    hub.admin.delete(&path).await.expect(204);
    register(&hub, "Cici Lestari", "umum").await;
    hub.housekeeping().await;
    hub.admin.delete(&path).await.refused(404, "WEBHOOK_NOT_FOUND");
    assert!(bot.heard_nothing());
}

#[tokio::test]
async fn one_program_that_hangs_holds_up_no_other() {
    let hub = a_clinic().await;
    // Takes connections and says nothing.
    let deaf = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut bot = Other::start().await;
    told(&hub, &format!("http://{}/", deaf.local_addr().unwrap()), &["NewRegistration"]).await;
    told(&hub, &bot.address, &["NewRegistration"]).await;
    for (nama, number) in [("Siti Aminah", "A001"), ("Budi Santoso", "A002")] {
        register(&hub, nama, "umum").await;
        assert_eq!(bot.hears().await.json()["data"]["ticket"]["nomor_antrean"], number);
    }
}

/// A program behind TLS that agrees to everything.
struct Secure {
    address: String,
    certificate: String,
}

impl Secure {
    async fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let (acceptor, listener) =
            (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let address = format!("https://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever does not trust it hangs up here.
                let Ok(stream) = acceptor.accept(stream).await else { continue };
                let agrees = service_fn(async |_| {
                    Ok::<_, std::convert::Infallible>(hyper::Response::new(String::new()))
                });
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), agrees));
            }
        });
        Secure { address, certificate: made.cert.pem() }
    }
}

#[tokio::test]
async fn behind_tls_only_who_the_system_trusts_is_told() {
    let secure = Secure::start().await;
    let folder = tempfile::tempdir().unwrap();
    let certificates = folder.path().join("dipercaya.pem");
    std::fs::write(&certificates, &secure.certificate).unwrap();
    let wish =
        json!({ "nama": "N8N", "url": secure.address, "jaringan_lokal": true, "events": ["QueueCalled"] });
    let tested = async |program: &Program| {
        let admin = program.admin().await;
        let made = admin.post("/api/webhooks", wish.clone()).await.expect(201).body;
        let path = format!("/api/webhooks/{}/test", made["id"]);
        admin.post(&path, json!({})).await.expect(200).body["delivery"].clone()
    };
    let trusting = Program::that_trusts(&certificates, &folder.path().join("satu"), &["--demo"]);
    assert_eq!(tested(&trusting).await["http"], 200);
    let usual = Program::start(&folder.path().join("dua"), &["--demo"]);
    let refused = tested(&usual).await;
    assert_eq!((&refused["sebab"], &refused["http"]), (&json!("tls"), &Value::Null));
    usual.stop();
    trusting.stop();
}
