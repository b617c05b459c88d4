//! `lobi.toml`: what belongs to this machine alone. Everything about the site is in the hub.

use std::path::{Path, PathBuf};

use lobi_devices::printer::settings::PrinterSettings;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::mode::Mode;

/// This machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Machine {
    /// Its own name for itself; made once, stays.
    pub id: String,
    /// Its name for people: "Kiosk pintu utama".
    pub name: String,
    /// What it is for; nothing until somebody chose.
    pub mode: Option<Mode>,
    /// The room it stands in: TVs of one zone are heard together.
    pub zone: String,
    /// Where the hub is.
    pub hub: HubPlace,
    /// Its printer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printer: Option<PrinterSettings>,
    /// How it speaks.
    pub speaker: SpeakerChoice,
    /// Its camera.
    pub camera: CameraChoice,
    /// Its window.
    pub window: WindowChoice,
    /// The admin's password as a hash, noted when it was last right, for when the hub is away.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub admin_hash: String,
}

/// Where the hub is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HubPlace {
    /// Whether this program runs the hub itself.
    pub here: bool,
    /// The data folder of a hub that runs here; empty: the usual place of this system.
    pub data: String,
    /// Where a hub that runs here listens; empty: every address of this machine, port 4040.
    pub listen: String,
    /// The hub's last known address.
    pub url: String,
    /// The site's id, by which the hub is found again when its address changes.
    pub id: String,
}

/// How this machine speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpeakerChoice {
    /// Whether it speaks at all.
    pub on: bool,
    /// 0–100.
    pub volume: u8,
    /// Local time when it falls silent, such as `20:00`; empty: never.
    pub quiet_from: String,
    /// Local time when it speaks again, such as `06:00`.
    pub quiet_until: String,
}

impl Default for SpeakerChoice {
    fn default() -> Self {
        SpeakerChoice { on: true, volume: 90, quiet_from: String::new(), quiet_until: String::new() }
    }
}

/// The camera of this machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CameraChoice {
    /// Empty: the first there is; otherwise its id, or `file:` and a path for pictures from a file.
    pub source: String,
}

/// The window of this machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WindowChoice {
    /// The name of the monitor it opens on; empty: the first.
    pub monitor: String,
    /// Whether the program starts with the computer.
    pub autostart: bool,
}

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

impl Machine {
    /// Reads the file; a missing one is a machine that nobody set up yet. Every machine has an id afterwards.
    ///
    /// # Errors
    /// [`MachineError`]; an unreadable file is never overwritten.
    pub fn read(path: &Path) -> Result<Machine, MachineError> {
        let mut machine = Machine::written(path)?.unwrap_or_default();
        if machine.id.is_empty() {
            machine.id = lobi_hub::secrets::ticket_code();
        }
        Ok(machine)
    }

    /// What the file says, if there is one.
    fn written(path: &Path) -> Result<Option<Machine>, MachineError> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text)
                .map(Some)
                .map_err(|reason| MachineError::Malformed { path: path.to_owned(), reason }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(reason) => Err(MachineError::Io { path: path.to_owned(), reason }),
        }
    }

    /// Changes what the file says now: another mode of this PC may have written it since it was read here. Gives what
    /// stands there afterwards.
    ///
    /// # Errors
    /// [`MachineError`]; then nothing changed.
    pub fn change_at(&self, path: &Path, change: impl Fn(&mut Machine)) -> Result<Machine, MachineError> {
        let failed = |reason| MachineError::Io { path: path.to_owned(), reason };
        std::fs::create_dir_all(folder_of(path)).map_err(failed)?;
        let lock = std::fs::File::create(path.with_extension("toml.lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let mut machine = Machine::written(path)?.unwrap_or_else(|| self.clone());
        if machine.id.is_empty() {
            machine.id.clone_from(&self.id);
        }
        change(&mut machine);
        machine.write(path)?;
        Ok(machine)
    }

    /// Writes the file whole or not at all: a power cut leaves the old one.
    ///
    /// # Errors
    /// [`MachineError::Io`].
    fn write(&self, path: &Path) -> Result<(), MachineError> {
        let failed = |reason| MachineError::Io { path: path.to_owned(), reason };
        let text = toml::to_string_pretty(self).map_err(|error| failed(std::io::Error::other(error)))?;
        let beside = path.with_extension("toml.new");
        let write = || {
            use std::io::Write;
            let mut file = std::fs::File::create(&beside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&beside, path)?;
            #[cfg(unix)]
            std::fs::File::open(folder_of(path))?.sync_all()?;
            Ok(())
        };
        write().map_err(failed)
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The usual place of `lobi.toml` and of a hub's data on this system.
pub fn usual_folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("id", "", "lobi")
}

#[cfg(test)]
mod tests {
    use super::*;

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
        a_machine().change_at(&path, |_| ()).unwrap();
        assert_eq!(Machine::read(&path).unwrap(), a_machine());
        assert!(!path.with_extension("toml.new").exists());
    }

    #[test]
    fn what_another_mode_of_this_pc_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        let kiosk = a_machine();
        let written = kiosk.change_at(&path, |_| ()).unwrap();
        assert_eq!(written, kiosk, "the first one makes the file");
        kiosk.change_at(&path, |machine| machine.printer = None).unwrap();
        let noted = kiosk.change_at(&path, |machine| machine.admin_hash = "hash".into()).unwrap();
        assert_eq!((noted.printer, noted.admin_hash.as_str()), (None, "hash"));
        std::fs::write(&path, "zone = \"lobi\"\n").unwrap();
        let other = kiosk.change_at(&path, |machine| machine.name = "TV".into()).unwrap();
        assert_eq!((other.id, other.zone, other.mode), (kiosk.id.clone(), "lobi".into(), None));
        std::fs::write(&path, "zonk = 1\n").unwrap();
        assert!(kiosk.change_at(&path, |_| ()).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "zonk = 1\n", "a slip of the pen is left alone");
    }

    #[test]
    fn a_new_machine_has_an_id_and_no_mode() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::read(&folder.path().join("lobi.toml")).unwrap();
        assert_eq!(machine.mode, None);
        assert_eq!(machine.id.len(), 10);
    }

    #[test]
    fn a_file_with_a_slip_of_the_pen_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.toml");
        std::fs::write(&path, "mode = \"kios\"\n").unwrap();
        let error = Machine::read(&path).unwrap_err().to_string();
        assert!(error.contains("lobi.toml") && error.contains("kios"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mode = \"kios\"\n");
    }
}
