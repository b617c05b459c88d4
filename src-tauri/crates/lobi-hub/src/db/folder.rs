//! The data folder: who holds it, where the file and its key are, whether the last stop was clean.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use thiserror::Error;

use crate::texts::text;

/// Why the hub does not start. [`StartError::sentence`] says in Indonesian what to do about it.
#[derive(Debug, Error)]
pub enum StartError {
    /// Another hub serves this folder.
    #[error("{folder} is in use by process {pid}")]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The other hub's process id as far as known.
        pid: String,
    },
    /// There is a database but no key.
    #[error("key {0} is missing")]
    KeyMissing(PathBuf),
    /// The key file holds something else.
    #[error("key {0} is malformed")]
    KeyMalformed(PathBuf),
    /// The key opens another file, or the file is damaged.
    #[error("{0} does not open with its key")]
    WrongKey(PathBuf),
    /// A newer Lobi made the file.
    #[error("schema {found} is newer than {known}")]
    NewerFile {
        /// The file's schema number.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The check after an unclean stop found damage.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A setting means nothing.
    #[error("setting: {0}")]
    Config(String),
    /// The linked SQLite is too old or a pragma did not take.
    #[error("engine: {0}")]
    Engine(String),
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// What was touched.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A statement failed while opening.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
}

impl StartError {
    /// The sentence for the person in front of the terminal.
    pub fn sentence(&self) -> String {
        let say = |key: &str, values: &[(&str, &str)]| text("hub_start", key, values);
        let shown = |path: &Path| path.display().to_string();
        match self {
            StartError::InUse { folder, pid } => say("IN_USE", &[("folder", &shown(folder)), ("pid", pid)]),
            StartError::KeyMissing(path) => say("KEY_MISSING", &[("path", &shown(path))]),
            StartError::KeyMalformed(path) => say("KEY_MALFORMED", &[("path", &shown(path))]),
            StartError::WrongKey(path) => say("WRONG_KEY", &[("path", &shown(path))]),
            StartError::NewerFile { found, known } => {
                say("NEWER_FILE", &[("found", &found.to_string()), ("known", &known.to_string())])
            }
            StartError::Damaged(reason) => say("DAMAGED", &[("reason", reason)]),
            StartError::Config(reason) => say("CONFIG", &[("reason", reason)]),
            StartError::Engine(reason) => say("ENGINE", &[("reason", reason)]),
            StartError::Io { path, source } => {
                say("IO", &[("path", &shown(path)), ("reason", &source.to_string())])
            }
            StartError::Database(error) => say("DATABASE", &[("reason", &error.to_string())]),
        }
    }
}

/// A data folder that this process holds until the value is dropped.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    unclean: bool,
    /// Locked; closing it frees the folder, also when the process is killed.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where it is missing and takes its lock.
    ///
    /// # Errors
    /// [`StartError::InUse`] when another hub holds it, [`StartError::Io`] when it cannot be used.
    pub fn lock(path: &Path) -> Result<Self, StartError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| StartError::Io { path, source }
        };
        make_private_folder(path).map_err(io(path))?;
        let lock_path = path.join("lobi.lock");
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).clone();
        let mut lock = options.open(&lock_path).map_err(io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                // Windows does not let us read a locked file: then the number is simply not known.
                let _ = lock.read_to_string(&mut pid);
                let pid = Some(pid.trim()).filter(|pid| !pid.is_empty()).unwrap_or("?").to_owned();
                return Err(StartError::InUse { folder: path.to_owned(), pid });
            }
            Err(TryLockError::Error(source)) => return Err(StartError::Io { path: lock_path, source }),
        }
        lock.set_len(0)
            .and_then(|()| lock.seek(SeekFrom::Start(0)))
            .and_then(|_| writeln!(lock, "{}", std::process::id()))
            .map_err(io(&lock_path))?;
        // A clean stop closes every connection, and SQLite then removes the write-ahead log.
        let unclean = fs::metadata(path.join("lobi.db-wal")).is_ok_and(|wal| wal.len() > 0);
        Ok(DataFolder { path: path.to_owned(), unclean, _lock: lock })
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.path.join("lobi.db")
    }

    /// Whether the hub that ran here before was cut off.
    pub fn stopped_uncleanly(&self) -> bool {
        self.unclean
    }

    /// The 32-byte key of the database, made at the first start. It lies beside the database and never in the
    /// `backups` folder: a stolen backup stick stays unreadable.
    ///
    /// # Errors
    /// [`StartError::KeyMissing`] or [`StartError::KeyMalformed`]; no key is made for an existing database.
    pub fn key(&self) -> Result<Key, StartError> {
        let path = self.path.join("lobi.key");
        match fs::read_to_string(&path) {
            Ok(text) => Key::from_hex(text.trim()).ok_or(StartError::KeyMalformed(path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !self.database().exists() => {
                let key = Key::random();
                write_private(&path, &format!("{}\n", key.0))
                    .map_err(|source| StartError::Io { path, source })?;
                Ok(key)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(StartError::KeyMissing(path)),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Err(StartError::KeyMalformed(path))
            }
            Err(source) => Err(StartError::Io { path, source }),
        }
    }
}

/// A raw SQLCipher key as 64 hexadecimal digits.
pub struct Key(String);

impl Key {
    fn random() -> Self {
        Key(HEXLOWER.encode(&crate::secrets::random_bytes::<32>()))
    }

    fn from_hex(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Key(text.to_owned()))
    }

    /// The key as the `key` pragma takes it: raw, so that no 256,000-round derivation slows each connection.
    pub fn pragma(&self) -> String {
        format!("x'{}'", self.0)
    }
}

/// Makes a folder that only its owner may look into; one that exists stays as it is.
fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Writes a file that only its owner may read, synced together with its folder before it counts.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
