//! One window per mode and machine: a second start of the same mode shows the first one instead.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often the running program looks whether somebody started it again.
const LOOK_EVERY: Duration = Duration::from_millis(500);

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
        std::fs::create_dir_all(folder)?;
        let show = folder.join(format!("{name}.show"));
        let lock = File::create(folder.join(format!("{name}.lock")))?;
        match lock.try_lock() {
            Ok(()) => {
                let _ = std::fs::remove_file(&show);
                Ok(Some(Instance { _lock: lock, show }))
            }
            Err(TryLockError::WouldBlock) => {
                File::create(show)?;
                Ok(None)
            }
            Err(TryLockError::Error(error)) => Err(error),
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
        assert!(Instance::claim(folder.path(), "tv").unwrap().is_none());
        assert!(first.show.exists());
        assert!(
            Instance::claim(folder.path(), "kiosk").unwrap().is_some(),
            "another mode is another program"
        );
        drop(first);
        assert!(Instance::claim(folder.path(), "tv").unwrap().is_some());
    }
}
