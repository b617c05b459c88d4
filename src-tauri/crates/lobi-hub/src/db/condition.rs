//! What may be done with the data. While it is not sound or not complete, the hub shows what it has and writes nothing,
//! until somebody decides.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use super::error::DbError;
use super::folder::DataFolder;
use super::seen;
use super::start_error::{Lost, StartError};

/// What may be done with the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Everything.
    #[default]
    Fine,
    /// The disk takes no writes at the moment; the hub asks it again every second.
    DiskRefuses,
    /// The newest part is missing: read only, until `--accept-loss`.
    TailLost(Lost),
    /// Pages do not fit their checksums or each other: read only, until a backup is restored.
    Damaged {
        /// What was found.
        reason: String,
        /// The newest backup in the folder.
        backup: Option<PathBuf>,
    },
}

impl Condition {
    /// What writers are told.
    pub(super) fn refusal(&self) -> Option<DbError> {
        match self {
            Condition::Fine | Condition::DiskRefuses => None,
            Condition::TailLost(lost) => Some(DbError::TailLost(lost.to_string())),
            Condition::Damaged { reason, .. } => Some(DbError::Damaged(reason.clone())),
        }
    }

    /// Why a hub that had to write to this data first does not start.
    pub(super) fn into_error(self) -> Option<StartError> {
        match self {
            Condition::Fine | Condition::DiskRefuses => None,
            Condition::TailLost(lost) => Some(lost.into()),
            Condition::Damaged { reason, backup } => Some(StartError::Damaged { reason, backup }),
        }
    }
}

/// The condition, shared by everybody who may find something.
#[derive(Clone, Debug)]
pub struct Standing {
    now: Arc<RwLock<Condition>>,
    backup: Option<PathBuf>,
}

impl Standing {
    /// Fine so far.
    pub fn new(folder: &DataFolder) -> Self {
        Standing { now: Arc::default(), backup: folder.newest_backup() }
    }

    /// The present one.
    pub fn now(&self) -> Condition {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What writers are told.
    pub(super) fn refusal(&self) -> Option<DbError> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).refusal()
    }

    /// The newest part is missing.
    pub fn lost(&self, lost: Lost) {
        tracing::error!("{}", lost.sentence());
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Condition::TailLost(lost);
    }

    /// Something does not fit; the first finding counts, and it outranks a missing tail.
    pub fn damaged(&self, reason: String) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*now, Condition::Damaged { .. }) {
            let found = Condition::Damaged { reason, backup: self.backup.clone() };
            if let Some(error) = found.clone().into_error() {
                tracing::error!("{}", error.sentence());
            }
            *now = found;
        }
    }

    /// Runs `work` and notices when SQLite found damage in it, whatever the work makes of its error.
    pub(super) fn watch<T>(&self, work: impl FnOnce() -> T) -> T {
        seen::forget();
        let done = work();
        if let Some(reason) = seen::taken() {
            self.damaged(reason);
        }
        done
    }
}
