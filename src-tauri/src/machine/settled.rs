//! This machine as it runs, beside what stands in `lobi.toml`: `--mode` and `--hub` are for one run, and another mode of
//! this PC may write into the same file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::machine::file::{self, MachineError};
use crate::machine::mode::Mode;
use crate::machine::settings::{HubPlace, Machine};

/// What changes while the program runs.
#[derive(Clone, Debug)]
pub enum Change {
    /// Somebody set the machine up; its own id, and what it remembers of the admin, stay.
    SetUp(Box<Machine>),
    /// The site at the hub's address turned out to be this one.
    Site(String),
    /// The hub was found again at another address.
    Moved(String),
    /// An admin's password was right; this is its hash.
    Admin(String),
}

impl Change {
    fn make(&self, machine: &mut Machine) {
        match self {
            Change::SetUp(wished) => {
                let (id, admin_hash) = (machine.id.clone(), machine.admin_hash.clone());
                *machine = Machine { id, admin_hash, ..Machine::clone(wished) };
            }
            Change::Site(id) => machine.hub.id.clone_from(id),
            Change::Moved(url) => machine.hub.url.clone_from(url),
            Change::Admin(hash) => machine.admin_hash.clone_from(hash),
        }
    }
}

/// The settings while the program runs.
pub struct Settled {
    path: PathBuf,
    known: Mutex<Known>,
    /// Held while the file is written, so that two changes do not pass each other; nobody who reads waits for it.
    writing: Mutex<()>,
}

struct Known {
    running: Machine,
    stored: Machine,
}

impl Settled {
    /// Reads `lobi.toml`; what is said here outranks it for one run.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub fn read(path: PathBuf, mode: Option<Mode>, hub: Option<String>) -> Result<Settled, MachineError> {
        let stored = file::read(&path)?;
        let mut running = stored.clone();
        running.mode = mode.or(running.mode);
        if let Some(url) = hub {
            running.hub = HubPlace { url, ..HubPlace::default() };
        }
        Ok(Settled { path, known: Mutex::new(Known { running, stored }), writing: Mutex::default() })
    }

    /// Where `lobi.toml` is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// This machine as it runs. Never waits for the disk.
    pub fn machine(&self) -> Machine {
        self.known().running.clone()
    }

    /// This machine as it stands in `lobi.toml`.
    pub fn stored(&self) -> Machine {
        self.known().stored.clone()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes this machine and writes it down, on a thread that may wait for the disk.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub async fn change(self: &Arc<Self>, change: Change) -> Result<(), String> {
        let settled = Arc::clone(self);
        let written = tokio::task::spawn_blocking(move || settled.change_and_wait(&change)).await;
        written.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
    }

    fn change_and_wait(&self, change: &Change) -> Result<(), MachineError> {
        let _one_after_the_other = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = file::change_at(&self.path, &self.stored(), |machine| change.make(machine))?;
        let mut known = self.known();
        known.stored = stored;
        change.make(&mut known.running);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn a_machine(folder: &tempfile::TempDir, mode: Option<Mode>, hub: Option<&str>) -> Arc<Settled> {
        let path = folder.path().join("lobi.toml");
        std::fs::write(&path, "id = \"K\"\nmode = \"kiosk\"\n[hub]\nurl = \"http://hub\"\n").unwrap();
        Arc::new(Settled::read(path, mode, hub.map(str::to_owned)).unwrap())
    }

    #[tokio::test]
    async fn what_the_command_line_said_is_for_one_run_and_never_written() {
        let folder = tempfile::tempdir().unwrap();
        let settled = a_machine(&folder, Some(Mode::Tv), Some("http://other"));
        settled.change(Change::Admin("hash".into())).await.unwrap();
        let running = settled.machine();
        assert_eq!((running.mode, running.hub.url.as_str()), (Some(Mode::Tv), "http://other"));
        let stored = file::read(settled.path()).unwrap();
        assert_eq!((stored.mode, stored.hub.url.as_str()), (Some(Mode::Kiosk), "http://hub"));
        assert_eq!((running.admin_hash.as_str(), stored.admin_hash.as_str()), ("hash", "hash"));
        assert_eq!(stored, settled.stored());
    }

    #[tokio::test]
    async fn a_machine_that_was_set_up_is_as_wished_but_for_its_name_for_itself_and_its_memory() {
        let folder = tempfile::tempdir().unwrap();
        let settled = a_machine(&folder, Some(Mode::Tv), Some("http://other"));
        settled.change(Change::Admin("hash".into())).await.unwrap();
        let hub = HubPlace { url: "http://new".into(), ..HubPlace::default() };
        let wished = Machine { id: "X".into(), mode: Some(Mode::Counter), hub, ..Machine::default() };
        settled.change(Change::SetUp(Box::new(wished.clone()))).await.unwrap();
        let expected = Machine { id: "K".into(), admin_hash: "hash".into(), ..wished };
        assert_eq!((settled.machine(), settled.stored()), (expected.clone(), expected.clone()));
        assert_eq!(file::read(settled.path()).unwrap(), expected);
    }

    #[tokio::test]
    async fn what_another_mode_wrote_stays_in_the_file_and_does_not_change_what_runs() {
        let folder = tempfile::tempdir().unwrap();
        let settled = a_machine(&folder, None, None);
        file::change_at(settled.path(), &Machine::default(), |machine| machine.mode = Some(Mode::Tv))
            .unwrap();
        settled.change(Change::Site("SITE".into())).await.unwrap();
        settled.change(Change::Moved("http://moved".into())).await.unwrap();
        assert_eq!((settled.machine().mode, settled.stored().mode), (Some(Mode::Kiosk), Some(Mode::Tv)));
        for machine in [settled.machine(), settled.stored()] {
            assert_eq!((machine.hub.id.as_str(), machine.hub.url.as_str()), ("SITE", "http://moved"));
        }
    }

    #[tokio::test]
    async fn a_change_that_cannot_be_written_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let settled = a_machine(&folder, None, None);
        let before = settled.machine();
        std::fs::write(settled.path(), "zonk = 1\n").unwrap();
        assert!(settled.change(Change::Site("SITE".into())).await.is_err());
        assert_eq!((settled.machine(), settled.stored()), (before.clone(), before));
    }

    /// On one thread: this would stand still if a change waited for the file on it.
    #[tokio::test(flavor = "current_thread")]
    async fn everything_else_goes_on_while_a_change_waits_for_another_mode_to_finish_writing() {
        let folder = tempfile::tempdir().unwrap();
        let settled = a_machine(&folder, None, None);
        let other_mode = File::create(settled.path().with_extension("toml.lock")).unwrap();
        other_mode.lock().unwrap();
        let changing = tokio::spawn({
            let settled = Arc::clone(&settled);
            async move { settled.change(Change::Site("SITE".into())).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(settled.machine().hub.id, "", "and whoever reads does not wait either");
        assert!(!changing.is_finished());
        other_mode.unlock().unwrap();
        changing.await.unwrap().unwrap();
        assert_eq!(settled.machine().hub.id, "SITE");
    }
}
