//! A hub that really listens, on a folder of its own, with a clock that the test holds; and a client for it.

use std::sync::Arc;

use lobi_core::access::{Member, Role};
use lobi_core::queue::{CounterNumber, Service, ServiceId};
use lobi_core::site::Site;
use lobi_core::time::{Timestamp, Zone};
use lobi_hub::access::actions::add_staff;
use lobi_hub::act::Caller;
use lobi_hub::clock::{Clock, ManualClock};
use lobi_hub::config::{HttpConfig, LimitsConfig};
use lobi_hub::queue::actions::set_up::{set_counter, set_service};
use lobi_hub::site::actions::set_site;
use lobi_hub::{Config, Hub, house, http, jobs, router};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// 2026-11-20 09:00 WITA.
pub const MORNING: Timestamp = Timestamp(1_795_136_400_000);
pub const PASSWORD: &str = "rahasia-uji";

pub struct TestHub {
    pub folder: Arc<TempDir>,
    pub clock: Arc<ManualClock>,
    /// Nothing once the hub was stopped.
    hub: Option<Arc<Hub>>,
    pub address: String,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    jobs: JoinHandle<()>,
    client: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Answer {
    /// The stable error code.
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {self:?}"))
    }

    pub fn number(&self) -> &str {
        self.body["ticket"]["nomor_antrean"].as_str().unwrap_or_else(|| panic!("no ticket: {self:?}"))
    }

    pub fn id(&self) -> i64 {
        self.body["ticket"]["id"].as_i64().unwrap_or_else(|| panic!("no ticket: {self:?}"))
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// Asserts status and code, and that the message is a sentence.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let this = self.expect(status);
        assert_eq!(this.code(), code, "{}", this.text);
        assert_eq!(this.body["success"], json!(false));
        let message = this.body["error"]["message"].as_str().unwrap();
        assert!(
            message.len() > 15 && message.ends_with('.') && !message.contains('{'),
            "no sentence: {message}"
        );
        this
    }
}

impl TestHub {
    /// A small clinic: Umum A and Lansia D (priority) at counters 1 and 3, Gigi B at 2, KIA C (closed) at 4;
    /// staff `admin`, `rina` (Umum, Lansia), `dewi` (Gigi).
    pub async fn clinic() -> Self {
        let this = Self::empty().await;
        set_up_clinic(this.hub(), MORNING).await;
        this
    }

    pub async fn empty() -> Self {
        Self::limited(HttpConfig::default()).await
    }

