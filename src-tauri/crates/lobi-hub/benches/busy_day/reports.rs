//! What an admin waits for a report.

use std::time::{Duration, Instant};

use crate::client::Kiosk;
use crate::hub::Bench;

/// How long the reports of a month and of the year took in which every old number was given: the middle one of five.
pub async fn month_and_year(hub: &Bench) -> [Duration; 2] {
    let mut desk = Kiosk::connect(&hub.address).await;
    let signed_in = desk.sign_in().await;
    let mut took = [Duration::ZERO; 2];
    for (report, took) in ["monthly?month=2020-06", "yearly?year=2020"].into_iter().zip(&mut took) {
        let mut times = Vec::new();
        for _ in 0..5 {
            let asked = Instant::now();
            let answer = desk.ask("GET", &format!("/api/reports/{report}"), &signed_in, "").await;
            times.push(asked.elapsed());
            assert!(answer.contains("\"total\""), "{answer}");
        }
        times.sort();
        *took = times[2];
    }
    took
}
