//! One visitor's number: what is printed on it, and where its holder waits now.

use serde::{Deserialize, Serialize};

use super::class::ClassId;
use super::paper::Paper;
use super::service::{CounterNumber, ServiceId};
use super::stage::{Moment, Place, Stage};
use super::states::{Action, Refused, Status, TicketId};
use crate::names::named;
use crate::time::{ServiceDay, Timestamp};

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

/// How many hours after the last step of its holder a number outlives the end of its day.
pub const KEPT_HOURS: i64 = 12;

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
    /// The day that gave it, where that day is over and its holder still waited at its end, see [`Ticket::outlives_day`].
    pub kept_from: Option<ServiceDay>,
    /// The priority class of its holder.
    pub class: Option<ClassId>,
    /// It was given for a later day and its holder has not come yet: nobody calls them before they check in.
    pub absent: bool,
    /// What became of its paper.
    pub paper: Paper,
    /// Where it stands now.
    pub stage: Stage,
    /// What its holder has behind them: the stages in which they were served, the oldest first. Who was sent on without having
    /// been served leaves none.
    pub past: Vec<Stage>,
    /// Where they go from here, stop by stop: whoever is done at one joins the line of the next by themselves.
    pub route: Vec<ServiceId>,
}

/// Where somebody is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Whose line they join.
    pub service: ServiceId,
    /// The counter that alone calls them there; nothing: whichever is free.
    pub awaits: Option<CounterNumber>,
    /// Their place in that line, see [`Place`].
    pub order: i64,
}

/// Where a number stood before its last step: all that taking the step back needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Where its holder was.
    pub stage: Stage,
    /// How many stages they had behind them.
    pub behind: usize,
    /// Where they were to go from there.
    pub route: Vec<ServiceId>,
    /// Whether they had not come yet.
    #[serde(default)]
    pub absent: bool,
}

impl Ticket {
    /// A number just given: it waits where it was taken.
    pub fn new(id: TicketId, code: String, service: ServiceId, number: u32, now: Timestamp) -> Self {
        let stage = Stage::waiting(service, id.0);
        let (kept_from, class, paper, past, route) = (None, None, Paper::default(), Vec::new(), Vec::new());
        let absent = false;
        Ticket {
            id,
            code,
            service,
            number,
            created_at: now,
            kept_from,
            class,
            absent,
            paper,
            stage,
            past,
            route,
        }
    }

    /// Whether its holder is here and waits to be called.
    pub fn waits(&self) -> bool {
        self.stage.status == Status::Waiting && !self.absent
    }

    /// Whether its holder is still to come: the number was given for this day earlier.
    pub fn is_expected(&self) -> bool {
        self.stage.status == Status::Waiting && self.absent
    }

    /// The ticket after its holder came: they wait from now on, at the place that their number gives them. Coming twice changes
    /// nothing.
    ///
    /// # Errors
    /// [`Refused`] when the visit is over; nothing changes then.
    pub fn checked_in(&self, now: Timestamp) -> Result<Ticket, Refused> {
        self.still_here(Action::CheckIn)?;
        let mut after = self.clone();
        if self.is_expected() {
            after.absent = false;
            after.stage.joined = Some(now);
        }
        Ok(after)
    }

    /// When its holder joined the line that it is in.
    pub fn joined_at(&self) -> Timestamp {
        self.stage.joined.unwrap_or(self.created_at)
    }

    /// When something last happened to its holder: the number was given, called, or served.
    pub fn last_step(&self) -> Timestamp {
        let behind = self.past.iter().map(Stage::finished_at);
        let steps = [self.stage.called_at(), self.stage.served_at].into_iter().chain(behind);
        steps.flatten().fold(self.created_at, Timestamp::max)
    }

    /// Whether the number outlives the day that ends at `now`: its holder waits or is at a counter, and something happened
    /// within [`KEPT_HOURS`]. A night clinic's visitor at 02:58 stays; who was forgotten in the afternoon is not the first
    /// to be called in the morning.
    pub fn outlives_day(&self, now: Timestamp) -> bool {
        let here = self.waits() || self.stage.status.at_counter();
        here && now.millis_since(self.last_step()) <= KEPT_HOURS * 3_600_000
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
        let mut after = Ticket { stage: self.stage.after(action, now)?, ..self.clone() };
        if self.is_expected() && matches!(action, Action::Call(_)) {
            // Whoever is called stands before somebody.
            after.absent = false;
            after.stage.joined = Some(now.at);
        }
        Ok(after)
    }

    /// The next stop of its holder's way that is `offered`.
    pub fn onward(&self, offered: impl Fn(ServiceId) -> bool) -> Option<ServiceId> {
        self.route.iter().copied().find(|service| offered(*service))
    }

