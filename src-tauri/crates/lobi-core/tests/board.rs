//! Properties of the board: whatever staff press in whatever order, it adds up.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeSet;

use lobi_core::queue::calling::{self, Caller};
use lobi_core::queue::next::{Lane, Turns};
use lobi_core::queue::{Action, Board, CounterNumber, Moment, Service, ServiceId, Status, Ticket, TicketId};
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
        let mine: Vec<&Ticket> = board.tickets().filter(|ticket| ticket.stage.service == service).collect();
        let of = |status: Status| mine.iter().filter(|ticket| ticket.stage.status == status).count();
        let counts = board.counts(|id| id == service);
        assert_eq!(counts.waiting, of(Status::Waiting));
        assert_eq!(counts.waiting, board.waiting_count(service));
        assert_eq!(counts.called, of(Status::Called) + of(Status::Serving));
        assert_eq!(counts.done, of(Status::Done));
        let places: BTreeSet<usize> = mine.iter().filter_map(|ticket| board.ahead_of(ticket, NOW)).collect();
        assert_eq!(places, (0..of(Status::Waiting)).collect(), "every place in line is taken once");
        let waiting = mine.iter().filter(|ticket| ticket.stage.status == Status::Waiting);
        let first = waiting.map(|ticket| ticket.place()).min();
        assert_eq!(
            board.heads([service], NOW).first().map(|head| head.place),
            first,
            "who came first is first"
        );
    }
    let numbers = board.recent(|_| true);
    assert!(numbers.iter().all(|ticket| ticket.stage.status != Status::Waiting), "who waits was not called");
    assert!(
        numbers.len() <= 5
            && numbers.is_sorted_by_key(|ticket| std::cmp::Reverse(ticket.stage.called.unwrap().order))
    );
}

/// What a restart makes of the same tickets, in whatever order the disk gives them.
fn rebuilt(board: &Board) -> Board {
    let mut rebuilt = Board::new(board.services().cloned());
    let mut tickets: Vec<&Ticket> = board.tickets().collect();
    tickets.sort_by_key(|ticket| std::cmp::Reverse(ticket.code.clone()));
    tickets.into_iter().for_each(|ticket| rebuilt.put(ticket.clone()));
    rebuilt
}

/// One press on one ticket: an action, or a journey on to a service.
#[derive(Clone, Copy, Debug)]
enum Press {
    Act(Action),
    MoveTo(i64),
}

fn a_press() -> impl Strategy<Value = Press> {
    prop_oneof![8 => an_action().prop_map(Press::Act), 1 => (1i64..3).prop_map(Press::MoveTo)]
}

proptest! {
    #[test]
    fn the_board_adds_up_whatever_is_pressed(
        presses in proptest::collection::vec((1i64..25, a_press(), -3i64..4), 0..150),
    ) {
        let mut board = a_board();
        for id in 1..25 {
            board.put(a_ticket(id, 1 + id % 2));
        }
        // A clock that goes forth and back; only the order of events rises.
        let mut clock = 1_000;
        for (order, (id, press, step)) in (1_000i64..).zip(presses) {
            clock += step * 60_000;
            let now = Moment { at: Timestamp(clock), order };
            let ticket = board.ticket(TicketId(id)).unwrap().clone();
            match press {
                Press::Act(Action::Call(counter)) => {
                    let present = board.at_counter(counter).map(|ticket| ticket.id);
                    let caller = Caller { counter, present, turns: Turns::default() };
                    if let Ok(plan) = calling::call_one(caller, &ticket, Lane::Ordinary) {
                        if let Some(present) = plan.finish {
                            let present = board.ticket(present).unwrap().clone();
                            board.put(present.after(Action::Finish, Moment { order: order * 2, ..now }).unwrap());
                        }
                        board.put(ticket.after(plan.action, now).unwrap());
                    }
                }
                Press::Act(action) => {
                    if let Ok(after) = ticket.after(action, now) {
                        board.put(after.clone());
                        // Taking the same state in twice changes nothing, so a replay is always safe.
                        board.put(after);
                    }
                }
                Press::MoveTo(service) => {
                    let stage = lobi_core::queue::Stage::waiting(ServiceId(service), order);
                    board.put(Ticket { stage, ..ticket });
                }
            }
            adds_up(&board);
        }
        prop_assert_eq!(&rebuilt(&board), &board, "what a restart rebuilds equals what was built live");
    }
}
