//! Brings a kiosk or TV back after a crash: this process does nothing but watch the real one and start it again.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// A program that ran this long before it crashed is started again at once.
const RAN_WELL: Duration = Duration::from_secs(60);
/// The longest pause between two starts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How a kept program asks to be started again: its settings changed.
pub const BEGIN_ANEW: i32 = 75;
/// Tells the program that somebody keeps it: this process, or a unit with `RestartForceExitStatus=75`.
const KEPT: &str = "LOBI_KEPT";

/// Whether somebody starts this program again when it ends with [`BEGIN_ANEW`].
pub fn is_kept() -> bool {
    std::env::var_os(KEPT).is_some()
}

/// Starts this program anew with its settings alone: what was said on the command line was for the last run. A kept
/// program is started by its keeper.
pub fn begin_anew(config: &std::path::Path) {
    if is_kept() {
        return;
    }
    let started =
        std::env::current_exe().and_then(|program| Command::new(program).arg("--config").arg(config).spawn());
    if let Err(error) = started {
        tracing::error!(%error, "the program does not start again");
    }
}

/// The arguments without what the settings say by now.
fn settled(arguments: Vec<String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--mode" | "--hub" => drop(arguments.next()),
            other if other.starts_with("--mode=") || other.starts_with("--hub=") => {}
            _ => kept.push(argument),
        }
    }
    kept
}

/// Runs this program without `--keep-running` until it ends by itself; after a crash it is started again, with growing
/// pauses when it crashes at once.
pub fn keep_running() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--keep-running").collect();
    let Ok(program) = std::env::current_exe() else { return ExitCode::FAILURE };
    let mut pause = Duration::ZERO;
    loop {
        let began = Instant::now();
        match Command::new(&program).args(&arguments).env(KEPT, "1").status() {
            Ok(status) if status.success() => return ExitCode::SUCCESS,
            Ok(status) if status.code() == Some(BEGIN_ANEW) => {
                arguments = settled(arguments);
                continue;
            }
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
    fn new_settings_outrank_what_was_said_at_the_first_start() {
        let said = ["--mode", "kiosk", "--config", "a.toml", "--hub=http://x"].map(str::to_owned).to_vec();
        assert_eq!(settled(said), ["--config", "a.toml"]);
    }

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