    /// The ticket after its holder was done here: at the end of their way, or on to the next stop of it.
    ///
    /// # Errors
    /// [`Refused`] when nobody is at a counter; nothing changes then.
    pub fn finished(&self, on: Option<Destination>, now: Moment) -> Result<Ticket, Refused> {
        let done = self.stage.after(Action::Finish, now)?;
        Ok(match on {
            Some(to) => self.joining(to, Some(done), now),
            None => Ticket { stage: done, route: Vec::new(), ..self.clone() },
        })
    }

    /// The ticket after its holder was sent on. The number stays. Who is being served is done here.
    ///
    /// # Errors
    /// [`Refused`] when it was cancelled; nothing changes then.
    pub fn transferred(&self, to: Destination, now: Moment) -> Result<Ticket, Refused> {
        let done = match self.stage.status {
            Status::Serving => Some(self.stage.after(Action::Finish, now)?),
            Status::Done => Some(self.stage.clone()),
            Status::Waiting | Status::Called | Status::Skipped => None,
            status @ Status::Cancelled => return Err(Refused { status, action: Action::Transfer }),
        };
        Ok(self.joining(to, done, now))
    }

    /// In the line of `to`. A stop of the way that is reached is behind its holder, and so are those before it.
    fn joining(&self, to: Destination, done: Option<Stage>, now: Moment) -> Ticket {
        let Destination { service, awaits, order } = to;
        let mut after = self.clone();
        if self.stage.service == service && self.stage.status == Status::Waiting {
            // Only whom they wait for is another: that costs nobody their place.
            after.stage.awaits = awaits;
            return after;
        }
        after.stage = Stage { joined: Some(now.at), awaits, ..Stage::waiting(service, order) };
        after.past.extend(done);
        if let Some(at) = after.route.iter().position(|stop| *stop == service) {
            after.route.drain(..=at);
        }
        after
    }

    /// The ticket whose holder goes another way from here; an empty one ends here.
    ///
    /// # Errors
    /// [`Refused`] when its visit is over; nothing changes then.
    pub fn routed(&self, route: Vec<ServiceId>) -> Result<Ticket, Refused> {
        self.still_here(Action::Route)?;
        Ok(Ticket { route, ..self.clone() })
    }

    /// The ticket whose holder, who is at a counter, is at another one from now on: a colleague takes over.
    ///
    /// # Errors
    /// [`Refused`] when nobody is at a counter; nothing changes then.
    pub fn handed_over(&self, to: CounterNumber, now: Moment) -> Result<Ticket, Refused> {
        let status = self.stage.status;
        if !status.at_counter() {
            return Err(Refused { status, action: Action::HandOver });
        }
        let mut after = self.clone();
        after.stage.counter = Some(to);
        after.stage.awaits = after.stage.awaits.map(|_| to);
        // Who has not come yet is called to the other counter; who is being served just moves.
        if status == Status::Called {
            after.stage.called = Some(now);
            after.stage.recalls_earlier = after.stage.recalls;
        }
        Ok(after)
    }

    /// The ticket with another class, or none.
    ///
    /// # Errors
    /// [`Refused`] when its visit is over; nothing changes then.
    pub fn classed(&self, class: Option<ClassId>) -> Result<Ticket, Refused> {
        self.still_here(Action::Classify)?;
        Ok(Ticket { class, ..self.clone() })
    }

    fn still_here(&self, action: Action) -> Result<(), Refused> {
        match self.stage.status {
            status @ (Status::Done | Status::Cancelled) => Err(Refused { status, action }),
            _ => Ok(()),
        }
    }

    /// Where it stands now, for [`Ticket::taken_back`].
    pub fn before(&self) -> Before {
        Before {
            stage: self.stage.clone(),
            behind: self.past.len(),
            route: self.route.clone(),
            absent: self.absent,
        }
    }

