//! Why the hub does not start, or starts without writing: each with a sentence for the person who can mend it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

use super::error::DbError;
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
    /// There is a key but no database: data was lost or moved. A new site has neither.
    #[error("database {path} is missing or empty beside its key")]
    DatabaseMissing {
        /// Where it should be.
        path: PathBuf,
        /// The newest backup in the folder.
        backup: Option<PathBuf>,
    },
    /// The key file holds something else.
    #[error("key {0} is malformed")]
    KeyMalformed(PathBuf),
    /// The key opens another file, or the first page is damaged.
    #[error("{path} does not open with its key")]
    WrongKey {
        /// The database.
        path: PathBuf,
        /// The newest backup in the folder.
        backup: Option<PathBuf>,
    },
    /// A newer Lobi made the file.
    #[error("schema {found} is newer than {known}")]
    NewerFile {
        /// The file's schema number.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Pages of the file do not fit their checksums or each other.
    #[error("damaged: {reason}")]
    Damaged {
        /// What was found.
        reason: String,
        /// The newest backup in the folder.
        backup: Option<PathBuf>,
    },
    /// The last writes are not there any more, and the file cannot be served without writing to it.
    #[error("{0}")]
    TailLost(#[from] Lost),
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
    Database(rusqlite::Error),
}

/// How it shows that the newest part of the data is missing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Lost {
    /// The file ends before what `lobi.head` remembers.
    #[error("the file ends at event {found}, the hub had come to {remembered}")]
    Tail {
        /// The data folder.
        folder: PathBuf,
        /// The last event that the hub wrote.
        remembered: i64,
        /// The last event in the file.
        found: i64,
    },
    /// `lobi.head` belongs to this file and is gone, so nobody can tell.
    #[error("lobi.head of {0} is missing")]
    HeadMissing(PathBuf),
    /// `lobi.head` remembers another site's file.
    #[error("lobi.head of {0} belongs to another site")]
    OtherSite(PathBuf),
}

impl Lost {
    /// The key of the sentence that says what going on without it means.
    pub fn accepted(&self) -> &'static str {
        match self {
            Lost::Tail { .. } => "ACCEPTED",
            Lost::HeadMissing(_) | Lost::OtherSite(_) => "ACCEPTED_UNKNOWN",
        }
    }

    /// The sentence that says what to do.
    pub fn sentence(&self) -> String {
        let say = |key: &str, values: &[(&str, &str)]| text("hub_start", key, values);
        match self {
            Lost::Tail { folder, remembered, found } => say(
                "TAIL_LOST",
                &[
                    ("folder", &shown(folder)),
                    ("remembered", &remembered.to_string()),
                    ("found", &found.to_string()),
                ],
            ),
            Lost::HeadMissing(folder) => say("HEAD_MISSING", &[("folder", &shown(folder))]),
            Lost::OtherSite(folder) => say("HEAD_OF_ANOTHER", &[("folder", &shown(folder))]),
        }
    }
}

impl StartError {
    /// The same, naming the newest backup.
    pub(super) fn with_backup(self, backup: Option<PathBuf>) -> Self {
        match self {
            StartError::WrongKey { path, .. } => StartError::WrongKey { path, backup },
            StartError::Damaged { reason, .. } => StartError::Damaged { reason, backup },
            other => other,
        }
    }

    /// What reading the data at the start failed with; `backup` is the newest one in the folder.
    pub fn reading(backup: Option<PathBuf>, error: &DbError) -> Self {
        match error {
            DbError::Damaged(reason) => StartError::Damaged { reason: reason.clone(), backup },
            other => StartError::Engine(other.to_string()),
        }
    }

    /// The sentence for the person in front of the terminal.
    pub fn sentence(&self) -> String {
        let say = |key: &str, values: &[(&str, &str)]| text("hub_start", key, values);
        match self {
            StartError::InUse { folder, pid } => say("IN_USE", &[("folder", &shown(folder)), ("pid", pid)]),
            StartError::KeyMissing(path) => say("KEY_MISSING", &[("path", &shown(path))]),
            StartError::DatabaseMissing { path, backup } => {
                say("DATABASE_MISSING", &[("path", &shown(path)), ("backup", &named(backup.as_deref()))])
            }
            StartError::KeyMalformed(path) => say("KEY_MALFORMED", &[("path", &shown(path))]),
            StartError::WrongKey { path, backup } => {
                say("WRONG_KEY", &[("path", &shown(path)), ("backup", &named(backup.as_deref()))])
            }
            StartError::NewerFile { found, known } => {
                say("NEWER_FILE", &[("found", &found.to_string()), ("known", &known.to_string())])
            }
            StartError::Damaged { reason, backup } => {
                say("DAMAGED", &[("reason", reason), ("backup", &named(backup.as_deref()))])
            }
            StartError::TailLost(lost) => lost.sentence(),
            StartError::Engine(reason) => say("ENGINE", &[("reason", reason)]),
            StartError::Io { path, source } => {
                say("IO", &[("path", &shown(path)), ("reason", &source.to_string())])
            }
            StartError::Database(error) => say("DATABASE", &[("reason", &error.to_string())]),
        }
    }
}

impl From<rusqlite::Error> for StartError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StartError::Damaged { reason: error.to_string(), backup: None }
            }
            _ => StartError::Database(error),
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The newest backup by its path, or in words where there is none in the folder.
fn named(backup: Option<&Path>) -> String {
    backup.map_or_else(|| text("hub_start", "your_backup", &[]), shown)
}
