//! What an action may end in: a rule said no, or something broke. One table holds every code with its status; HTTP turns
//! both into answers.

use std::collections::BTreeMap;
use std::fmt;

use lobi_core::queue::Refused;
use lobi_core::speech::Language;
use lobi_core::time::{Timestamp, Zone};
use thiserror::Error;

use crate::db::{DbError, idempotency::KeyReused};
use crate::texts::{date_and_time, text_in};

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

impl Error {
    /// The code of a refusal.
    pub fn code(&self) -> Option<Code> {
        match self {
            Error::Refused(refusal) => Some(refusal.code),
            Error::Db(_) => None,
        }
    }
}

macro_rules! codes {
    ($($status:literal $($Code:ident = $name:literal),+;)+) => {
        /// A stable error code. Its sentence stands in `assets/texts`, section `errors`, under the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is explained by its sentence in assets/texts")]
        pub enum Code { $($($Code,)+)+ }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Code] = &[$($(Code::$Code,)+)+];

            /// The name on the wire.
            pub fn name(self) -> &'static str {
                match self { $($(Code::$Code => $name,)+)+ }
            }

            /// The HTTP status it is answered with.
            pub fn status(self) -> u16 {
                match self { $($(Code::$Code => $status,)+)+ }
            }
        }
    };
}

codes! {
    400 MalformedJson = "MALFORMED_JSON", BadRequest = "BAD_REQUEST";
    401 InvalidCredentials = "INVALID_CREDENTIALS", Unauthenticated = "UNAUTHENTICATED",
        PortalSignedOut = "PORTAL_SIGNED_OUT", PortalCodeWrong = "PORTAL_CODE_WRONG";
    403 Forbidden = "FORBIDDEN", ForeignPage = "FOREIGN_PAGE", PasswordChangeRequired = "PASSWORD_CHANGE_REQUIRED",
        SetupCodeWrong = "SETUP_CODE_WRONG";
    404 NotFound = "NOT_FOUND", ServiceNotFound = "SERVICE_NOT_FOUND", TicketNotFound = "TICKET_NOT_FOUND",
        CounterNotFound = "COUNTER_NOT_FOUND", ClipNotFound = "CLIP_NOT_FOUND", JobNotFound = "JOB_NOT_FOUND",
        UserNotFound = "USER_NOT_FOUND", SessionNotFound = "SESSION_NOT_FOUND", KeyNotFound = "KEY_NOT_FOUND",
        PatientNotFound = "PATIENT_NOT_FOUND", JourneyNotFound = "JOURNEY_NOT_FOUND",
        WebhookNotFound = "WEBHOOK_NOT_FOUND", ScreenNotFound = "SCREEN_NOT_FOUND",
        NoPortalCode = "NO_PORTAL_CODE", NothingToReview = "NOTHING_TO_REVIEW";
    405 MethodNotAllowed = "METHOD_NOT_ALLOWED";
    408 RequestTimeout = "REQUEST_TIMEOUT";
    409 ServiceClosed = "SERVICE_CLOSED", QuotaFull = "QUOTA_FULL", QueueEmpty = "QUEUE_EMPTY", InvalidState = "INVALID_STATE",
        AlreadyQueued = "ALREADY_QUEUED", AlreadySetUp = "ALREADY_SET_UP", UsernameTaken = "USERNAME_TAKEN",
        EnoughCopies = "ENOUGH_COPIES", NoPrinter = "NO_PRINTER", ClockAgrees = "CLOCK_AGREES",
        LastAdmin = "LAST_ADMIN", KodeTaken = "KODE_TAKEN", NumbersGiven = "NUMBERS_GIVEN",
        ServiceHasWaiting = "SERVICE_HAS_WAITING", CounterTaken = "COUNTER_TAKEN", CounterBusy = "COUNTER_BUSY",
        NothingToUndo = "NOTHING_TO_UNDO", UndoBlocked = "UNDO_BLOCKED", NikDoubted = "NIK_DOUBTED",
        NumberTaken = "NUMBER_TAKEN", PatientMerged = "PATIENT_MERGED", TwoNiks = "TWO_NIKS", NotMerged = "NOT_MERGED",
        MergedSince = "MERGED_SINCE", NotQueued = "NOT_QUEUED", NothingReset = "NOTHING_RESET",
        JourneyTaken = "JOURNEY_TAKEN", DayFull = "DAY_FULL", DayClosed = "DAY_CLOSED", PhoneLimit = "PHONE_LIMIT",
        CheckinLater = "CHECKIN_LATER", AlreadyReviewed = "ALREADY_REVIEWED", CounterEmpty = "COUNTER_EMPTY";
    412 ChangedMeanwhile = "CHANGED_MEANWHILE";
    413 BodyTooLarge = "BODY_TOO_LARGE";
    415 UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    421 WrongHost = "WRONG_HOST";
    422 ValidationError = "VALIDATION_ERROR", IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    426 UpgradeRequired = "UPGRADE_REQUIRED";
    429 PortalCodeLocked = "PORTAL_CODE_LOCKED", TooManyAttempts = "TOO_MANY_ATTEMPTS", TooManyRequests = "TOO_MANY_REQUESTS";
    500 Internal = "INTERNAL";
    503 PrinterOffline = "PRINTER_OFFLINE", PrinterWrongAddress = "PRINTER_WRONG_ADDRESS",
        PrinterNotFound = "PRINTER_NOT_FOUND", PrinterOutOfPaper = "PRINTER_OUT_OF_PAPER",
        PrinterCoverOpen = "PRINTER_COVER_OPEN", PrinterCutter = "PRINTER_CUTTER",
        PrinterNotAllowed = "PRINTER_NOT_ALLOWED", PrinterError = "PRINTER_ERROR", PrinterHungUp = "PRINTER_HUNG_UP",
        PrinterBusy = "PRINTER_BUSY", PrinterUnsupported = "PRINTER_UNSUPPORTED", UiMissing = "UI_MISSING",
        Busy = "BUSY", DataDamaged = "DATA_DAMAGED", DataLost = "DATA_LOST", HubMustRestart = "HUB_MUST_RESTART";
    507 NotSaved = "NOT_SAVED";
}

