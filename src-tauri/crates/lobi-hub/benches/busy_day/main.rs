//! One honest busy day: the real program, real HTTP and WebSocket, every answer synced to disk, client and hub on the
//! same machine. Prints a table beside this disk's sync time; `-- --quick` runs a smaller day.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that fails should stop, one that runs should tell"
)]

mod client;
mod crowd;
mod disk;
mod hub;
mod reports;
mod search;

use std::time::Duration;

use hdrhistogram::Histogram;

use client::Load;
use hub::{Bench, Folder};

/// How much of a day is played.
#[derive(Clone, Copy)]
struct Size {
    single: usize,
    seconds: u64,
    burst: usize,
    listeners: [usize; 2],
    old_tickets: u32,
    /// People who gave their names today.
    patients: usize,
}

const FULL: Size = Size {
    single: 3_000,
    seconds: 5,
    burst: 10_000,
    listeners: [1_000, 10_000],
    old_tickets: 1_000_000,
    patients: 200_000,
};
const QUICK: Size = Size {
    single: 300,
    seconds: 1,
    burst: 1_000,
    listeners: [100, 1_000],
    old_tickets: 20_000,
    patients: 2_000,
};

fn main() {
    let size = if std::env::args().any(|argument| argument == "--quick") { QUICK } else { FULL };
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(day(size));
}

async fn day(size: Size) {
    let empty = Folder::new();
    let sync = disk::sync_times(empty.path(), 500);
    println!("\n## A busy day\n");
    println!(
        "Sync time of this disk (append 4 KiB + fdatasync): S = {} p50, {} p99\n",
        ms(&sync, 0.5),
        ms(&sync, 0.99)
    );
    println!("| what | empty | with {} old tickets | bar (DESIGN §8) |\n|---|---|---|---|", size.old_tickets);
    let crowded = Folder::new();
    crowded.fill_with_the_past(size.old_tickets).await;
    let (first, second) = (play(&empty, size).await, play(&crowded, size).await);
    for ((what, one, bar), (_, other, _)) in first.into_iter().zip(second) {
        println!("| {what} | {one} | {other} | {} |", bar.replace("{S}", &ms(&sync, 0.5)));
    }
    println!();
}

type Row = (String, String, &'static str);

/// Everything that is measured, on one folder.
async fn play(folder: &Folder, size: Size) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = |what: &str, value: String, bar| rows.push((what.to_owned(), value, bar));

    let mut starts = Vec::new();
    for _ in 0..5 {
        let (hub, took) = Bench::start(folder);
        starts.push(took);
        hub.stop();
    }
    starts.sort();
    row("start, program to “ready”, median of 5", format!("{} ms", starts[2].as_millis()), "≤ 100 ms");

    let (hub, _) = Bench::start(folder);
    tokio::time::sleep(Duration::from_secs(2)).await;
    row("memory idle (RSS)", format!("{:.1} MB", hub.memory_mb()), "≤ 60 MB");

    let single = client::load(&hub, Load { connections: 1, requests: Some(size.single), time: None }).await;
    row(
        "one ticket at a time, p50 / p99",
        format!("{} / {}", ms(&single.latency, 0.5), ms(&single.latency, 0.99)),
        "p99 ≤ 3·S + 3 ms (S = {S})",
    );
    for connections in [1, 16, 256] {
        let time = Some(Duration::from_secs(size.seconds));
        let load = client::load(&hub, Load { connections, requests: None, time }).await;
        row(
            &format!("durable tickets over HTTP, {connections} connection(s)"),
            format!("{:.0}/s, p99 {}", load.per_second(), ms(&load.latency, 0.99)),
            if connections == 256 { "≥ 15,000/s" } else { "" },
        );
    }
    let burst = client::burst(&hub, size.burst).await;
    row(
        &format!("{} requests at once, each on its own connection", size.burst),
        format!("all in {} ms, p99 {}", burst.took.as_millis(), ms(&burst.latency, 0.99)),
        "p99 ≤ 1 s",
    );
    hub.stop();

    for listeners in size.listeners {
        let (hub, _) = Bench::start(folder);
        let before = hub.memory_mb();
        let crowd = crowd::listen(&hub, listeners).await;
        row(
            &format!("call → {listeners} listeners, p50 / p99"),
            format!("{} / {}", ms(&crowd.latency, 0.5), ms(&crowd.latency, 0.99)),
            if listeners == 10_000 { "p99 ≤ 200 ms" } else { "" },
        );
        let each = (crowd.memory_mb - before) * 1024.0 / listeners as f64;
        row(&format!("memory per listener, {listeners} connected"), format!("{each:.1} KB"), "≤ 10 KB");
        hub.stop();
    }

    let (hub, _) = Bench::start(folder);
    let [month, year] = reports::month_and_year(&hub).await;
    row("a month's report, median of 5", format!("{} ms", month.as_millis()), "");
    row("a year's report, median of 5", format!("{} ms", year.as_millis()), "≤ 1 s");
    search::fill_the_day(&hub, size.patients).await;
    let found = search::by_name(&hub, size.patients).await;
    row(
        &format!("a name among {} people of today, p50 / p99", size.patients),
        format!("{} / {}", ms(&found, 0.5), ms(&found, 0.99)),
        "",
    );
    let found = search::by_record(&hub, size.patients).await;
    row(
        &format!("a patient among {} records, p50 / p95", size.patients),
        format!("{} / {}", ms(&found, 0.5), ms(&found, 0.95)),
        "p95 ≤ 50 ms",
    );
    hub.stop();
    rows
}

/// A quantile of microseconds as milliseconds.
fn ms(times: &Histogram<u64>, quantile: f64) -> String {
    format!("{:.2} ms", times.value_at_quantile(quantile) as f64 / 1000.0)
}
