//! Where a number waits now, and how far it got there. A place in line is not the ticket: a number keeps its letter when
//! its holder is sent on to another service.

use serde::{Deserialize, Serialize};

use super::service::{CounterNumber, ServiceId};
use super::states::{Action, Refused, Status, TicketId};
use crate::time::Timestamp;

/// When something happened: what the clock showed, and its place in the order of events, which no clock can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What the clock showed.
    pub at: Timestamp,
    /// The number of the event that tells of it.
    pub order: i64,
}

/// A place in a line. Smaller is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Rises with every arrival; of a number that waits where it was taken: its row id.
    pub order: i64,
    /// Whose place it is.
    pub ticket: TicketId,
}

/// One stay in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What the visitor waits for now.
    pub service: ServiceId,
    /// The order in that line, see [`Place`].
    pub order: i64,
    /// When its holder joined that line; nothing: when the number was given.
    #[serde(default)]
    pub joined: Option<Timestamp>,
    /// The counter that alone calls its holder; nothing: whichever is free.
    #[serde(default)]
    pub awaits: Option<CounterNumber>,
    /// How far it got.
    pub status: Status,
    /// The counter it was last called to.
    pub counter: Option<CounterNumber>,
    /// When it was first called to its present counter.
    pub called: Option<Moment>,
    /// When serving began.
    pub served_at: Option<Timestamp>,
    /// When it ended: done or cancelled.
    pub finished: Option<Moment>,
    /// How many times it was called again.
    pub recalls: u32,
    /// How many of those were before its present call: who was skipped, came back and is called anew is waited for anew.
    #[serde(default)]
    pub recalls_earlier: u32,
}

impl Stage {
    /// Somebody who has just joined that line.
    pub fn waiting(service: ServiceId, order: i64) -> Self {
        let (joined, awaits, counter, called, served_at, finished) = (None, None, None, None, None, None);
        let status = Status::Waiting;
        let (recalls, recalls_earlier) = (0, 0);
        Stage {
            service,
            order,
            joined,
            awaits,
            status,
            counter,
            called,
            served_at,
            finished,
            recalls,
            recalls_earlier,
        }
    }

    /// When it was called, as the clock showed it.
    pub fn called_at(&self) -> Option<Timestamp> {
        self.called.map(|moment| moment.at)
    }

    /// When it ended, as the clock showed it.
    pub fn finished_at(&self) -> Option<Timestamp> {
        self.finished.map(|moment| moment.at)
    }

    /// How long the visit took, from call to end, in milliseconds; only of one that is done.
    pub fn visit_millis(&self) -> Option<i64> {
        let (Status::Done, Some(called), Some(finished)) = (self.status, self.called, self.finished) else {
            return None;
        };
        Some(finished.at.millis_since(called.at))
    }

    /// How long its holder was at the counter, in milliseconds: from serving, or from the call where nobody said so, to the end;
    /// only of one that is done.
    pub fn service_millis(&self) -> Option<i64> {
        let (Status::Done, Some(finished)) = (self.status, self.finished) else { return None };
        let began = self.served_at.or(self.called.map(|called| called.at))?;
        Some(finished.at.millis_since(began))
    }

    /// How many times it was called again since its present call.
    pub fn recalls_now(&self) -> u32 {
        self.recalls.saturating_sub(self.recalls_earlier)
    }

    /// Back in line at the old place, as if never called: somebody else is where its holder was.
    pub fn give_way(&mut self) {
        let (recalls, joined, awaits) = (self.recalls, self.joined, self.awaits);
        *self = Stage { recalls, joined, awaits, ..Stage::waiting(self.service, self.order) };
    }

    /// The stage after `action`, done at `now`.
    ///
    /// # Errors
    /// [`Refused`] when its state does not allow it.
    pub fn after(&self, action: Action, now: Moment) -> Result<Stage, Refused> {
        use Status::{Called, Cancelled, Done, Serving, Skipped, Waiting};
        let mut next = self.clone();
        match (action, self.status) {
            // Also somebody who is done: one press too many must not cost a visitor the day.
            (Action::Call(counter), Waiting | Skipped | Done) => {
                next.status = Called;
                next.counter = Some(counter);
                next.called = Some(now);
                next.recalls_earlier = self.recalls;
                next.served_at = None;
                next.finished = None;
            }
            (Action::Recall, Called | Serving) => next.recalls += 1,
            (Action::Serve, Called) => {
                next.status = Serving;
                next.served_at = Some(now.at);
            }
            (Action::Finish, Called | Serving) => {
                next.status = Done;
                next.finished = Some(now);
            }
            (Action::Skip, Called) => next.status = Skipped,
            (Action::Return, Skipped | Done) => {
                next.status = Waiting;
                next.counter = None;
                next.called = None;
                next.served_at = None;
                next.finished = None;
            }
            (Action::Cancel, Waiting | Called | Skipped) => {
                next.status = Cancelled;
                next.finished = Some(now);
            }
            (action, status) => return Err(Refused { status, action }),
        }
        Ok(next)
    }
}
