//! A name that somebody at a desk looks for, among everybody who ever came today.

use std::time::Instant;

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::client::Kiosk;
use crate::hub::Bench;

/// How often a name is looked for.
const SEARCHES: usize = 40;
/// Kiosks at which people give their names.
const KIOSKS: usize = 64;

/// Gives every one of `patients` people a number in their own name.
pub async fn fill_the_day(hub: &Bench, patients: usize) {
    let mut work = JoinSet::new();
    for kiosk in 0..KIOSKS {
        let address = hub.address.clone();
        work.spawn(async move {
            let mut connection = Kiosk::connect(&address).await;
            for patient in (kiosk..patients).step_by(KIOSKS) {
                let name = format!(",\"nama\":\"{} {patient}\"", name_of(patient));
                // A telephone of their own makes a record of everybody.
                let phone = format!(",\"no_hp\":\"0812{:07}\"", 1_000_000 + patient);
                connection.take_in_the_name_of(&(name + &phone)).await;
            }
        });
    }
    work.join_all().await;
}

/// Microseconds of one search after the other, each for somebody else.
pub async fn by_name(hub: &Bench, patients: usize) -> Histogram<u64> {
    let mut desk = Kiosk::connect(&hub.address).await;
    let signed_in = desk.sign_in().await;
    let mut latency = Histogram::new(3).unwrap();
    for turn in 0..SEARCHES {
        let patient = patients - 1 - turn * 7;
        let asked = Instant::now();
        let last = LAST[patient / FIRST.len() % LAST.len()];
        let path = format!("/api/dashboard/queues?cari={last}%20{patient}");
        let answer = desk.ask("GET", &path, &signed_in, "").await;
        latency.record(asked.elapsed().as_micros() as u64).unwrap();
        assert!(answer.contains(&format!("{} {patient}\"", name_of(patient))), "{answer}");
    }
    latency
}

/// Microseconds of one search among all patients after the other, as desks type them: common names begun and misspelled, two
/// words, initials, the last digits of a telephone, a whole one.
pub async fn by_record(hub: &Bench, patients: usize) -> Histogram<u64> {
    let mut desk = Kiosk::connect(&hub.address).await;
    let signed_in = desk.sign_in().await;
    let mut latency = Histogram::new(3).unwrap();
    for turn in 0..SEARCHES {
        let patient = turn * patients / SEARCHES;
        let phone = 1_000_000 + patient;
        let typed = [
            "muhamad".to_owned(),
            "mochammad%20yusup".to_owned(),
            format!("sitti%20rachma%20{:04}", phone % 10_000),
            "s%20r".to_owned(),
            "rah".to_owned(),
            format!("{:04}", phone % 10_000),
            format!("0812{phone:07}"),
            "zulkarnain".to_owned(),
        ];
        for typed in typed {
            let asked = Instant::now();
            let path = format!("/api/patients?q={typed}&per_page=50");
            let answer = desk.ask("GET", &path, &signed_in, "").await;
            latency.record(asked.elapsed().as_micros() as u64).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        }
    }
    latency
}

const FIRST: [&str; 12] =
    ["Muhammad", "Siti", "Ahmad", "Nur", "Andi", "Sri", "Budi", "Rizky", "Dewi", "Abdul", "Fitri", "Joko"];
const LAST: [&str; 11] = [
    "Yusuf",
    "Rahmawati",
    "Hidayat",
    "Aminah",
    "Rahman",
    "Lestari",
    "Santoso",
    "Wahyuni",
    "Saputra",
    "Halim",
    "Kurniawan",
];

/// Somebody's name.
fn name_of(patient: usize) -> String {
    format!("{} {}", FIRST[patient % FIRST.len()], LAST[patient / FIRST.len() % LAST.len()])
}
