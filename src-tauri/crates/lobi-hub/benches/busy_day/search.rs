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
                connection.take_in_the_name_of(&format!(",\"nama\":\"Siti Rahmawati {patient}\"")).await;
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
        let path = format!("/api/dashboard/queues?cari=rahmawati%20{patient}");
        let answer = desk.ask("GET", &path, &signed_in, "").await;
        latency.record(asked.elapsed().as_micros() as u64).unwrap();
        assert!(answer.contains(&format!("Siti Rahmawati {patient}\"")), "{answer}");
    }
    latency
}
