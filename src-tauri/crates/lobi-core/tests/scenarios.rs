//! Clinic days as text: each file in `scenarios/` is a script, one step a line, the expected outcome behind the bar.
//!
//! ```text
//! 08:00 take umum      | A001 waiting, 0 ahead
//! 08:05 1 calls        | A001 called to 1 (first come)
//! 08:06 1 serves A001  | refused: ...
//! ```
//! A line `board | …` states who waits, in calling order per service, and who is at which counter.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use lobi_core::queue::next::{REGULAR_BEFORE_PRIORITY, next_up, run_after};
use lobi_core::queue::{Action, Board, CounterNumber, Reason, Service, ServiceId, Status, Ticket, TicketId};
use lobi_core::time::{ServiceDay, Timestamp, Zone};

/// A day in memory: the board, numbers and runs, moved by the same rules as the hub's transactions.
struct Day {
    board: Board,
    numbers: BTreeMap<ServiceId, u32>,
    runs: BTreeMap<CounterNumber, u32>,
    serves: BTreeMap<CounterNumber, Vec<ServiceId>>,
    tickets: i64,
}

impl Day {
    fn new() -> Self {
        let service = |(id, kode, slug, priority): (i64, &str, &str, bool)| Service {
            id: ServiceId(id),
            kode: kode.into(),
            slug: slug.into(),
            nama: slug.into(),
            nama_en: slug.into(),
            icon: String::new(),
            open: true,
            priority,
        };
        let services =
            [(1, "A", "umum", false), (2, "B", "gigi", false), (4, "D", "lansia", true)].map(service);
        let day = ServiceDay::due(Timestamp(0), Zone::Wita, 0);
        let serves = [(1, vec![1, 4]), (2, vec![2]), (3, vec![1, 4])];
        Day {
            board: Board::new(day, services),
            numbers: BTreeMap::new(),
            runs: BTreeMap::new(),
            serves: serves
                .into_iter()
                .map(|(counter, ids)| (CounterNumber(counter), ids.into_iter().map(ServiceId).collect()))
                .collect(),
            tickets: 0,
        }
    }

    fn take(&mut self, slug: &str, now: Timestamp) -> String {
        let service = self.board.service_by_slug(slug).expect("a service of the scenario").id;
        let number = self.numbers.entry(service).or_default();
        *number += 1;
        self.tickets += 1;
        let ticket = Ticket {
            id: TicketId(self.tickets),
            code: format!("CODE{}", self.tickets),
            service,
            number: *number,
            status: Status::Waiting,
            counter: None,
            created_at: now,
            called_at: None,
            served_at: None,
            finished_at: None,
            recalls: 0,
            paper: Default::default(),
        };
        self.board.put(ticket.clone(), false);
        let ahead = self.board.ahead_of(&ticket).expect("a new ticket waits");
        let mut told = format!("{} waiting, {ahead} ahead", self.name(&ticket));
        if let Some(minutes) = self.board.estimate(service, ahead, now) {
            write!(told, ", about {minutes} min").unwrap();
        }
        told
    }

    fn call_next(&mut self, counter: CounterNumber, now: Timestamp) -> String {
        let run = self.runs.get(&counter).copied().unwrap_or(REGULAR_BEFORE_PRIORITY);
        let Some(next) = next_up(&self.board.heads(self.serves[&counter].clone()), run) else {
            return "nobody waits".into();
        };
        self.free(counter, now);
        self.runs.insert(counter, next.regular_run);
        let ticket = self.board.ticket(next.id).expect("the head waits").clone();
        let why = match next.reason {
            Reason::FirstCome => "first come",
            Reason::PriorityTurn => "priority's turn",
            Reason::RegularTurn => "regular's turn",
        };
        format!("{} ({why})", self.step(&ticket, Action::Call(counter), now))
    }

    fn call(&mut self, counter: CounterNumber, nomor: &str, now: Timestamp) -> String {
        let ticket = self.find(nomor);
        if ticket.status.at_counter() {
            return self.step(&ticket, Action::Recall, now);
        }
        if ticket.after(Action::Call(counter), now).is_ok() {
            self.free(counter, now);
            let run = self.runs.get(&counter).copied().unwrap_or(REGULAR_BEFORE_PRIORITY);
            let priority = self.board.service(ticket.service).expect("its service").priority;
            self.runs.insert(counter, run_after(run, priority));
        }
        self.step(&ticket, Action::Call(counter), now)
    }

