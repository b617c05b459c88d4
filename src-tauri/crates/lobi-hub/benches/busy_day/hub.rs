//! The hub under test: the real program on a folder of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A data folder with a clinic in it.
pub struct Folder(TempDir);

impl Folder {
    /// Makes the demonstration's clinic.
    pub fn new() -> Self {
        // Beside the build, not in /tmp: that may be memory, and memory syncs in no time.
        let folder = Folder(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
        Bench::start_with(&folder, &["--demo"]).0.stop();
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Adds tickets of past days with two events each, as years of use leave them.
    pub async fn fill_with_the_past(&self, count: u32) {
        let key = std::fs::read_to_string(self.path().join("lobi.key")).unwrap();
        let sql = rusqlite::Connection::open(self.path().join("lobi.db")).unwrap();
        sql.pragma_update(None, "key", format!("x'{}'", key.trim())).unwrap();
        sql.execute_batch(&format!(
            "begin;
             with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < {count})
             insert into tickets (code, service_id, day, number, status, counter, cara_daftar, created_at, called_at, first_called_at, finished_at)
             select printf('OLD%07d', i), 1 + i % 4, date('2020-01-01', '+' || (i / 2740) || ' days'), 1 + (i % 2740) / 4,
                    'selesai', 1 + i % 4, 'offline', i * 1000, i * 1000 + 500 * (i % 4000), i * 1000 + 500 * (i % 4000), i * 1000 + 900 * (i % 4000) from n;
             with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < 2 * {count})
             insert into events (at, day, channel, kind, actor, data)
             select i * 500, date('2020-01-01', '+' || (i / 5480) || ' days'), 'queue.umum',
                    case i % 2 when 0 then 'NewRegistration' else 'QueueFinished' end, 'public',
                    printf('{{\"ticket\":{{\"id\":%d,\"nomor_antrean\":\"A001\",\"status\":\"selesai\",\"loket\":1}},\"waiting_count\":0}}', i) from n;
             commit;"
        ))
        .unwrap();
    }
}

/// A running hub.
pub struct Bench {
    child: Child,
    pub address: String,
}

impl Bench {
    /// Starts it and tells how long it took until it was ready.
    pub fn start(folder: &Folder) -> (Self, Duration) {
        Self::start_with(folder, &[])
    }

    fn start_with(folder: &Folder, arguments: &[&str]) -> (Self, Duration) {
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_lobi-hub"))
            .arg("--data")
            .arg(folder.path())
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .env("RUST_LOG", "warn")
            .env("LOBI_LIMITS", "off")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let took = begun.elapsed();
        let address = line.trim().strip_prefix("lobi-hub ready http://").expect("the hub starts").to_owned();
        (Bench { child, address }, took)
    }

    /// What the program holds in memory.
    pub fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    /// Stops it in good order.
    pub fn stop(mut self) {
        let _ = Command::new("sh").args(["-c", &format!("kill {}", self.child.id())]).status();
        self.child.wait().unwrap();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
