//! The program `lobi-hub` as people and power cuts treat it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::Actor;

/// A running `lobi-hub`.
pub struct Program {
    child: Child,
    pub base: String,
}

impl Program {
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::run(Self::command(data).args(arguments))
    }

    /// One that trusts the certificates of that file and no others.
    pub fn that_trusts(certificates: &Path, data: &Path, arguments: &[&str]) -> Self {
        Self::run(Self::command(data).args(arguments).env("SSL_CERT_FILE", certificates))
    }

    /// Starts what that command starts, and waits until it says that it is ready.
    fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base =
            line.trim().strip_prefix("lobi-hub ready ").unwrap_or_else(|| panic!("not ready: {line:?}"));
        assert!(base.starts_with("http://127.0.0.1:"));
        Program { base: base.to_owned(), child }
    }

    fn command(data: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lobi-hub"));
        command.arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]).env("LOBI_LIMITS", "off");
        command
    }

    /// Starts a hub that is expected to refuse; gives what it says.
    fn refuses(data: &Path) -> String {
        let output = Self::command(data).output().unwrap();
        assert!(!output.status.success());
        assert!(output.stdout.is_empty(), "never says it is ready");
        String::from_utf8(output.stderr).unwrap()
    }

    /// In good order: SIGTERM, as a service manager stops it. Windows lets nobody ask a program without a console.
    pub fn stop(mut self) {
        if cfg!(windows) {
            return self.kill();
        }
        // The shell's own `kill`: a bare machine has no program of that name.
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }

    /// SIGKILL, as a power cut looks to a program.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Where it answers, without `http://`.
    pub fn address(&self) -> &str {
        self.base.strip_prefix("http://").unwrap()
    }

    /// The admin of the demonstration, signed in.
    pub async fn admin(&self) -> Actor {
        let visitor = Actor::visitor(self.address());
        let login = json!({ "username": "admin", "password": "lobi-demo" });
        let signed_in = visitor.post("/api/login", login).await.expect(200);
        visitor.with_token(signed_in.body["token"].as_str().unwrap())
    }

    async fn get(&self, path: &str) -> Value {
        reqwest::get(format!("{}{path}", self.base)).await.unwrap().json().await.unwrap()
    }

    async fn take(&self, client: &reqwest::Client, key: &str) -> reqwest::Result<reqwest::Response> {
        let request = client.post(format!("{}/api/register", self.base)).header("Idempotency-Key", key);
        request.json(&json!({ "poli": "umum" })).send().await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn the_demonstration_is_believable_and_survives_a_clean_stop() {
    let data = tempfile::tempdir().unwrap();
    let hub = Program::start(data.path(), &["--demo"]);
    assert_eq!(hub.get("/api/site").await["demo"], true);
    let services = hub.get("/api/services").await;
    let waiting: Vec<u64> = services["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["waiting_count"].as_u64().unwrap())
        .collect();
    assert!(waiting.len() == 4 && waiting[0] >= 3, "people wait: {waiting:?}");
    let display = hub.get("/api/display").await;
    assert_eq!(display["recent"].as_array().unwrap().len(), 5);
    let login = reqwest::Client::new().post(format!("{}/api/login", hub.base));
    let login = login.json(&json!({ "username": "rina", "password": "lobi-demo" })).send().await.unwrap();
    assert_eq!(login.status(), 200);
    let before = hub.get("/api/display").await;
    hub.stop();
    assert!(cfg!(windows) || !data.path().join("lobi.db-wal").exists(), "a clean stop folds the log in");
    let hub = Program::start(data.path(), &["--demo"]);
    assert_eq!(hub.get("/api/display").await, before, "--demo never touches a folder that has data");
}

#[tokio::test]
async fn a_second_hub_on_the_same_folder_is_told_who_holds_it() {
    let data = tempfile::tempdir().unwrap();
    let hub = Program::start(data.path(), &[]);
    let said = Program::refuses(data.path());
    let holder = said.contains(&format!("proses {}", hub.child.id()));
    // Windows itself, unlike Wine, does not let anybody read a locked file.
    assert!(holder || cfg!(windows) && said.contains("proses ?"), "{said}");
    assert_eq!(hub.get("/health").await["status"], "ok", "the first one is not disturbed");
}

/// Every byte of a folder, to show that nothing was touched.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        // The lock and the index of the log hold no data: both are made anew at each start.
        .filter(|path| !path.ends_with("lobi.lock") && !path.ends_with("lobi.db-shm"))
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn a_missing_wrong_or_damaged_key_is_refused_and_nothing_is_touched() {
    let data = tempfile::tempdir().unwrap();
    // Cut off, so that the log still holds what the file does not: the worst moment to touch anything.
    Program::start(data.path(), &["--demo"]).kill();
    assert!(data.path().join("lobi.db-wal").exists());
    let key = data.path().join("lobi.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let right = std::fs::read_to_string(&key).unwrap();
    for (wrong, says) in [
        (None, "tidak ada"),
        (Some("00".repeat(32)), "milik database lain"),
        (Some("not a key".into()), "rusak"),
        (Some(String::new()), "rusak"),
    ] {
        match &wrong {
            Some(text) => std::fs::write(&key, text).unwrap(),
            None => std::fs::remove_file(&key).unwrap(),
        }
        let before = contents(data.path());
        let said = Program::refuses(data.path());
        assert!(said.contains(says) && said.contains("Tidak ada yang diubah"), "{wrong:?}: {said}");
        assert_eq!(contents(data.path()), before);
    }
    std::fs::write(&key, right).unwrap();
    Program::start(data.path(), &[]).stop();
}

#[test]
fn a_newer_file_is_refused() {
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), &["--demo"]).stop();
    let database = data.path().join("lobi.db");
    let key = std::fs::read_to_string(data.path().join("lobi.key")).unwrap();
    let open = || {
        let sql = rusqlite::Connection::open(&database).unwrap();
        sql.pragma_update(None, "key", format!("x'{}'", key.trim())).unwrap();
        sql
    };
    let known: i64 = open().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    open().pragma_update(None, "user_version", 99).unwrap();
    let said = Program::refuses(data.path());
    assert!(said.contains("lebih baru") && said.contains("99"), "{said}");
    open().pragma_update(None, "user_version", known).unwrap();
    Program::start(data.path(), &[]).stop();
}

#[test]
fn an_address_in_use_is_said_and_no_data_is_made() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new");
    let output = Command::new(env!("CARGO_BIN_EXE_lobi-hub"))
        .arg("--data")
        .arg(&data)
        .arg("--listen")
        .arg(taken.local_addr().unwrap().to_string())
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("tidak bisa dipakai"));
    assert!(!data.exists());
}

