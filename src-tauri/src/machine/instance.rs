//! One window per mode and machine: a second start of the same mode shows the first one instead.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often the running program looks whether somebody started it again.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long a second start waits for the first to show itself; one that is just ending never does.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// Held while this program is the one of its mode.
pub struct Instance {
    _lock: File,
    show: PathBuf,
}

impl Instance {
    /// Becomes the one program of that name in this folder; nothing when it runs already: then it is asked to show itself.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn claim(folder: &Path, name: &str) -> std::io::Result<Option<Instance>> {
        Instance::claim_within(folder, name, ANSWERS_WITHIN)
    }

    fn claim_within(folder: &Path, name: &str, patience: Duration) -> std::io::Result<Option<Instance>> {
        std::fs::create_dir_all(folder)?;
        let show = folder.join(format!("{name}.show"));
        let lock = File::create(folder.join(format!("{name}.lock")))?;
        let (mut asked, began) = (false, Instant::now());
        loop {
            match lock.try_lock() {
                Ok(()) => {
                    let _ = std::fs::remove_file(&show);
                    return Ok(Some(Instance { _lock: lock, show }));
                }
                Err(TryLockError::WouldBlock) if !asked => {
                    File::create(&show)?;
                    asked = true;
                }
                // It took the note away: it runs and shows itself.
                Err(TryLockError::WouldBlock) if !show.exists() || began.elapsed() > patience => {
                    return Ok(None);
                }
                // It may be ending, because it restarts into this very program.
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK_EVERY / 10),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }

    /// Calls back whenever somebody started the program again, for as long as it runs.
    pub async fn when_started_again(self, mut show: impl FnMut()) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if std::fs::remove_file(&self.show).is_ok() {
                show();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_program_of_a_mode_asks_the_first_to_show_itself() {
        let folder = tempfile::tempdir().unwrap();
        let first = Instance::claim(folder.path(), "tv").unwrap().unwrap();
        let second = Instance::claim_within(folder.path(), "tv", Duration::ZERO).unwrap();
        assert!(second.is_none());
        assert!(first.show.exists());
        assert!(
            Instance::claim(folder.path(), "kiosk").unwrap().is_some(),
            "another mode is another program"
        );
        let ending = std::thread::spawn(move || drop(first));
        assert!(
            Instance::claim(folder.path(), "tv").unwrap().is_some(),
            "one that is just ending is waited for"
        );
        ending.join().unwrap();
    }
}
