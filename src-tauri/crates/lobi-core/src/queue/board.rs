//! The service day as every screen sees it, kept in memory and built from committed tickets only.
//! Applying the same ticket twice changes nothing, so a replay is always safe.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::estimate::{self, RECENT_VISITS};
use super::next::Head;
use super::service::{CounterNumber, Service, ServiceId};
use super::ticket::{Status, Ticket, TicketId};
use crate::time::{ServiceDay, Timestamp};

/// How many of the last calls a board shows.
pub const RECENT_CALLS: usize = 5;

/// A counter that called nobody for this long does not count as open, in minutes.
pub const OPEN_COUNTER_MINUTES: i64 = 30;

/// One service's part of the board.
#[derive(Debug, Default)]
struct Line {
    waiting: BTreeSet<TicketId>,
    /// Durations of the last visits, newest last: (finished, ticket, milliseconds).
    visits: VecDeque<(TicketId, i64)>,
    /// The last called tickets, newest first.
    calls: VecDeque<TicketId>,
    /// When each counter last called somebody of this service.
    last_call: BTreeMap<CounterNumber, Timestamp>,
}

/// Counts of a set of services today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting now.
    pub waiting: usize,
    /// Called or at a counter now.
    pub called: usize,
    /// Done today.
    pub done: usize,
    /// Skipped and not returned.
    pub skipped: usize,
}

/// Everything about the service day that screens ask for, answered without SQL.
#[derive(Debug)]
pub struct Board {
    /// The day shown.
    pub day: ServiceDay,
    /// The number of the last event shown.
    pub seq: i64,
    services: BTreeMap<ServiceId, Service>,
    tickets: HashMap<TicketId, Ticket>,
    by_code: HashMap<String, TicketId>,
    by_number: HashMap<(ServiceId, u32), TicketId>,
    lines: BTreeMap<ServiceId, Line>,
    at_counter: BTreeMap<CounterNumber, TicketId>,
    counts: BTreeMap<ServiceId, BTreeMap<&'static str, usize>>,
}

impl Board {
    /// An empty board of that day.
    pub fn new(day: ServiceDay, services: impl IntoIterator<Item = Service>) -> Self {
        let services: BTreeMap<_, _> = services.into_iter().map(|service| (service.id, service)).collect();
        Board {
            day,
            seq: 0,
            services,
            tickets: HashMap::new(),
            by_code: HashMap::new(),
            by_number: HashMap::new(),
            lines: BTreeMap::new(),
            at_counter: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }

    /// A new day begins: the services stay, the tickets go.
    pub fn start_day(&mut self, day: ServiceDay) {
        let services = std::mem::take(&mut self.services);
        *self = Board { seq: self.seq, ..Board::new(day, services.into_values()) };
    }

    /// Adds or replaces a service.
    pub fn put_service(&mut self, service: Service) {
        self.services.insert(service.id, service);
    }

    /// Takes a ticket's committed state in. `called` says that it was called (again) just now.
    pub fn put(&mut self, ticket: Ticket, called: bool) {
        let line = self.lines.entry(ticket.service).or_default();
        let counts = self.counts.entry(ticket.service).or_default();
        if let Some(old) = self.tickets.get(&ticket.id) {
            line.waiting.remove(&old.id);
            *counts.entry(old.status.name()).or_default() -= 1;
            if let Some(counter) = old.counter
                && self.at_counter.get(&counter) == Some(&old.id)
            {
                self.at_counter.remove(&counter);
            }
        } else {
            self.by_code.insert(ticket.code.clone(), ticket.id);
            self.by_number.insert((ticket.service, ticket.number), ticket.id);
        }
        *counts.entry(ticket.status.name()).or_default() += 1;
        if ticket.status == Status::Waiting {
            line.waiting.insert(ticket.id);
            // Back in line after a skip: its call is undone.
            line.calls.retain(|id| *id != ticket.id);
        }
        if let Some(counter) = ticket.counter.filter(|_| ticket.status.at_counter()) {
            self.at_counter.insert(counter, ticket.id);
        }
        if called {
            line.calls.retain(|id| *id != ticket.id);
            line.calls.push_front(ticket.id);
            line.calls.truncate(RECENT_CALLS);
            if let (Some(counter), Some(at)) = (ticket.counter, ticket.called_at) {
                line.last_call.insert(counter, at);
            }
        }
        let ended_now = self.tickets.get(&ticket.id).is_none_or(|old| old.status != Status::Done);
        if let (Status::Done, true, Some(called), Some(finished)) =
            (ticket.status, ended_now, ticket.called_at, ticket.finished_at)
        {
            line.visits.push_back((ticket.id, finished.millis_since(called)));
            if line.visits.len() > RECENT_VISITS {
                line.visits.pop_front();
            }
        }
        self.tickets.insert(ticket.id, ticket);
    }

    /// All services, in the order in which they were made.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.values()
    }

