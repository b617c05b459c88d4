//! Clinic days as text (`scenarios/`, how to read them: `scenarios/script.rs`), lived through with the pure plan.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeMap;
use std::fmt::Write;

use lobi_core::queue::calling::{self, Caller, Plan};
use lobi_core::queue::next::Turns;
use lobi_core::queue::shares::Weights;
use lobi_core::queue::{
    Action, Board, CounterNumber, Moment, Reason, Service, ServiceId, Status, Ticket, TicketId,
};
use lobi_core::time::Timestamp;
use script::{Line, Step, scripts};

#[path = "scenarios/script.rs"]
mod script;

/// A day in memory: the board, numbers and runs, moved by the same plans as the hub's transactions.
struct Day {
    board: Board,
    numbers: BTreeMap<ServiceId, u32>,
    turns: BTreeMap<CounterNumber, Turns>,
    serves: BTreeMap<CounterNumber, Vec<ServiceId>>,
    tickets: i64,
    events: i64,
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
            retired: false,
            priority,
            hours: lobi_core::site::Hours::default(),
        };
        let services =
            [(1, "A", "umum", false), (2, "B", "gigi", false), (4, "D", "lansia", true)].map(service);
        let serves = [(1, vec![1, 4]), (2, vec![2]), (3, vec![1, 4])];
        Day {
            board: Board::new(services),
            numbers: BTreeMap::new(),
            turns: BTreeMap::new(),
            serves: serves
                .into_iter()
                .map(|(counter, ids)| (CounterNumber(counter), ids.into_iter().map(ServiceId).collect()))
                .collect(),
            tickets: 0,
            events: 0,
        }
    }

    fn take(&mut self, slug: &str, now: Timestamp) -> String {
        let service = self.board.service_by_slug(slug).expect("a service of the scenario").id;
        let number = self.numbers.entry(service).or_default();
        *number += 1;
        self.tickets += 1;
        let ticket =
            Ticket::new(TicketId(self.tickets), format!("CODE{}", self.tickets), service, *number, now);
        self.board.put(ticket.clone());
        let ahead = self.board.ahead_of(&ticket, now).expect("a new ticket waits");
        let mut told = format!("{} waiting, {ahead} ahead", self.name(&ticket));
        if let Some(minutes) = self.board.estimate(service, ahead, now) {
            write!(told, ", about {minutes} min").unwrap();
        }
        told
    }

    fn caller(&self, counter: CounterNumber) -> Caller {
        Caller {
            counter,
            present: self.board.at_counter(counter).map(|ticket| ticket.id),
            turns: self.turns.get(&counter).cloned().unwrap_or_default(),
            weights: Weights::default(),
        }
    }

    fn call_next(&mut self, counter: CounterNumber, now: Timestamp) -> String {
        let heads = self.board.heads(self.serves[&counter].clone(), counter, now);
        match calling::call_next(&self.caller(counter), &heads) {
            None => "nobody waits".into(),
            Some(plan) => self.carry_out(counter, &plan, now),
        }
    }

    fn call(&mut self, counter: CounterNumber, nomor: &str, now: Timestamp) -> String {
        let ticket = self.find(nomor);
        if ticket.stage.status.at_counter() {
            return self.carry_out(counter, &calling::recall(&ticket), now);
        }
        let lane = self.board.lane(&ticket, now);
        match calling::call_one(self.caller(counter), &ticket, lane) {
            Ok(plan) => self.carry_out(counter, &plan, now),
            Err(refused) => format!("refused: {refused}"),
        }
    }

    fn carry_out(&mut self, counter: CounterNumber, plan: &Plan, now: Timestamp) -> String {
        if let Some(present) = plan.finish {
            let present = self.board.ticket(present).expect("who is there").clone();
            self.step(&present, Action::Finish, now);
        }
        if let Some(turns) = plan.turns.clone() {
            self.turns.insert(counter, turns);
        }
        let ticket = self.board.ticket(plan.ticket).expect("whom the plan calls").clone();
        let told = self.step(&ticket, plan.action, now);
        match plan.reason {
            None => told,
            Some(Reason::FirstCome) => format!("{told} (first come)"),
            Some(Reason::Urgent) => format!("{told} (urgent)"),
            Some(Reason::WaitedLong) => format!("{told} (waited long)"),
            Some(Reason::PriorityTurn) => format!("{told} (priority's turn)"),
            Some(Reason::ServiceTurn) => format!("{told} (service's turn)"),
            Some(Reason::RegularTurn) => format!("{told} (regular's turn)"),
        }
    }

    fn step(&mut self, ticket: &Ticket, action: Action, now: Timestamp) -> String {
        self.events += 1;
        let nomor = self.name(ticket);
        match ticket.after(action, Moment { at: now, order: self.events }) {
            Err(refused) => format!("refused: {refused}"),
            Ok(after) => {
                self.board.put(after.clone());
                let stage = after.stage;
                let counter = stage.counter.filter(|_| stage.status.at_counter());
                let place = counter.map(|counter| format!(" at {}", counter.0)).unwrap_or_default();
                let again =
                    if stage.recalls > 0 { format!(", recalled {}×", stage.recalls) } else { String::new() };
                format!("{nomor} {}{place}{again}", stage.status.name())
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
            self.board.tickets().filter(|ticket| ticket.stage.status == Status::Waiting).collect();
        waiting.sort_by_key(|ticket| (ticket.stage.service, ticket.place()));
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
    fn run(&mut self, step: Option<&(i64, Step)>) -> String {
        let Some((minutes, step)) = step else { return self.board() };
        let now = Timestamp(0).plus_minutes(*minutes);
        match step {
            Step::Take(slug) => self.take(slug, now),
            Step::CallNext(counter) => self.call_next(CounterNumber(*counter), now),
            Step::Call(counter, nomor) => self.call(CounterNumber(*counter), nomor, now),
            Step::Move(verb, nomor) => {
                let action = match verb.as_str() {
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
        }
    }
}

#[test]
fn every_scenario_goes_as_written() {
    for script in scripts() {
        let mut day = Day::new();
        for Line { place, step, expected } in script {
            assert_eq!(day.run(step.as_ref()), expected, "{place}");
        }
    }
}
