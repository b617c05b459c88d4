//! A frugal HTTP client: it shares two cores with the hub, so it does no more than write a request, read an answer and
//! check that it is a ticket.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Barrier, Semaphore};
use tokio::task::JoinSet;

use crate::hub::Bench;

/// How hard to press.
#[derive(Clone, Copy)]
pub struct Load {
    pub connections: usize,
    /// Per connection; or as many as fit into `time`.
    pub requests: Option<usize>,
    pub time: Option<Duration>,
}

/// What came of it. Times in microseconds.
pub struct Measured {
    pub latency: Histogram<u64>,
    pub took: Duration,
}

impl Measured {
    pub fn per_second(&self) -> f64 {
        self.latency.len() as f64 / self.took.as_secs_f64()
    }
}

static KEY: AtomicU64 = AtomicU64::new(0);

/// A connection that takes numbers.
pub struct Kiosk {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Kiosk {
    pub async fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Kiosk { stream, buffer: Vec::with_capacity(2048) }
    }

    /// Takes a number as a kiosk does, with an idempotency key; panics unless it is acknowledged.
    pub async fn take(&mut self) {
        self.take_in_the_name_of("").await;
    }

    /// Takes a number; `name` is a member of the request's JSON, or nothing.
    pub async fn take_in_the_name_of(&mut self, name: &str) {
        let key = KEY.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let poli = ["umum", "gigi", "kia", "lansia"][key as usize % 4];
        let body = format!("{{\"poli\":\"{poli}\"{name}}}");
        let answer =
            self.post("/api/register", &format!("Idempotency-Key: bench-{process}-{key}\r\n"), &body).await;
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    }

    /// Signs the demonstration's admin in; gives the header that proves it.
    pub async fn sign_in(&mut self) -> String {
        let answer = self.post("/api/login", "", r#"{"username":"admin","password":"lobi-demo"}"#).await;
        let token = answer.split("\"token\":\"").nth(1).unwrap().split('"').next().unwrap();
        format!("Authorization: Bearer {token}\r\n")
    }

    /// Posts JSON and gives the whole answer.
    pub async fn post(&mut self, path: &str, headers: &str, body: &str) -> String {
        self.ask("POST", path, headers, body).await
    }

    /// Sends a request and gives the whole answer.
    pub async fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await.unwrap();
        self.buffer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(read > 0, "the hub closed the connection");
            if let Some(head) = find(&self.buffer, b"\r\n\r\n") {
                let head_text = std::str::from_utf8(&self.buffer[..head]).unwrap();
                let length = head_text.lines().find_map(|line| line.strip_prefix("content-length: "));
                if self.buffer.len() >= head + 4 + length.map_or(0, |length| length.parse().unwrap()) {
                    return String::from_utf8_lossy(&self.buffer).into_owned();
                }
            }
        }
    }
}

pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Takes numbers on several connections, each as soon as the last was answered.
pub async fn load(hub: &Bench, load: Load) -> Measured {
    let begun = Instant::now();
    let until = load.time.map(|time| begun + time);
    let mut work = JoinSet::new();
    for _ in 0..load.connections {
        let address = hub.address.clone();
        work.spawn(async move {
            let mut kiosk = Kiosk::connect(&address).await;
            let mut latencies = Vec::new();
            while load.requests.is_none_or(|most| latencies.len() < most)
                && until.is_none_or(|until| Instant::now() < until)
            {
                let asked = Instant::now();
                kiosk.take().await;
                latencies.push(asked.elapsed());
            }
            latencies
        });
    }
    gather(work, begun).await
}

/// As many connections as requests, opened first, then everybody asks at the same moment.
pub async fn burst(hub: &Bench, requests: usize) -> Measured {
    let ready = Arc::new(Barrier::new(requests + 1));
    let connecting = Arc::new(Semaphore::new(64));
    let mut work = JoinSet::new();
    for _ in 0..requests {
        let (address, ready, connecting) = (hub.address.clone(), Arc::clone(&ready), Arc::clone(&connecting));
        work.spawn(async move {
            let place = connecting.acquire().await.unwrap();
            let mut kiosk = Kiosk::connect(&address).await;
            drop(place);
            ready.wait().await;
            let asked = Instant::now();
            kiosk.take().await;
            vec![asked.elapsed()]
        });
    }
    ready.wait().await;
    gather(work, Instant::now()).await
}

async fn gather(work: JoinSet<Vec<Duration>>, begun: Instant) -> Measured {
    let all = work.join_all().await;
    let took = begun.elapsed();
    let mut latency = Histogram::new(3).unwrap();
    all.iter().flatten().for_each(|one| latency.record(one.as_micros() as u64).unwrap());
    Measured { latency, took }
}
