//! What an action may end in: a rule said no, or something broke. HTTP turns both into answers.

use std::collections::BTreeMap;

use lobi_core::queue::{Action, Status};
use thiserror::Error;

use crate::db::{DbError, idempotency::KeyReused};

/// The result of an action.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an action did not happen. Nothing was changed.
#[derive(Debug, Error)]
pub enum Error {
    /// A rule said no: expected, calm words, no log.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something broke: logged where it is answered.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The rules' ways to say no.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Inputs that are not right, by field, each with a key of `assets/texts`, section `fields`.
    #[error("invalid fields: {0:?}")]
    Invalid(BTreeMap<&'static str, &'static str>),
    /// No service has this slug.
    #[error("no service {0}")]
    ServiceNotFound(String),
    /// The service gives no numbers now.
    #[error("service {0} is closed")]
    ServiceClosed(String),
    /// No ticket of today has this id, number or code.
    #[error("no such ticket today")]
    TicketNotFound,
    /// No counter has this number.
    #[error("no counter {0}")]
    CounterNotFound(u32),
    /// Nobody waits for this counter.
    #[error("nobody waits")]
    QueueEmpty,
    /// The ticket's state does not allow it.
    #[error("{nomor} is {status:?}: {action:?} refused")]
    InvalidState {
        /// The ticket's number.
        nomor: String,
        /// Where it stands.
        status: Status,
        /// What was asked.
        action: Action,
    },
    /// This person has an active number today (seed 1: "Pengecekan Antrian Aktif").
    #[error("this person has an active number")]
    AlreadyQueued,
    /// Not this person's service, counter or right.
    #[error("forbidden")]
    Forbidden,
    /// Username and password do not belong together.
    #[error("wrong username or password")]
    InvalidCredentials,
    /// No session, or it ended.
    #[error("no valid session")]
    Unauthenticated,
    /// Too many wrong passwords; wait this many seconds.
    #[error("too many attempts, wait {0} s")]
    TooManyAttempts(u64),
    /// The site has its first admin already.
    #[error("the site is set up already")]
    AlreadySetUp,
    /// The idempotency key was used for other data.
    #[error("idempotency key used for other data")]
    KeyReused,
}

impl From<KeyReused> for Error {
    fn from(_: KeyReused) -> Self {
        Refusal::KeyReused.into()
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        DbError::from(error).into()
    }
}