    /// An empty site with other limits than usual.
    pub async fn limited(limits: HttpConfig) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        Self::open(folder, Arc::new(ManualClock::at(MORNING)), limits).await
    }

    /// A clinic whose hub counts what it is asked.
    pub async fn counted(limits: LimitsConfig) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let clock = Arc::new(ManualClock::at(MORNING));
        let this = Self::opened(folder, clock, HttpConfig::default(), Some(limits)).await;
        set_up_clinic(this.hub(), MORNING).await;
        this
    }

    async fn open(folder: Arc<TempDir>, clock: Arc<ManualClock>, http: HttpConfig) -> Self {
        Self::opened(folder, clock, http, None).await
    }

    async fn opened(
        folder: Arc<TempDir>,
        clock: Arc<ManualClock>,
        limits: HttpConfig,
        counted: Option<LimitsConfig>,
    ) -> Self {
        let config = Config::for_testing(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
        let hub = house::open(Config { http: limits, limits: counted, ..config }).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        hub.listens_at(listener.local_addr().unwrap());
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let serving =
            tokio::spawn(http::serve::serve(listener, router::router(Arc::clone(&hub)), limits, shutdown));
        let jobs = tokio::spawn(jobs::run(Arc::clone(&hub), &house::JOBS));
        let client = reqwest::Client::new();
        TestHub { folder, clock, hub: Some(hub), address, stop: Some(stop), serving, jobs, client }
    }

    /// The hub itself, for what cannot be asked from outside.
    pub fn hub(&self) -> &Arc<Hub> {
        self.hub.as_ref().unwrap()
    }

    /// Stops the hub in good order and opens the same folder again.
    pub async fn restart(mut self) -> Self {
        self.hub().live.stop();
        let _ = self.stop.take().unwrap().send(());
        (&mut self.serving).await.unwrap();
        (&mut self.jobs).await.unwrap();
        let hub = self.hub.take().unwrap();
        memory_is_what_a_restart_rebuilds(&hub);
        hub.close();
        // The folder's lock is free once the last handle is gone.
        for _ in 0..100_000 {
            if Arc::strong_count(&hub) == 1 {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert_eq!(Arc::strong_count(&hub), 1, "somebody keeps a handle on the hub");
        drop(hub);
        let (folder, clock) = (Arc::clone(&self.folder), Arc::clone(&self.clock));
        Self::open(folder, clock, HttpConfig::default()).await
    }

    pub async fn request(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        key: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        let mut request = self.client.request(method, format!("http://{}{path}", self.address));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path, None, None, None).await
    }

    pub async fn get_as(&self, token: &str, path: &str) -> Answer {
        self.request(Method::GET, path, Some(token), None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.request(Method::POST, path, None, None, Some(body)).await
    }

    pub async fn post_as(&self, token: &str, path: &str, body: Value) -> Answer {
        let body = (!body.is_null()).then_some(body);
        self.request(Method::POST, path, Some(token), None, body).await
    }

    /// A number for a service, as a kiosk takes it.
    pub async fn take(&self, poli: &str) -> Answer {
        self.post("/api/register", json!({ "poli": poli })).await.expect(201)
    }

    pub async fn log_in(&self, username: &str) -> String {
        let answer =
            self.post("/api/login", json!({ "username": username, "password": PASSWORD })).await.expect(200);
        answer.body["token"].as_str().unwrap().to_owned()
    }

    pub async fn call_next(&self, token: &str, loket: u32) -> Answer {
        self.post_as(token, "/api/queue/call-next", json!({ "loket": loket })).await
    }

    /// Moves a ticket: `act(token, id, "skip")`.
    pub async fn act(&self, token: &str, id: i64, verb: &str) -> Answer {
        self.post_as(token, &format!("/api/queue/{id}/{verb}"), Value::Null).await
    }

    pub fn clock_later_millis(&self, millis: i64) {
        self.clock.set(self.clock.now().plus_millis(millis));
    }

    pub fn later(&self, minutes: i64) {
        self.clock.set(self.clock.now().plus_minutes(minutes));
    }
}

impl Drop for TestHub {
    /// Every test ends with the question whether memory and disk say the same.
    fn drop(&mut self) {
        if let Some(hub) = self.hub.take().filter(|_| !std::thread::panicking()) {
            memory_is_what_a_restart_rebuilds(&hub);
        }
    }
}

/// Asserts that the state in memory equals what a restart would rebuild from disk.
pub fn memory_is_what_a_restart_rebuilds(hub: &Arc<Hub>) {
    let look = Arc::clone(hub);
    // On a thread of its own: a test's runtime may be paused, or stop here.
    let rebuilt = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async move {
            // What was under way is written first; a hub that is closed or cannot write has nothing under way.
            let _ = look.db.write(|_| Ok::<_, lobi_hub::db::DbError>(())).await;
            look.db.read(house::rebuild).await
        })
    });
    let Ok(rebuilt) = rebuilt.join().unwrap() else { return };
    assert_eq!(*hub.memory(), rebuilt, "the state in memory is not what a restart rebuilds");
    assert_eq!(hub.times_rebuilt(), 0, "a change could not be taken into memory");
}

pub async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer { status, headers, text, body }
}

pub fn a_service(kode: &str, slug: &str, open: bool, priority: bool) -> Service {
    Service {
        id: ServiceId(0),
        kode: kode.into(),
        slug: slug.into(),
        nama: format!("Poli {slug}"),
        nama_en: format!("{slug} clinic"),
        icon: "stethoscope".into(),
        open,
        priority,
    }
}

pub async fn set_up_site(hub: &Arc<Hub>, now: Timestamp) {
    let site =
        Site { name: "Puskesmas Uji".into(), city: "Makassar".into(), zone: Zone::Wita, ..Site::default() };
    hub.act(Caller::system(now), move |act| set_site(act, site)).await.unwrap();
}

/// A colleague with own services, given by slug.
pub async fn add_colleague(hub: &Arc<Hub>, now: Timestamp, username: &str, roles: &[Role], serves: &[&str]) {
    let services = {
        let memory = hub.memory();
        serves.iter().map(|slug| memory.queue.service_by_slug(slug).unwrap().id).collect()
    };
    let (username, name, roles) = (username.to_owned(), username.to_owned(), roles.to_vec());
    let member = Member { id: 0, username, name, roles, services };
    add_staff(hub, Caller::system(now), member, PASSWORD.into()).await.unwrap();
}

pub async fn set_up_clinic(hub: &Arc<Hub>, now: Timestamp) {
    let by = || Caller::system(now);
    set_up_site(hub, now).await;
    for (kode, slug, open, priority) in [
        ("A", "umum", true, false),
        ("B", "gigi", true, false),
        ("C", "kia", false, false),
        ("D", "lansia", true, true),
    ] {
        set_service(hub, by(), a_service(kode, slug, open, priority)).await.unwrap();
    }
    for (number, serves) in
        [(1, vec!["umum", "lansia"]), (2, vec!["gigi"]), (3, vec!["umum", "lansia"]), (4, vec!["kia"])]
    {
        let serves = serves.into_iter().map(str::to_owned).collect();
        set_counter(hub, by(), CounterNumber(number), format!("Loket {number}"), serves).await.unwrap();
    }
    add_colleague(hub, now, "admin", &[Role::Admin], &[]).await;
    add_colleague(hub, now, "rina", &[Role::Petugas], &["umum", "lansia"]).await;
    add_colleague(hub, now, "dewi", &[Role::Petugas], &["gigi"]).await;
}
