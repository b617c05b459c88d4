//! One visitor's number and the states it goes through. Every button at a counter is one [`Action`] here.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::paper::Paper;
use super::service::{CounterNumber, ServiceId};
use crate::time::Timestamp;

/// A ticket's row id. Ids rise in the order in which numbers are given, whatever the clock does: they are the
/// order of every line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TicketId(pub i64);

/// Where a ticket stands (seed 0 §3; `batal` is Lobi's own).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waiting to be called.
    #[serde(rename = "menunggu")]
    Waiting,
    /// Called to a counter, not there yet.
    #[serde(rename = "dipanggil")]
    Called,
    /// At the counter.
    #[serde(rename = "sedang_dilayani")]
    Serving,
    /// Done.
    #[serde(rename = "selesai")]
    Done,
    /// Called, did not come.
    #[serde(rename = "dilewati")]
    Skipped,
    /// Will not come.
    #[serde(rename = "batal")]
    Cancelled,
}

impl Status {
    /// All of them, in the order of a visit.
    pub const ALL: [Status; 6] =
        [Status::Waiting, Status::Called, Status::Serving, Status::Done, Status::Skipped, Status::Cancelled];

    /// The name on the wire and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Status::Waiting => "menunggu",
            Status::Called => "dipanggil",
            Status::Serving => "sedang_dilayani",
            Status::Done => "selesai",
            Status::Skipped => "dilewati",
            Status::Cancelled => "batal",
        }
    }

    /// The status of that name.
    pub fn named(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether the ticket occupies its counter.
    pub fn at_counter(self) -> bool {
        matches!(self, Status::Called | Status::Serving)
    }

    /// Whether the visitor still expects something today.
    pub fn active(self) -> bool {
        matches!(self, Status::Waiting | Status::Called | Status::Serving)
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

/// A number given to a visitor for one service on one service day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Row id.
    pub id: TicketId,
    /// Unguessable short code on the paper and in its QR.
    pub code: String,
    /// What the visitor waits for.
    pub service: ServiceId,
    /// 1, 2, 3 … within the service and the service day.
    pub number: u32,
    /// Where it stands.
    pub status: Status,
    /// The counter it was last called to.
    pub counter: Option<CounterNumber>,
    /// When the number was given.
    pub created_at: Timestamp,
    /// When it was first called to its present counter.
    pub called_at: Option<Timestamp>,
    /// When serving began.
    pub served_at: Option<Timestamp>,
    /// When the visit ended: done or cancelled.
    pub finished_at: Option<Timestamp>,
    /// How many times it was called again.
    pub recalls: u32,
    /// What became of its paper.
    pub paper: Paper,
}

impl Ticket {
    /// The ticket after `action` at `now`.
    ///
    /// # Errors
    /// [`Refused`] when the state does not allow it; nothing changes then.
    pub fn after(&self, action: Action, now: Timestamp) -> Result<Ticket, Refused> {
        use Status::{Called, Cancelled, Done, Serving, Skipped, Waiting};
        let mut next = self.clone();
        match (action, self.status) {
            (Action::Call(counter), Waiting | Skipped) => {
                next.status = Called;
                next.counter = Some(counter);
                next.called_at = Some(now);
            }
            (Action::Recall, Called | Serving) => next.recalls += 1,
            (Action::Serve, Called) => {
                next.status = Serving;
                next.served_at = Some(now);
            }
            (Action::Finish, Called | Serving) => {
                next.status = Done;
                next.finished_at = Some(now);
            }
            (Action::Skip, Called) => next.status = Skipped,
            (Action::Return, Skipped) => {
                next.status = Waiting;
                next.counter = None;
                next.called_at = None;
            }
            (Action::Cancel, Waiting | Called | Skipped) => {
                next.status = Cancelled;
                next.finished_at = Some(now);
            }
            (action, status) => return Err(Refused { status, action }),
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(60_000);
    const LOKET: CounterNumber = CounterNumber(3);

    fn a_ticket(status: Status) -> Ticket {
        Ticket {
            id: TicketId(7),
            code: "CODE".into(),
            service: ServiceId(1),
            number: 7,
            status,
            counter: status.at_counter().then_some(LOKET),
            created_at: Timestamp(0),
            called_at: None,
            served_at: None,
            finished_at: None,
            recalls: 0,
            paper: Paper::default(),
        }
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
                let result = a_ticket(status).after(action, NOW).map(|ticket| ticket.status);
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
        let again = called.after(Action::Recall, NOW.plus_minutes(1)).unwrap();
        assert_eq!(again, Ticket { recalls: 1, ..called });
    }

    #[test]
    fn a_returned_ticket_keeps_its_place_and_forgets_its_counter() {
        let skipped = a_ticket(Status::Called).after(Action::Skip, NOW).unwrap();
        let back = skipped.after(Action::Return, NOW).unwrap();
        assert_eq!((back.id, back.number), (TicketId(7), 7));
        assert_eq!((back.counter, back.called_at), (None, None));
    }
}