    fn free(&mut self, counter: CounterNumber, now: Timestamp) {
        if let Some(current) = self.board.at_counter(counter).cloned() {
            self.step(&current, Action::Finish, now);
        }
    }

    fn step(&mut self, ticket: &Ticket, action: Action, now: Timestamp) -> String {
        let nomor = self.name(ticket);
        match ticket.after(action, now) {
            Err(refused) => format!("refused: {refused}"),
            Ok(after) => {
                self.board.put(after.clone(), matches!(action, Action::Call(_)));
                let counter = after.counter.filter(|_| after.status.at_counter());
                let place = counter.map(|counter| format!(" at {}", counter.0)).unwrap_or_default();
                let again =
                    if after.recalls > 0 { format!(", recalled {}×", after.recalls) } else { String::new() };
                format!("{nomor} {}{place}{again}", after.status.name())
            }
        }
    }

    fn find(&self, nomor: &str) -> Ticket {
        self.board.ticket_by_number(nomor).unwrap_or_else(|| panic!("no ticket {nomor}")).clone()
    }

    fn name(&self, ticket: &Ticket) -> String {
        self.board.service(ticket.service).expect("its service").number(ticket.number)
    }

    fn board(&self) -> String {
        let mut waiting: Vec<&Ticket> =
            self.board.tickets().filter(|ticket| ticket.status == Status::Waiting).collect();
        waiting.sort_by_key(|ticket| (ticket.service, ticket.id));
        let waiting: Vec<String> = waiting.into_iter().map(|ticket| self.name(ticket)).collect();
        let mut at: Vec<String> = Vec::new();
        for counter in self.serves.keys() {
            if let Some(ticket) = self.board.at_counter(*counter) {
                at.push(format!("{}:{}", counter.0, self.name(ticket)));
            }
        }
        let recent: Vec<String> =
            self.board.recent(|_| true).into_iter().map(|ticket| self.name(ticket)).collect();
        format!("waiting [{}], at [{}], last called [{}]", waiting.join(" "), at.join(" "), recent.join(" "))
    }

    /// Does one step and tells the outcome.
    fn run(&mut self, step: &str) -> String {
        let words: Vec<&str> = step.split_whitespace().collect();
        let [time, rest @ ..] = words.as_slice() else { panic!("an empty step") };
        if *time == "board" {
            return self.board();
        }
        let (hours, minutes) = time.split_once(':').unwrap_or_else(|| panic!("no time: {step}"));
        let now =
            Timestamp(0).plus_minutes(hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap());
        match rest {
            ["take", slug] => self.take(slug, now),
            [counter, "calls"] => self.call_next(CounterNumber(counter.parse().unwrap()), now),
            [counter, "calls", nomor] => self.call(CounterNumber(counter.parse().unwrap()), nomor, now),
            [verb, nomor] => {
                let action = match *verb {
                    "serve" => Action::Serve,
                    "finish" => Action::Finish,
                    "skip" => Action::Skip,
                    "return" => Action::Return,
                    "cancel" => Action::Cancel,
                    other => panic!("unknown verb {other}"),
                };
                let ticket = self.find(nomor);
                self.step(&ticket, action, now)
            }
            _ => panic!("unknown step: {step}"),
        }
    }
}

fn check(path: &Path) {
    let script = std::fs::read_to_string(path).unwrap();
    let mut day = Day::new();
    for (line, text) in (1..).zip(script.lines()) {
        let text = text.split('#').next().unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let (step, expected) =
            text.split_once('|').unwrap_or_else(|| panic!("{}:{line}: no bar", path.display()));
        assert_eq!(day.run(step.trim()), expected.trim(), "{}:{line}: {}", path.display(), step.trim());
    }
}

#[test]
fn every_scenario_goes_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut scripts: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    scripts.sort();
    assert!(scripts.len() >= 4, "the scenarios are there");
    scripts.iter().for_each(|script| check(script));
}
