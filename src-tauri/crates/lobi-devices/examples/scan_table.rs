//! Prints how often and how fast a ticket's code is read under the conditions of a desk: `--release` for true times.

#![expect(clippy::print_stdout, reason = "it prints a table")]

#[path = "../tests/pictures/mod.rs"]
mod pictures;

use std::time::Instant;

use lobi_devices::scan::{Frame, decode};
use pictures::{ADDRESS, Condition, Dice, draw, room};

fn main() {
    let pictures: u64 = std::env::args().nth(1).and_then(|given| given.parse().ok()).unwrap_or(40);
    for (width, height) in [(640, 480), (1280, 720)] {
        println!("{width}x{height}, {pictures} pictures each     read    p50 ms   p95 ms");
        let mut all = Vec::new();
        for condition in Condition::ALL {
            let frames = (0..pictures).map(|seed| draw(condition, width, height, seed).bytes());
            let (read, times) = measure(width, height, frames);
            println!("{:<32} {:>4} % {}", condition.words(), read * 100 / pictures, quantiles(&times));
            all.extend(times);
        }
        println!("{:<32} {:>6} {}", "all conditions", "", quantiles(&all));
        let desks = (0..pictures).map(|seed| room(width, height, &mut Dice::new(seed)).bytes());
        let (_, times) = measure(width, height, desks);
        println!("{:<32} {:>6} {}\n", "no code: every look in vain", "", quantiles(&times));
    }
}

fn measure(width: usize, height: usize, frames: impl Iterator<Item = Vec<u8>>) -> (u64, Vec<f64>) {
    let mut read = 0;
    let mut times = Vec::new();
    for luma in frames {
        let Some(frame) = Frame::gray(width, height, luma, 0) else { continue };
        let began = Instant::now();
        read += u64::from(decode(&frame) == [ADDRESS]);
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    (read, times)
}

fn quantiles(times: &[f64]) -> String {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize];
    format!("{:>8.1} {:>8.1}", at(0.5), at(0.95))
}
