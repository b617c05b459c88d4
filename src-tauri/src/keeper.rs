//! Brings a kiosk or TV back after a crash: this process does nothing but watch the real one and start it again.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// A program that ran this long before it crashed is started again at once.
const RAN_WELL: Duration = Duration::from_secs(60);
/// The longest pause between two starts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Runs this program without `--keep-running` until it ends by itself; after a crash it is started again, with growing
/// pauses when it crashes at once.
pub fn keep_running() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--keep-running").collect();
    let Ok(program) = std::env::current_exe() else { return ExitCode::FAILURE };
    let mut pause = Duration::ZERO;
    loop {
        let began = Instant::now();
        match Command::new(&program).args(&arguments).status() {
            Ok(status) if status.success() => return ExitCode::SUCCESS,
            Ok(status) => tracing::error!(%status, "the program ended unexpectedly"),
            Err(error) => tracing::error!(%error, "the program does not start"),
        }
        pause = next_pause(pause, began.elapsed());
        std::thread::sleep(pause);
    }
}

/// How long to wait before the next start.
fn next_pause(last: Duration, ran: Duration) -> Duration {
    if ran >= RAN_WELL { Duration::ZERO } else { (last * 2).clamp(Duration::from_secs(1), LONGEST_PAUSE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_crashes_at_once_is_not_started_in_a_frenzy() {
        let quick = Duration::from_secs(2);
        let pauses: Vec<u64> =
            std::iter::successors(Some(Duration::ZERO), |last| Some(next_pause(*last, quick)))
                .take(8)
                .map(|pause| pause.as_secs())
                .collect();
        assert_eq!(pauses, [0, 1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(next_pause(LONGEST_PAUSE, RAN_WELL), Duration::ZERO);
    }
}
