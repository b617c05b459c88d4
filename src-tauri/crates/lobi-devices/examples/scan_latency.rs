//! Prints how long it takes from a code coming into view to the hit, with a preview running beside: through a pipe at
//! 30 frames a second. `--release` for true times. Linux and macOS.

#![expect(clippy::print_stdout, reason = "it prints measurements")]

#[expect(dead_code, reason = "the table has words, this has none")]
#[path = "../tests/pictures/mod.rs"]
mod pictures;

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    let rounds: u64 = std::env::args().nth(1).and_then(|given| given.parse().ok()).unwrap_or(5);
    for (width, height) in [(640, 480), (1280, 720)] {
        measure::run(width, height, rounds)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn main() {
    println!("this measurement needs named pipes");
}

#[cfg(unix)]
mod measure {
    use std::fs::{self, File, OpenOptions};
    use std::io::{self, Write};
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
    use std::thread;
    use std::time::{Duration, Instant};

    use lobi_devices::camera::sight::Sight;
    use lobi_devices::camera::source::Source;
    use lobi_devices::camera::viewfinder::{Settings, Viewfinder};

    use crate::pictures::{Condition, Dice, draw, room};

    const FRAME: Duration = Duration::from_nanos(33_333_333);

    pub fn run(width: usize, height: usize, rounds: u64) -> io::Result<()> {
        let path = std::env::temp_dir().join(format!("lobi-latency-{}.y4m", std::process::id()));
        std::process::Command::new("mkfifo").arg(&path).status()?;
        // A code counts as gone sooner than at a desk, so that the measurement does not take for ever.
        let settings = Settings { gone_after: 300, ..Settings::new(Source::File(path.clone())) };
        let (viewfinder, sights) = Viewfinder::open(settings)?;
        let mut pipe = OpenOptions::new().write(true).open(&path)?;
        writeln!(pipe, "YUV4MPEG2 W{width} H{height} F30:1 Cmono")?;
        let (done, shown) = (AtomicBool::new(false), AtomicU32::new(0));
        let (mut latencies, mut missed) = (Vec::new(), 0);
        let began = Instant::now();
        let mut drawing = Duration::ZERO;
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut preview = viewfinder.preview(20.0, 640);
                while !done.load(Ordering::Relaxed) {
                    shown.fetch_add(
                        u32::from(preview.next_jpeg(Duration::from_millis(200)).is_some()),
                        Ordering::Relaxed,
                    );
                }
            });
            for (at, condition) in (0..rounds).flat_map(|round| Condition::ALL.map(|one| (round, one))) {
                let before = Instant::now();
                let (with, without) =
                    (draw(condition, width, height, at), room(width, height, &mut Dice::new(at + 900)));
                drawing += before.elapsed();
                show(&mut pipe, &without.bytes(), 18)?;
                while sights.try_recv().is_ok() {}
                let first = viewfinder.now();
                show(&mut pipe, &with.bytes(), 1)?;
                let mut frames = 1;
                let read = loop {
                    match sights.try_recv() {
                        Ok(Sight::Hit(hit)) => break Some(hit.read),
                        Ok(Sight::Health(_)) => {}
                        Err(_) if frames > 30 => break None,
                        Err(_) => {
                            show(&mut pipe, &with.bytes(), 1)?;
                            frames += 1;
                        }
                    }
                };
                match read {
                    Some(read) => latencies.push(read.saturating_sub(first)),
                    None => missed += 1,
                }
            }
            done.store(true, Ordering::Relaxed);
            io::Result::Ok(())
        })?;
        let seconds = (began.elapsed() - drawing).as_secs_f64();
        fs::remove_file(&path)?;
        latencies.sort_unstable();
        let part = |part: f64| latencies[((latencies.len() - 1) as f64 * part).round() as usize];
        println!(
            "{width}x{height}: code in view to hit p50 {} ms, p95 {} ms, worst {} ms; {} read, {missed} not within 1 s; \
             preview {:.1} pictures a second",
            part(0.5),
            part(0.95),
            part(1.0),
            latencies.len(),
            f64::from(shown.load(Ordering::Relaxed)) / seconds
        );
        Ok(())
    }

    fn show(pipe: &mut File, luma: &[u8], times: u32) -> io::Result<()> {
        for _ in 0..times {
            let next = Instant::now() + FRAME;
            pipe.write_all(b"FRAME\n")?;
            pipe.write_all(luma)?;
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        Ok(())
    }
}