/// Twenty power cuts under load: what was acknowledged is there, no number is given twice, retries with the same key
/// after the restart get the ticket that was acknowledged before it.
#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_under_load_lose_no_acknowledged_ticket_and_repeat_no_number() {
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), &["--demo"]).stop();
    let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
    // Number by key, as acknowledged.
    let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..20 {
        let mut hub = Program::start(data.path(), &[]);
        for (key, number) in
            acknowledged.iter().filter(|(key, _)| key.starts_with(&format!("round-{}-", round - 1)))
        {
            let again: Value = hub.take(&client, key).await.unwrap().json().await.unwrap();
            assert_eq!(again["ticket"]["nomor_antrean"], **number, "the retried tap gets the same number");
        }
        let mut work = tokio::task::JoinSet::new();
        for worker in 0..8 {
            let (client, base) = (client.clone(), hub.base.clone());
            work.spawn(async move {
                let mut got = Vec::new();
                for turn in 0.. {
                    let key = format!("round-{round}-{worker}-{turn}");
                    let request = client.post(format!("{base}/api/register")).header("Idempotency-Key", &key);
                    let Ok(answer) = request.json(&json!({ "poli": "umum" })).send().await else { break };
                    let Ok(body) = answer.json::<Value>().await else { break };
                    got.push((key, body["ticket"]["nomor_antrean"].as_str().unwrap().to_owned()));
                }
                got
            });
        }
        // Let it run until some were acknowledged, then cut it off at a different moment each time.
        while hub.get("/health").await["last_event"].as_i64().unwrap() < 200 + i64::from(round) * 40 {}
        hub.kill();
        while let Some(got) = work.join_next().await {
            acknowledged.extend(got.unwrap());
        }
    }
    let numbers: std::collections::BTreeSet<&String> = acknowledged.values().collect();
    assert!(acknowledged.len() > 100, "the load was real: {}", acknowledged.len());
    assert_eq!(numbers.len(), acknowledged.len(), "no number was given twice");
    let hub = Program::start(data.path(), &[]);
    for number in numbers {
        assert_eq!(hub.get(&format!("/api/queue/status/{number}")).await["nomor_antrean"], **number);
    }
}