    /// The ticket with its last step taken back.
    pub fn taken_back(&self, before: Before) -> Ticket {
        let Before { stage, behind, route, absent } = before;
        let mut back = Ticket { stage, route, absent, ..self.clone() };
        back.past.truncate(behind);
        back
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

    fn to(service: ServiceId) -> Destination {
        Destination { service, awaits: None, order: 41 }
    }

    /// The whole table: which action leads from which state to which, and every other pair is refused.
    #[test]
    fn every_action_is_allowed_exactly_where_the_table_says() {
        use Status::*;
        let table = [
            (Action::Call(LOKET), vec![(Waiting, Called), (Skipped, Called), (Done, Called)]),
            (Action::Recall, vec![(Called, Called), (Serving, Serving)]),
            (Action::Serve, vec![(Called, Serving)]),
            (Action::Finish, vec![(Called, Done), (Serving, Done)]),
            (Action::Skip, vec![(Called, Skipped)]),
            (Action::Return, vec![(Skipped, Waiting), (Done, Waiting)]),
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
    fn who_waits_or_is_served_when_the_day_ends_stays_and_who_was_forgotten_does_not() {
        use Status::*;
        let ends = Timestamp(1_795_114_800_000);
        let given = |minutes_before: i64, status| {
            let ticket = a_ticket(status);
            Ticket { created_at: ends.plus_minutes(-minutes_before), ..ticket }
        };
        let stays = |minutes_before, status| given(minutes_before, status).outlives_day(ends);
        assert!(stays(2, Waiting) && stays(2, Called) && stays(2, Serving));
        assert!(stays(11 * 60, Waiting) && stays(12 * 60, Waiting) && !stays(12 * 60 + 1, Waiting));
        assert!(!stays(2, Done) && !stays(2, Skipped) && !stays(2, Cancelled));
        let mut served = given(20 * 60, Serving);
        served.stage.served_at = Some(ends.plus_minutes(-60));
        assert!(served.outlives_day(ends), "somebody is with the doctor");
        assert!(given(-5, Waiting).outlives_day(ends), "a clock that was put back forgets nobody");
    }

    #[test]
    fn who_is_still_to_come_is_not_in_line_until_they_check_in_or_are_called() {
        let expected = Ticket { absent: true, ..a_ticket(Status::Waiting) };
        assert!(expected.is_expected() && !expected.waits() && !expected.outlives_day(NOW.at));
        let came = expected.checked_in(NOW.at).unwrap();
        assert!(came.waits() && came.joined_at() == NOW.at && came.place() == expected.place());
        assert_eq!(came.checked_in(NOW.at.plus_minutes(5)).unwrap(), came, "coming twice changes nothing");
        let called = expected.after(Action::Call(LOKET), NOW).unwrap();
        assert!(!called.absent);
        assert_eq!(called.taken_back(expected.before()), expected);
        let cancelled = expected.after(Action::Cancel, NOW).unwrap();
        let status = Status::Cancelled;
        assert_eq!(cancelled.checked_in(NOW.at), Err(Refused { status, action: Action::CheckIn }));
    }

    #[test]
    fn a_recall_changes_no_state_and_counts() {
        let called = a_ticket(Status::Waiting).after(Action::Call(LOKET), NOW).unwrap();
        let later = Moment { at: NOW.at.plus_minutes(1), order: 2 };
        let again = called.after(Action::Recall, later).unwrap();
        assert_eq!(again, Ticket { stage: Stage { recalls: 1, ..called.stage.clone() }, ..called });
    }

    #[test]
    fn a_number_that_is_sent_on_keeps_its_letter_and_joins_the_other_line_at_its_end() {
        use Status::*;
        let pharmacy = ServiceId(2);
        for (status, behind) in [(Waiting, 0), (Called, 0), (Skipped, 0), (Serving, 1), (Done, 1)] {
            let before = a_ticket(status);
            let sent = before.transferred(to(pharmacy), NOW).unwrap();
            assert_eq!((sent.service, sent.number), (ServiceId(1), 7), "the paper stays true");
            assert_eq!(sent.stage, Stage { joined: Some(NOW.at), ..Stage::waiting(pharmacy, 41) });
            assert_eq!(sent.past.len(), behind, "{status:?}");
            assert!(sent.past.iter().all(|stage| stage.status == Done && stage.service == ServiceId(1)));
            assert_eq!(sent.taken_back(before.before()), before, "{status:?}");
        }
        let refused = a_ticket(Cancelled).transferred(to(pharmacy), NOW);
        assert_eq!(refused, Err(Refused { status: Cancelled, action: Action::Transfer }));
    }

    #[test]
    fn who_was_finished_by_mistake_comes_back_as_if_never_served() {
        let mut done = a_ticket(Status::Serving);
        done.stage.served_at = Some(Timestamp(1));
        let done = done.after(Action::Finish, NOW).unwrap();
        for action in [Action::Return, Action::Call(LOKET)] {
            let back = done.after(action, Moment { order: 9, ..NOW }).unwrap().stage;
            assert_eq!((back.served_at, back.finished_at(), back.visit_millis()), (None, None, None));
        }
    }

    #[test]
    fn a_returned_ticket_keeps_its_place_and_forgets_its_counter() {
        let skipped = a_ticket(Status::Called).after(Action::Skip, NOW).unwrap();
        let back = skipped.after(Action::Return, NOW).unwrap();
        assert_eq!((back.id, back.number), (TicketId(7), 7));
        assert_eq!((back.stage.counter, back.stage.called), (None, None));
    }
}