/// A rule's way to say no: the code, what its sentence is filled with, and which inputs are not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which no.
    pub code: Code,
    /// What the sentence's `{placeholders}` stand for.
    pub values: Vec<(&'static str, String)>,
    /// Those of them that are words of `assets/texts`: placeholder, section, key.
    pub words: Vec<(&'static str, &'static str, &'static str)>,
    /// Inputs that are not right, each with a key of `assets/texts`, section `fields`.
    pub fields: BTreeMap<String, &'static str>,
    /// After how many seconds asking again makes sense.
    pub retry_after: Option<u64>,
    /// When what is refused becomes possible: a program reads it under the name, people in the sentence.
    pub again: Option<Box<Again>>,
}

/// When what is refused becomes possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// Its name on the wire.
    pub field: &'static str,
    /// When.
    pub at: Timestamp,
    /// The site's zone.
    pub zone: Zone,
}

impl Refusal {
    /// Inputs that are not right, by field.
    pub fn invalid<F: Into<String>>(fields: impl IntoIterator<Item = (F, &'static str)>) -> Self {
        let fields = fields.into_iter().map(|(field, key)| (field.into(), key)).collect();
        Refusal { fields, ..Code::ValidationError.into() }
    }

    /// What a placeholder of the sentence stands for.
    #[allow(clippy::needless_pass_by_value, reason = "numbers and words are given as they are")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// What a placeholder of the sentence stands for, as a word of `assets/texts`.
    pub fn with_word(mut self, name: &'static str, section: &'static str, key: &'static str) -> Self {
        self.words.push((name, section, key));
        self
    }

    /// The input that it is about, with a key of `assets/texts`, section `fields`.
    pub fn about(mut self, field: &str, key: &'static str) -> Self {
        self.fields.insert(field.to_owned(), key);
        self
    }

    /// When asking again makes sense.
    pub fn retry_after(self, seconds: u64) -> Self {
        Refusal { retry_after: Some(seconds), ..self }
    }

    /// When what is refused becomes possible, under this name on the wire and as the sentence's `{lagi}`; nothing: it is not known.
    pub fn again(self, field: &'static str, at: Option<Timestamp>, zone: Zone) -> Self {
        Refusal { again: at.map(|at| Box::new(Again { field, at, zone })), ..self }
    }

    /// No service has this slug.
    pub fn no_service(slug: &str) -> Self {
        let short: String = slug.chars().filter(|c| !c.is_control()).take(40).collect();
        Refusal::from(Code::ServiceNotFound).with("poli", short)
    }

    /// The state of number `nomor` does not allow it.
    pub fn invalid_state(nomor: &str, refused: Refused) -> Self {
        Refusal::from(Code::InvalidState)
            .with("nomor", nomor)
            .with_word("status", "statuses", refused.status.name())
            .with_word("aksi", "actions", refused.action.name())
    }

    /// The sentence in a language.
    pub fn sentence(&self, language: Language) -> String {
        let words = self
            .words
            .iter()
            .map(|(name, section, key)| (*name, text_in(language, section, key, &[])))
            .collect::<Vec<_>>();
        let again = self.again.as_ref().map_or_else(String::new, |again| {
            let at = date_and_time(again.at, again.zone, language);
            text_in(language, "dates", "opens_again", &[("saat", &at)])
        });
        let again = [("lagi", again)];
        let values = self.values.iter().chain(&words).chain(&again);
        let values: Vec<(&str, &str)> = values.map(|(name, value)| (*name, value.as_str())).collect();
        text_in(language, "errors", self.code.name(), &values)
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Refusal {
            code,
            values: Vec::new(),
            words: Vec::new(),
            fields: BTreeMap::new(),
            retry_after: None,
            again: None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {:?}", self.code.name(), self.values, self.fields)
    }
}

impl std::error::Error for Refusal {}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Refusal::from(code).into()
    }
}

impl From<KeyReused> for Error {
    fn from(_: KeyReused) -> Self {
        Code::IdempotencyKeyReused.into()
    }
}
