//! The program `lobi-hub` on a folder, and what it says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use serde_json::{Value, json};

/// A running hub.
pub struct Program {
    child: Child,
    said: Option<JoinHandle<String>>,
    pub base: String,
    client: reqwest::Client,
}

impl Program {
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::start_with(data, arguments, &[])
    }

    /// With variables of its own in its environment.
    pub fn start_with(data: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = command(data, arguments);
        command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let said = std::thread::spawn(move || {
            let mut said = String::new();
            stderr.read_to_string(&mut said).unwrap();
            said
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Some(base) = line.trim().strip_prefix("lobi-hub ready ") else {
            let _ = child.kill();
            panic!("not ready: {}", said.join().unwrap());
        };
        let base = base.to_owned();
        Program { child, said: Some(said), base, client: reqwest::Client::new() }
    }

    pub async fn get(&self, path: &str) -> Value {
        self.client.get(format!("{}{path}", self.base)).send().await.unwrap().json().await.unwrap()
    }

    pub async fn status(&self) -> String {
        self.get("/health").await["status"].as_str().unwrap().to_owned()
    }

    /// A number, as a kiosk takes it: the status and the answer.
    pub async fn take(&self) -> (u16, Value) {
        let request = self.client.post(format!("{}/api/register", self.base));
        let answer = request.json(&json!({ "poli": "umum" })).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// A number that must be given.
    pub async fn number(&self) -> u32 {
        let (status, body) = self.take().await;
        assert_eq!(status, 201, "{body}");
        body["ticket"]["nomor_antrean"].as_str().unwrap()[1..].parse().unwrap()
    }

    /// Ends it as a power cut or a crash does; gives what it said.
    pub fn kill(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.said.take().unwrap().join().unwrap()
    }

    /// Ends it in good order, where the system has a way to ask; gives what it said.
    pub fn stop(mut self) -> String {
        if cfg!(windows) {
            return self.kill();
        }
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        self.said.take().unwrap().join().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lobi-hub"));
    command.arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]).args(arguments);
    command.env("LOBI_LIMITS", "off");
    command
}

/// Starts a hub that is expected to refuse, and to touch nothing; gives what it says.
pub fn refuses(data: &Path, arguments: &[&str]) -> String {
    let before = contents(data);
    let mut child = command(data, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    if !line.is_empty() {
        child.kill().unwrap();
    }
    let output = child.wait_with_output().unwrap();
    assert!(line.is_empty() && !output.status.success(), "it started: {line}");
    assert_eq!(contents(data), before, "nothing is touched");
    String::from_utf8(output.stderr).unwrap()
}

/// Runs the program for something else than serving; gives what it says.
pub fn says(data: &Path, arguments: &[&str]) -> String {
    let output = command(data, arguments).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

/// Every byte of a folder but the lock, the index of the log and an empty log, which hold no data.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.is_file() && !path.ends_with("lobi.lock") && !path.ends_with("lobi.db-shm"))
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .filter(|(path, bytes)| !path.ends_with("lobi.db-wal") || !bytes.is_empty())
        .collect()
}

/// A folder with the same files.
pub fn copy_of(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in contents(folder) {
        std::fs::write(copy.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    copy
}

/// A demonstration that was stopped in good order.
pub fn a_site() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), &["--demo"]).stop();
    data
}

/// The database as somebody with the key opens it.
pub fn sql(data: &Path) -> rusqlite::Connection {
    let key = std::fs::read_to_string(data.join("lobi.key")).unwrap();
    let sql = rusqlite::Connection::open(data.join("lobi.db")).unwrap();
    sql.pragma_update(None, "key", format!("x'{}'", key.trim())).unwrap();
    sql
}

/// Turns one bit of a file, that part of its length from the beginning.
pub fn flip(file: &Path, part: f64) {
    let mut bytes = std::fs::read(file).unwrap();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a file"
    )]
    let place = (bytes.len() as f64 * part) as usize;
    bytes[place] ^= 1;
    std::fs::write(file, bytes).unwrap();
}
