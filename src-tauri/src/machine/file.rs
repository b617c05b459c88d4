//! `lobi.toml` on disk: read, changed under a lock, written whole or not at all, and readable for its owner alone,
//! because the admin's password stands in it as a hash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::from_hub::new_id;
use crate::machine::settings::Machine;

/// Why `lobi.toml` cannot be used.
#[derive(Debug, Error)]
pub enum MachineError {
    /// It cannot be read or written.
    #[error("{path}: {reason}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// It says something that Lobi does not understand.
    #[error("{path}: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where and what.
        reason: toml::de::Error,
    },
}

/// Reads the file; a missing one is a machine that nobody set up yet. Every machine has an id afterwards.
///
/// # Errors
/// [`MachineError`]; an unreadable file is never overwritten.
pub fn read(path: &Path) -> Result<Machine, MachineError> {
    let mut machine = written(path)?.unwrap_or_default();
    if !machine.admin_hash.is_empty() {
        close_to_others(path);
    }
    if machine.id.is_empty() {
        machine.id = new_id();
    }
    Ok(machine)
}

/// What the file says, if there is one.
fn written(path: &Path) -> Result<Option<Machine>, MachineError> {
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map(Some)
            .map_err(|reason| MachineError::Malformed { path: path.to_owned(), reason }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(MachineError::Io { path: path.to_owned(), reason }),
    }
}

/// Changes what the file says now: another mode of this PC may have written it since it was read here as `known`.
/// Gives what stands there afterwards. Waits for the other mode and for the disk.
///
/// # Errors
/// [`MachineError`]; then nothing changed.
pub fn change_at(
    path: &Path,
    known: &Machine,
    change: impl FnOnce(&mut Machine),
) -> Result<Machine, MachineError> {
    let failed = |reason| MachineError::Io { path: path.to_owned(), reason };
    fs::create_dir_all(folder_of(path)).map_err(failed)?;
    let lock = File::create(path.with_extension("toml.lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let mut machine = written(path)?.unwrap_or_else(|| known.clone());
    if machine.id.is_empty() {
        machine.id.clone_from(&known.id);
    }
    change(&mut machine);
    let text = toml::to_string_pretty(&machine).map_err(|error| failed(io::Error::other(error)))?;
    replace(path, &text).map_err(failed)?;
    Ok(machine)
}

/// Writes the file whole or not at all: a power cut leaves the old one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("toml.new");
    // One that a power cut left has the rights and the owner of then.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = owners_only(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    #[cfg(unix)]
    File::open(folder_of(path))?.sync_all()?;
    Ok(())
}

/// Makes a file that nobody but its owner may ever have opened. On Windows the folder of the user decides.
fn owners_only(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes from everybody but the owner what an older version left open.
#[cfg(unix)]
fn close_to_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let open = fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0);
    if open && let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
        tracing::warn!(path = %path.display(), %error, "others may read this machine's settings");
    }
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path) {}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The usual place of `lobi.toml` and of a hub's data on this system.
pub fn usual_folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("id", "", "lobi")
}

#[cfg(test)]
mod tests {
    use lobi_devices::printer::settings::PrinterSettings;

    use super::*;
    use crate::machine::mode::Mode;
    use crate::machine::settings::HubPlace;

    fn a_machine() -> Machine {
        Machine {
            id: "7K3M9QX2AB".into(),
            name: "Kiosk pintu utama".into(),
            mode: Some(Mode::Kiosk),
            zone: "lobi".into(),
            hub: HubPlace { url: "http://192.168.1.5:4040".into(), id: "SITE".into(), ..HubPlace::default() },
            printer: Some(PrinterSettings::at("tcp://192.168.1.50".parse().unwrap())),
            ..Machine::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/lobi.toml");
        change_at(&path, &a_machine(), |_| ()).unwrap();
        assert_eq!(read(&path).unwrap(), a_machine());
        assert!(!path.with_extension("toml.new").exists());
    }

    #[test]
    fn what_another_mode_of_this_pc_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        let kiosk = a_machine();
        let written = change_at(&path, &kiosk, |_| ()).unwrap();
        assert_eq!(written, kiosk, "the first one makes the file");
        change_at(&path, &kiosk, |machine| machine.printer = None).unwrap();
        let noted = change_at(&path, &kiosk, |machine| machine.admin_hash = "hash".into()).unwrap();
        assert_eq!((noted.printer, noted.admin_hash.as_str()), (None, "hash"));
        std::fs::write(&path, "zone = \"lobi\"\n").unwrap();
        let other = change_at(&path, &kiosk, |machine| machine.name = "TV".into()).unwrap();
        assert_eq!((other.id, other.zone, other.mode), (kiosk.id.clone(), "lobi".into(), None));
        std::fs::write(&path, "zonk = 1\n").unwrap();
        assert!(change_at(&path, &kiosk, |_| ()).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "zonk = 1\n", "a slip of the pen is left alone");
    }

    #[test]
    fn a_new_machine_has_an_id_and_no_mode() {
        let folder = tempfile::tempdir().unwrap();
        let machine = read(&folder.path().join("lobi.toml")).unwrap();
        assert_eq!(machine.mode, None);
        assert_eq!(machine.id.len(), 10);
    }

    #[test]
    fn a_file_with_a_slip_of_the_pen_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        std::fs::write(&path, "mode = \"kios\"\n").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("lobi.toml") && error.contains("kios"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mode = \"kios\"\n");
    }

    #[cfg(unix)]
    fn rights(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[cfg(unix)]
    fn open_to_all(path: &Path) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666)).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        change_at(&path, &a_machine(), |_| ()).unwrap();
        assert_eq!(rights(&path), 0o600);

        // An older version left the file open to everybody, and one beside it from a power cut.
        open_to_all(&path);
        let beside = path.with_extension("toml.new");
        std::fs::write(&beside, "half a fi").unwrap();
        open_to_all(&beside);
        change_at(&path, &a_machine(), |machine| machine.admin_hash = "hash".into()).unwrap();
        assert_eq!(rights(&path), 0o600);
        assert_eq!(read(&path).unwrap().admin_hash, "hash");
        assert!(!beside.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_hash_that_an_older_version_left_open_is_closed_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        for (toml, kept) in [("admin_hash = \"hash\"\n", 0o600), ("name = \"TV\"\n", 0o666)] {
            std::fs::write(&path, toml).unwrap();
            open_to_all(&path);
            read(&path).unwrap();
            assert_eq!(rights(&path), kept, "{toml}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), toml);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_written_leaves_the_old_file_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        change_at(&path, &a_machine(), |_| ()).unwrap();
        // Something that cannot be replaced is in the way of the new file.
        std::fs::create_dir_all(path.with_extension("toml.new").join("in the way")).unwrap();
        assert!(change_at(&path, &a_machine(), |machine| machine.name = "TV".into()).is_err());
        assert_eq!(read(&path).unwrap(), a_machine());
    }

    #[test]
    fn a_change_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        let mut made = 0;
        change_at(&path, &a_machine(), |_| made += 1).unwrap();
        assert_eq!(made, 1);
    }
}