/// A limit on file size stands in for a full disk: both fail the write, and both can be lifted while the hub runs.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_said_what_was_saved_stays_readable_and_it_recovers_by_itself() {
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), &["--demo"]).stop();
    // The shell ignores SIGXFSZ for the hub, so that a write past the limit fails instead of killing it.
    let mut shell = Command::new("sh");
    shell
        .args([
            "-c",
            "trap '' XFSZ; exec \"$0\" --data \"$1\" --listen 127.0.0.1:0",
            env!("CARGO_BIN_EXE_lobi-hub"),
        ])
        .arg(data.path())
        .env("LOBI_LIMITS", "off")
        .env("LOBI_DB_PROBE_EVERY_MS", "20");
    let hub = Program::run(&mut shell);
    let client = reqwest::Client::new();
    let limit = |size: &str| {
        let done = Command::new("prlimit")
            .args([&format!("--pid={}", hub.child.id()), &format!("--fsize={size}")])
            .status();
        assert!(done.expect("util-linux is installed").success());
    };
    assert_eq!(hub.take(&client, "before-it-was-full").await.unwrap().status(), 201);
    let wal = std::fs::metadata(data.path().join("lobi.db-wal")).unwrap().len();
    limit(&format!("{wal}:unlimited"));
    let mut refused = None;
    for turn in 0..2_000 {
        let answer = hub.take(&client, &format!("filling-{turn}")).await.unwrap();
        if answer.status() != 201 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the disk is full");
    assert_eq!(refused.status(), 507);
    assert!(refused.headers().contains_key("retry-after"));
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["error"]["code"], "NOT_SAVED");
    assert!(body["error"]["message"].as_str().unwrap().contains("tidak tersimpan"));
    let waiting = hub.get("/api/display").await["waiting_count"].as_u64().unwrap();
    assert!(waiting > 0, "still readable");
    assert_eq!(hub.get("/health").await["status"], "read_only");
    limit("unlimited:unlimited");
    // It asks the disk again by itself.
    let recovered = async { while hub.get("/health").await["status"] != "ok" {} };
    tokio::time::timeout(Duration::from_secs(20), recovered).await.expect("recovers by itself");
    assert_eq!(hub.take(&client, "after-it-was-full").await.unwrap().status(), 201);
    assert_eq!(
        hub.get("/api/display").await["waiting_count"].as_u64().unwrap(),
        waiting + 1,
        "what was refused is not there"
    );
    assert_eq!(hub.get("/health").await["status"], "ok");
}

#[test]
fn limits_are_switched_off_only_where_nobody_else_can_connect() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new");
    let output = Command::new(env!("CARGO_BIN_EXE_lobi-hub"))
        .arg("--data")
        .arg(&data)
        .args(["--listen", "0.0.0.0:0"])
        .env("LOBI_LIMITS", "off")
        .output()
        .unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("LOBI_LIMITS=off mematikan"));
    assert!(!data.exists(), "no data is touched");
}

/// Where the system gives few files, listeners get a part of them: a visitor's request still finds one.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn however_many_listen_a_visitor_is_served() {
    let data = tempfile::tempdir().unwrap();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "ulimit -n 228; exec \"$0\" --data \"$1\" --listen 127.0.0.1:0 --demo"])
        .arg(env!("CARGO_BIN_EXE_lobi-hub"))
        .arg(data.path());
    let hub = Program::run(&mut shell);
    let mut listening = Vec::new();
    let mut refused = 0;
    for _ in 0..150 {
        match tokio_tungstenite::connect_async(format!("{}/ws", hub.base.replace("http", "ws"))).await {
            Ok((socket, _)) => listening.push(socket),
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => {
                assert_eq!(answer.status(), 503);
                assert!(answer.headers().contains_key("retry-after"));
                refused += 1;
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((listening.len(), refused), (75, 75));
    let taken = hub.take(&reqwest::Client::new(), "while-they-listen").await.unwrap();
    assert_eq!(taken.status(), 201);
}

#[test]
fn help_tells_the_options() {
    let mut help = String::new();
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_lobi-hub")).arg("--help").stdout(Stdio::piped()).spawn().unwrap();
    child.stdout.take().unwrap().read_to_string(&mut help).unwrap();
    assert!(child.wait().unwrap().success());
    for option in ["--data", "--listen", "--demo", "--ui"] {
        assert!(help.contains(option), "{option}");
    }
}
