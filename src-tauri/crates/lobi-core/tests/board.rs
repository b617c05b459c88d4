//! Properties of the board: whatever staff press in whatever order, it adds up.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::{BTreeSet, HashMap};

use lobi_core::queue::calling::{self, Caller};
use lobi_core::queue::next::{Lane, Turns};
use lobi_core::queue::shares::Weights;
use lobi_core::queue::{
    Action, Before, Board, CounterNumber, Destination, Moment, Service, ServiceId, Status, Ticket, TicketId,
};
use lobi_core::time::Timestamp;
use proptest::prelude::*;

/// Whoever asks, asks long after everything.
const NOW: Timestamp = Timestamp(1_000_000_000);

fn a_board() -> Board {
    let service = |id: i64| Service {
        id: ServiceId(id),
        kode: ["A", "B"][usize::try_from(id - 1).unwrap()].into(),
        slug: format!("service-{id}"),
        nama: String::new(),
        nama_en: String::new(),
        icon: String::new(),
        open: true,
        retired: false,
        priority: false,
        hours: lobi_core::site::Hours::default(),
    };
    Board::new([service(1), service(2)])
}

fn a_ticket(id: i64, service: i64) -> Ticket {
    // The clock may stand or jump: the order of the line is the order of the numbers.
    let clock = Timestamp((id * 7_919) % 13);
    let number = u32::try_from(id).unwrap();
    Ticket::new(TicketId(id), format!("C{id}"), ServiceId(service), number, clock)
}

fn an_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        (1u32..4).prop_map(|counter| Action::Call(CounterNumber(counter))),
        Just(Action::Recall),
        Just(Action::Serve),
        Just(Action::Finish),
        Just(Action::Skip),
        Just(Action::Return),
        Just(Action::Cancel),
    ]
}

/// What every screen relies on, counted afresh from the tickets.
fn adds_up(board: &Board) {
    for service in [ServiceId(1), ServiceId(2)] {
        let here = |ticket: &&Ticket| ticket.stage.service == service && !ticket.is_expected();
        let mine: Vec<&Ticket> = board.tickets().filter(here).collect();
        let of = |status: Status| mine.iter().filter(|ticket| ticket.stage.status == status).count();
        let counts = board.counts(|id| id == service);
        assert_eq!(counts.waiting, of(Status::Waiting));
        assert_eq!(counts.waiting, board.waiting_count(service));
        assert_eq!(counts.called, of(Status::Called) + of(Status::Serving));
        let places: BTreeSet<usize> = mine.iter().filter_map(|ticket| board.ahead_of(ticket, NOW)).collect();
        assert_eq!(places, (0..of(Status::Waiting)).collect(), "every place in line is taken once");
        let waiting = mine.iter().filter(|ticket| ticket.stage.status == Status::Waiting);
        let waiting: Vec<&&Ticket> = waiting.collect();
        for counter in COUNTERS.map(CounterNumber) {
            let callable = |ticket: &&&&Ticket| ticket.stage.awaits.is_none_or(|awaited| awaited == counter);
            let first = waiting.iter().filter(callable).map(|ticket| ticket.place()).min();
            let head = board.heads([service], counter, NOW).first().map(|head| head.place);
            assert_eq!(head, first, "who came first is first, for whoever may call them");
        }
        let behind = board.tickets().flat_map(|ticket| &ticket.past).filter(|stage| stage.service == service);
        let done = mine.iter().filter(|ticket| ticket.stage.status == Status::Done).count() + behind.count();
        assert_eq!(counts.done, done, "who was served here counts here, wherever they are now");
    }
    in_one_place(board);
    let numbers = board.recent(|_| true);
    assert!(numbers.iter().all(|ticket| ticket.stage.status != Status::Waiting), "who waits was not called");
    assert!(
        numbers.len() <= 5
            && numbers.is_sorted_by_key(|ticket| std::cmp::Reverse(ticket.stage.called.unwrap().order))
    );
}

/// Whoever holds a number is in exactly one place: in one line, at one counter, or out of it.
fn in_one_place(board: &Board) {
    for ticket in board.tickets() {
        let at = COUNTERS.map(CounterNumber).map(|counter| board.at_counter(counter).map(|other| other.id));
        let counters = at.iter().filter(|there| **there == Some(ticket.id)).count();
        let lines = [1, 2]
            .iter()
            .filter(|service| board.order(ServiceId(**service), NOW).any(|place| place.ticket == ticket.id));
        let (waits, there) = (ticket.waits(), ticket.stage.status.at_counter());
        assert_eq!((lines.count(), counters), (usize::from(waits), usize::from(there)), "{ticket:?}");
        assert!(!ticket.route.contains(&ticket.stage.service), "nobody is sent where they are");
    }
}

/// What a restart makes of the same tickets, in whatever order the disk gives them.
fn rebuilt(board: &Board) -> Board {
    let mut rebuilt = Board::new(board.services().cloned());
    let mut tickets: Vec<&Ticket> = board.tickets().collect();
    tickets.sort_by_key(|ticket| std::cmp::Reverse(ticket.code.clone()));
    tickets.into_iter().for_each(|ticket| rebuilt.put(ticket.clone()));
    rebuilt
}

