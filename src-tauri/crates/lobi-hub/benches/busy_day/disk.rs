//! How long this disk takes to make something durable: every other figure is read beside it.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use hdrhistogram::Histogram;

/// Appends 4 KiB and syncs, `count` times; microseconds.
pub fn sync_times(folder: &Path, count: usize) -> Histogram<u64> {
    let mut times = Histogram::new(3).unwrap();
    let path = folder.join("sync-probe");
    let mut file = File::create(&path).unwrap();
    for _ in 0..count {
        file.write_all(&[7; 4096]).unwrap();
        let begun = Instant::now();
        file.sync_data().unwrap();
        times.record(begun.elapsed().as_micros().max(1) as u64).unwrap();
    }
    std::fs::remove_file(path).unwrap();
    times
}
