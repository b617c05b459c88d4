//! One visitor's number and the states it goes through. Every button at a counter is one [`Action`] here.

use thiserror::Error;

use super::paper::Paper;
use super::service::{CounterNumber, ServiceId};
use super::stage::{Moment, Place, Stage};
use crate::names::named;
use crate::time::Timestamp;

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

    /// Whether a counter may call it.
    pub fn can_be_called(self) -> bool {
        matches!(self, Status::Waiting | Status::Skipped)
    }
}

named! {
    /// How a visitor registered.
    #[derive(Default)]
    pub enum CaraDaftar {
        /// From afar.
        Online = "online",
        /// On the spot.
        #[default]
        Offline = "offline",
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

/// A number given to a visitor for one service on one service day. Where its holder waits now is its [`Stage`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Row id.
    pub id: TicketId,
    /// Unguessable short code on the paper and in its QR.
    pub code: String,
    /// The service that gave the number: its letter stands before it.
    pub service: ServiceId,
    /// 1, 2, 3 … within the service and the service day.
    pub number: u32,
    /// When the number was given.
    pub created_at: Timestamp,
    /// What became of its paper.
    pub paper: Paper,
    /// Where it stands now.
    pub stage: Stage,
}

impl Ticket {
    /// A number just given: it waits where it was taken.
    pub fn new(id: TicketId, code: String, service: ServiceId, number: u32, now: Timestamp) -> Self {
        let stage = Stage::waiting(service, id.0);
        Ticket { id, code, service, number, created_at: now, paper: Paper::default(), stage }
    }

    /// Its place in the line that it waits in.
    pub fn place(&self) -> Place {
        Place { order: self.stage.order, ticket: self.id }
    }

    /// The ticket after `action`, done at `now`.
    ///
    /// # Errors
    /// [`Refused`] when the state does not allow it; nothing changes then.
    pub fn after(&self, action: Action, now: Moment) -> Result<Ticket, Refused> {
        Ok(Ticket { stage: self.stage.after(action, now)?, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment { at: Timestamp(60_000), order: 1 };
    const LOKET: CounterNumber = CounterNumber(3);

    fn a_ticket(status: Status) -> Ticket {
        let mut ticket = Ticket::new(TicketId(7), "CODE".into(), ServiceId(1), 7, Timestamp(0));
        ticket.stage.status = status;
        ticket.stage.counter = status.at_counter().then_some(LOKET);
        ticket
    }

    /// The whole table: which action leads from which state to which, and every other pair is refused.
    #[test]
    fn every_action_is_allowed_exactly_where_the_table_says() {
        use Status::*;
        let table = [
            (Action::Call(LOKET), vec![(Waiting, Called), (Skipped, Called)]),
            (Action::Recall, vec![(Called, Called), (Serving, Serving)]),
            (Action::Serve, vec![(Called, Serving)]),
            (Action::Finish, vec![(Called, Done), (Serving, Done)]),
            (Action::Skip, vec![(Called, Skipped)]),
            (Action::Return, vec![(Skipped, Waiting)]),
            (Action::Cancel, vec![(Waiting, Cancelled), (Called, Cancelled), (Skipped, Cancelled)]),
        ];
        for (action, allowed) in table {
            for status in Status::ALL {
                let result = a_ticket(status).after(action, NOW).map(|ticket| ticket.stage.status);
                match allowed.iter().find(|(from, _)| *from == status) {
                    Some((_, to)) => assert_eq!(result, Ok(*to), "{action:?} from {status:?}"),
                    None => assert_eq!(result, Err(Refused { status, action })),
                }
            }
        }
    }

    #[test]
    fn a_recall_changes_no_state_and_counts() {
        let called = a_ticket(Status::Waiting).after(Action::Call(LOKET), NOW).unwrap();
        let later = Moment { at: NOW.at.plus_minutes(1), order: 2 };
        let again = called.after(Action::Recall, later).unwrap();
        assert_eq!(again, Ticket { stage: Stage { recalls: 1, ..called.stage.clone() }, ..called });
    }

    #[test]
    fn a_returned_ticket_keeps_its_place_and_forgets_its_counter() {
        let skipped = a_ticket(Status::Called).after(Action::Skip, NOW).unwrap();
        let back = skipped.after(Action::Return, NOW).unwrap();
        assert_eq!((back.id, back.number), (TicketId(7), 7));
        assert_eq!((back.stage.counter, back.stage.called), (None, None));
    }
}
