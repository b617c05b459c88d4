//! One visitor's number: what is printed on it, and where its holder waits now.

use super::paper::Paper;
use super::service::ServiceId;
use super::stage::{Moment, Place, Stage};
use super::states::{Action, Refused, TicketId};
use crate::names::named;
use crate::time::Timestamp;

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
    use crate::queue::{CounterNumber, Status};

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