/// One press on one ticket.
#[derive(Clone, Debug)]
enum Press {
    Act(Action),
    /// On to a service, and there to one counter or any.
    SendTo(i64, Option<u32>),
    HandOver(u32),
    Way(Vec<i64>),
    CheckIn,
    Undo,
}

const COUNTERS: [u32; 3] = [1, 2, 3];

fn a_press() -> impl Strategy<Value = Press> {
    prop_oneof![
        8 => an_action().prop_map(Press::Act),
        2 => (1i64..3, proptest::option::of(1u32..4)).prop_map(|(service, counter)| Press::SendTo(service, counter)),
        1 => (1u32..4).prop_map(Press::HandOver),
        1 => prop_oneof![Just(vec![]), Just(vec![1]), Just(vec![2]), Just(vec![1, 2])].prop_map(Press::Way),
        1 => Just(Press::CheckIn),
        2 => Just(Press::Undo),
    ]
}

/// A hub's worth of the queue: the board, and where each number stood before its last step.
struct Desk {
    board: Board,
    before: HashMap<TicketId, Before>,
}

impl Desk {
    fn put(&mut self, before: &Ticket, after: Ticket) {
        self.before.insert(before.id, before.before());
        self.board.put(after.clone());
        // Taking the same state in twice changes nothing, so a replay is always safe.
        self.board.put(after);
    }

    /// Done here: on to the next stop of the way.
    fn finish(&mut self, ticket: &Ticket, now: Moment) {
        let on =
            ticket.onward(|_| true).map(|service| Destination { service, awaits: None, order: now.order });
        if let Ok(after) = ticket.finished(on, now) {
            self.put(ticket, after);
        }
    }

    fn press(&mut self, id: TicketId, press: &Press, now: Moment) {
        let ticket = self.board.ticket(id).unwrap().clone();
        match press {
            Press::Act(Action::Call(counter)) => {
                let present = self.board.at_counter(*counter).map(|ticket| ticket.id);
                let caller = Caller {
                    counter: *counter,
                    present,
                    turns: Turns::default(),
                    weights: Weights::default(),
                };
                if let Ok(plan) = calling::call_one(caller, &ticket, Lane::Ordinary) {
                    if let Some(present) = plan.finish {
                        let present = self.board.ticket(present).unwrap().clone();
                        self.finish(&present, Moment { order: now.order * 2, ..now });
                    }
                    self.put(&ticket, ticket.after(plan.action, now).unwrap());
                }
            }
            Press::Act(Action::Finish) => self.finish(&ticket, now),
            Press::Act(action) => {
                if let Ok(after) = ticket.after(*action, now) {
                    self.put(&ticket, after);
                }
            }
            Press::SendTo(service, awaits) => {
                let awaits = awaits.map(CounterNumber);
                let to = Destination { service: ServiceId(*service), awaits, order: now.order };
                if let Ok(after) = ticket.transferred(to, now) {
                    self.put(&ticket, after);
                }
            }
            Press::HandOver(counter) => {
                let free = self.board.at_counter(CounterNumber(*counter)).is_none();
                if let (true, Ok(after)) = (free, ticket.handed_over(CounterNumber(*counter), now)) {
                    self.put(&ticket, after);
                }
            }
            Press::Way(stops) => {
                let here = ticket.stage.service;
                let stops = stops.iter().copied().map(ServiceId).filter(|stop| *stop != here).collect();
                if let Ok(after) = ticket.routed(stops) {
                    self.put(&ticket, after);
                }
            }
            Press::CheckIn => {
                if let Ok(after) = ticket.checked_in(now.at) {
                    self.board.put(after);
                }
            }
            Press::Undo => {
                let Some(before) = self.before.remove(&id) else { return };
                let taken = before.stage.counter.filter(|_| before.stage.status.at_counter());
                let other = taken.and_then(|counter| self.board.at_counter(counter));
                if other.is_none_or(|other| other.id == id) {
                    let back = ticket.taken_back(before.clone());
                    assert_eq!(back.before(), before, "it stands where it stood");
                    self.board.put(back);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn the_board_adds_up_whatever_is_pressed(
        presses in proptest::collection::vec((1i64..25, a_press(), -3i64..4), 0..150),
    ) {
        let mut desk = Desk { board: a_board(), before: HashMap::new() };
        for id in 1..25 {
            // Every fifth was given the day before: its holder is still to come.
            desk.board.put(Ticket { absent: id % 5 == 0, ..a_ticket(id, 1 + id % 2) });
        }
        // A clock that goes forth and back; only the order of events rises.
        let mut clock = 1_000;
        for (order, (id, press, step)) in (1_000i64..).zip(presses) {
            clock += step * 60_000;
            desk.press(TicketId(id), &press, Moment { at: Timestamp(clock), order });
            adds_up(&desk.board);
        }
        prop_assert_eq!(&rebuilt(&desk.board), &desk.board, "what a restart rebuilds equals what was built live");
    }
}
