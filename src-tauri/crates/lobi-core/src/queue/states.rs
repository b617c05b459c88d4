//! The states that a number goes through, and the buttons that move it. Every button at a counter is one [`Action`].

use thiserror::Error;

use super::service::CounterNumber;
use crate::names::named;

/// A ticket's row id. Ids rise in the order in which numbers are given, whatever the clock does: they are the
/// order of every line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct TicketId(pub i64);

named! {
    /// Where a ticket stands (seed 0 §3; `batal` is Lobi's own), in the order of a visit.
    pub enum Status {
        /// Waiting to be called.
        Waiting = "menunggu",
        /// Called to a counter, not there yet.
        Called = "dipanggil",
        /// At the counter.
        Serving = "sedang_dilayani",
        /// Done.
        Done = "selesai",
        /// Called, did not come.
        Skipped = "dilewati",
        /// Will not come.
        Cancelled = "batal",
    }
}

impl Status {
    /// Whether the ticket occupies its counter.
    pub fn at_counter(self) -> bool {
        matches!(self, Status::Called | Status::Serving)
    }

    /// Whether a counter may call it; also who was finished by mistake.
    pub fn can_be_called(self) -> bool {
        matches!(self, Status::Waiting | Status::Skipped | Status::Done)
    }
}

/// What staff do with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Call a waiting or skipped ticket to a counter.
    Call(CounterNumber),
    /// Call again, to the same counter; changes no state and counts.
    Recall,
    /// The visitor is here: begin.
    Serve,
    /// The visit is over.
    Finish,
    /// Called, did not come.
    Skip,
    /// A skipped visitor came after all: back to their place by number.
    Return,
    /// The visitor will not come.
    Cancel,
    /// The visitor is sent on to another service.
    Transfer,
    /// The visitor is given a priority class, or none.
    Classify,
    /// The visitor is given another way through the building.
    Route,
    /// The visitor came, whose number was given for this day earlier.
    CheckIn,
    /// A colleague at another counter takes the visitor over.
    HandOver,
}

impl Action {
    /// The word that completes "…tidak bisa …": a key of `assets/texts`, section `actions`.
    pub fn name(self) -> &'static str {
        match self {
            Action::Call(_) => "call",
            Action::Recall => "recall",
            Action::Serve => "serve",
            Action::Finish => "finish",
            Action::Skip => "skip",
            Action::Return => "return",
            Action::Cancel => "cancel",
            Action::Transfer => "transfer",
            Action::Classify => "classify",
            Action::Route => "route",
            Action::CheckIn => "check_in",
            Action::HandOver => "hand_over",
        }
    }
}

/// The action does not fit the ticket's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a ticket that is {} cannot be {}ed", status.name(), action.name())]
pub struct Refused {
    /// The state that the ticket is in.
    pub status: Status,
    /// What was asked.
    pub action: Action,
}