    /// A service by its row id.
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.get(&id)
    }

    /// A service by its slug.
    pub fn service_by_slug(&self, slug: &str) -> Option<&Service> {
        self.services.values().find(|service| service.slug == slug)
    }

    /// Today's ticket by its row id.
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(&id)
    }

    /// Today's ticket by its unguessable code.
    pub fn ticket_by_code(&self, code: &str) -> Option<&Ticket> {
        self.by_code.get(code).and_then(|id| self.tickets.get(id))
    }

    /// Today's ticket by its number as printed; capitals or not.
    pub fn ticket_by_number(&self, nomor: &str) -> Option<&Ticket> {
        let nomor = nomor.trim().to_ascii_uppercase();
        let digits = nomor.find(|c: char| c.is_ascii_digit())?;
        let (kode, number) = nomor.split_at(digits);
        let number: u32 = number.parse().ok()?;
        let service =
            self.services.values().find(|service| service.kode == kode && service.number(number) == nomor)?;
        self.by_number.get(&(service.id, number)).and_then(|id| self.tickets.get(id))
    }

    /// All of today's tickets, in no order.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }

    /// How many wait for the service.
    pub fn waiting_count(&self, service: ServiceId) -> usize {
        self.lines.get(&service).map_or(0, |line| line.waiting.len())
    }

    /// How many wait before this ticket; nothing unless it waits.
    pub fn ahead_of(&self, ticket: &Ticket) -> Option<usize> {
        let line = self.lines.get(&ticket.service)?;
        if !line.waiting.contains(&ticket.id) {
            return None;
        }
        // Almost every question comes from the end of the line (a number just given): count the shorter way.
        if line.waiting.last() == Some(&ticket.id) {
            return Some(line.waiting.len() - 1);
        }
        Some(line.waiting.range(..ticket.id).count())
    }

    /// The estimated wait in minutes with `ahead` people before; see [`estimate::wait_minutes`].
    pub fn estimate(&self, service: ServiceId, ahead: usize, now: Timestamp) -> Option<u32> {
        let line = self.lines.get(&service)?;
        let open = line
            .last_call
            .values()
            .filter(|at| now.millis_since(**at) <= OPEN_COUNTER_MINUTES * 60_000)
            .count();
        estimate::wait_minutes(line.visits.iter().map(|(_, millis)| *millis), ahead, open)
    }

    /// Who is at the counter.
    pub fn at_counter(&self, counter: CounterNumber) -> Option<&Ticket> {
        self.at_counter.get(&counter).and_then(|id| self.tickets.get(id))
    }

    /// Tickets called or being served, newest call first, of the services that `wanted` accepts.
    pub fn current(&self, wanted: impl Fn(ServiceId) -> bool) -> Vec<&Ticket> {
        let mut current: Vec<&Ticket> = self
            .at_counter
            .values()
            .filter_map(|id| self.tickets.get(id))
            .filter(|t| wanted(t.service))
            .collect();
        current.sort_by_key(|ticket| std::cmp::Reverse((ticket.called_at, ticket.id)));
        current
    }

    /// The last called tickets, newest first, of the services that `wanted` accepts.
    pub fn recent(&self, wanted: impl Fn(ServiceId) -> bool) -> Vec<&Ticket> {
        let mut recent: Vec<&Ticket> = self
            .lines
            .iter()
            .filter(|(service, _)| wanted(**service))
            .flat_map(|(_, line)| &line.calls)
            .filter_map(|id| self.tickets.get(id))
            .collect();
        recent.sort_by_key(|ticket| std::cmp::Reverse((ticket.called_at, ticket.id)));
        recent.truncate(RECENT_CALLS);
        recent
    }

    /// The heads of those services' lines, for [`super::next::next_up`].
    pub fn heads(&self, services: impl IntoIterator<Item = ServiceId>) -> Vec<Head> {
        let head = |id: ServiceId| {
            let first = *self.lines.get(&id)?.waiting.first()?;
            Some(Head { id: first, priority: self.services.get(&id)?.priority })
        };
        services.into_iter().filter_map(head).collect()
    }

    /// Counts over the services that `wanted` accepts.
    pub fn counts(&self, wanted: impl Fn(ServiceId) -> bool) -> Counts {
        let mut total = Counts::default();
        for (_, counts) in self.counts.iter().filter(|(service, _)| wanted(**service)) {
            let of = |status: Status| counts.get(status.name()).copied().unwrap_or(0);
            total.waiting += of(Status::Waiting);
            total.called += of(Status::Called) + of(Status::Serving);
            total.done += of(Status::Done);
            total.skipped += of(Status::Skipped);
        }
        total
    }

    /// The mean length of the recent visits of those services, in minutes; nothing before the first.
    pub fn mean_visit_minutes(&self, wanted: impl Fn(ServiceId) -> bool) -> Option<f64> {
        let lines = self.lines.iter().filter(|(service, _)| wanted(**service));
        let visits: Vec<i64> =
            lines.flat_map(|(_, line)| line.visits.iter().map(|(_, millis)| *millis)).collect();
        (!visits.is_empty()).then(|| visits.iter().sum::<i64>() as f64 / visits.len() as f64 / 60_000.0)
    }
}
