//! Properties of the board: whatever staff press in whatever order, it adds up.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeSet;

use lobi_core::queue::{Action, Board, CounterNumber, Service, ServiceId, Status, Ticket, TicketId};
use lobi_core::time::{ServiceDay, Timestamp, Zone};
use proptest::prelude::*;

fn a_board() -> Board {
    let service = |id: i64| Service {
        id: ServiceId(id),
        kode: ["A", "B"][usize::try_from(id - 1).unwrap()].into(),
        slug: format!("service-{id}"),
        nama: String::new(),
        nama_en: String::new(),
        icon: String::new(),
        open: true,
        priority: false,
    };
    Board::new(ServiceDay::due(Timestamp(0), Zone::Wib, 0), [service(1), service(2)])
}

fn a_ticket(id: i64, service: i64) -> Ticket {
    Ticket {
        id: TicketId(id),
        code: format!("C{id}"),
        service: ServiceId(service),
        number: u32::try_from(id).unwrap(),
        status: Status::Waiting,
        counter: None,
        // The clock may stand or jump: the order of the line is the order of the numbers.
        created_at: Timestamp((id * 7_919) % 13),
        called_at: None,
        served_at: None,
        finished_at: None,
        recalls: 0,
        paper: Default::default(),
    }
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
        let mine: Vec<&Ticket> = board.tickets().filter(|ticket| ticket.service == service).collect();
        let of = |status: Status| mine.iter().filter(|ticket| ticket.status == status).count();
        let counts = board.counts(|id| id == service);
        assert_eq!(counts.waiting, of(Status::Waiting));
        assert_eq!(counts.waiting, board.waiting_count(service));
        assert_eq!(counts.called, of(Status::Called) + of(Status::Serving));
        assert_eq!(counts.done, of(Status::Done));
        let places: BTreeSet<usize> = mine.iter().filter_map(|ticket| board.ahead_of(ticket)).collect();
        assert_eq!(places, (0..of(Status::Waiting)).collect(), "every place in line is taken once");
        let first =
            mine.iter().filter(|ticket| ticket.status == Status::Waiting).map(|ticket| ticket.id).min();
        assert_eq!(board.heads([service]).first().map(|head| head.id), first, "who came first is first");
    }
    let numbers = board.recent(|_| true);
    assert!(numbers.iter().all(|ticket| ticket.status != Status::Waiting), "who waits was not called");
    assert!(numbers.len() <= 5 && numbers.is_sorted_by_key(|ticket| std::cmp::Reverse(ticket.called_at)));
}

proptest! {
    #[test]
    fn the_board_adds_up_whatever_is_pressed(
        presses in proptest::collection::vec((1i64..25, an_action()), 0..150),
    ) {
        let mut board = a_board();
        for id in 1..25 {
            board.put(a_ticket(id, 1 + id % 2), false);
        }
        for (time, (id, action)) in (1_000..).zip(presses) {
            let ticket = board.ticket(TicketId(id)).unwrap().clone();
            // A counter is freed before it calls: the hub's rule, kept here by the same order of steps.
            if let Action::Call(counter) = action
                && ticket.after(action, Timestamp(time)).is_ok()
                && let Some(current) = board.at_counter(counter).cloned()
            {
                board.put(current.after(Action::Finish, Timestamp(time)).unwrap(), false);
            }
            if let Ok(after) = ticket.after(action, Timestamp(time)) {
                let called = matches!(action, Action::Call(_));
                board.put(after.clone(), called);
                board.put(after, called);
            }
            adds_up(&board);
        }
    }
}
