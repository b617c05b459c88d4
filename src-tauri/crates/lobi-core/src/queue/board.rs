//! The service day as every screen sees it, kept in memory. It is a pure function of the day's tickets: [`Board::put`]
//! takes the old state of a ticket out and the new one in, so that what was built live equals what a restart rebuilds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::class::{Class, ClassId};
use super::estimate::{self, RECENT_VISITS};
use super::line::Line;
use super::next::{Head, Lane, SERVICE_PRIORITY, order_of_calls};
use super::service::{CounterNumber, CounterState, Service, ServiceId};
use super::stage::Place;
use super::states::{Status, TicketId};
use super::ticket::Ticket;
use crate::time::Timestamp;

/// How many of the last calls a board shows.
pub const RECENT_CALLS: usize = 5;

/// A counter that called nobody for this long does not count as open, in minutes.
pub const OPEN_COUNTER_MINUTES: i64 = 30;

/// What a commit changed about the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A ticket has this state now.
    Ticket(Box<Ticket>),
    /// A service was made or changed.
    Service(Box<Service>),
    /// A priority class was made or changed.
    Class(Box<Class>),
    /// A counter opened, paused or closed.
    Counter(CounterNumber, CounterState),
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

/// Everything about the queue of the day that screens ask for, answered without SQL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    services: BTreeMap<ServiceId, Service>,
    classes: BTreeMap<ClassId, Class>,
    tickets: HashMap<TicketId, Ticket>,
    by_code: HashMap<String, TicketId>,
    by_number: HashMap<(ServiceId, u32), TicketId>,
    lines: BTreeMap<ServiceId, Line>,
    /// The last number of each service today.
    given: BTreeMap<ServiceId, u32>,
    at_counter: BTreeMap<CounterNumber, TicketId>,
    /// Counters that are paused or closed.
    away: BTreeSet<CounterNumber>,
}

impl Board {
    /// An empty board with these services.
    pub fn new(services: impl IntoIterator<Item = Service>) -> Self {
        let services = services.into_iter().map(|service| (service.id, service)).collect();
        Board { services, ..Board::default() }
    }

    /// A new day begins: the services stay, the tickets go.
    pub fn start_day(&mut self) {
        let (services, classes) = (std::mem::take(&mut self.services), std::mem::take(&mut self.classes));
        *self = Board { services, classes, ..Board::default() };
    }

    /// Takes what a commit changed in.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Ticket(ticket) => self.put(*ticket),
            Change::Service(service) => {
                self.services.insert(service.id, *service);
            }
            Change::Class(class) => {
                self.classes.insert(class.id, *class);
            }
            Change::Counter(counter, CounterState::Open) => {
                self.away.remove(&counter);
            }
            Change::Counter(counter, CounterState::Paused | CounterState::Closed) => {
                self.away.insert(counter);
            }
        }
    }

    /// Takes a ticket's committed state in; the state it had before is forgotten.
    pub fn put(&mut self, ticket: Ticket) {
        if let Some(old) = self.tickets.get(&ticket.id) {
            if let Some(line) = self.lines.get_mut(&old.stage.service).filter(|_| !old.is_expected()) {
                line.take_out(old);
            }
            for stage in &old.past {
                if let Some(line) = self.lines.get_mut(&stage.service) {
                    line.take_out_past(old.id, stage);
                }
            }
            let left = old.past.iter().map(|stage| stage.service).chain([old.stage.service]);
            for service in left {
                if self.lines.get(&service).is_some_and(|line| *line == Line::default()) {
                    self.lines.remove(&service);
                }
            }
            if let Some(counter) = old.stage.counter
                && self.at_counter.get(&counter) == Some(&old.id)
            {
                self.at_counter.remove(&counter);
            }
        } else {
            self.by_code.insert(ticket.code.clone(), ticket.id);
            let named = self.by_number.entry((ticket.service, ticket.number));
            // A number of today outranks the same one that was kept from yesterday.
            if ticket.kept_from.is_none() {
                named.insert_entry(ticket.id);
                let last = self.given.entry(ticket.service).or_default();
                *last = ticket.number.max(*last);
            } else {
                named.or_insert(ticket.id);
            }
        }
        if !ticket.is_expected() {
            self.lines.entry(ticket.stage.service).or_default().put(&ticket);
        }
        for stage in &ticket.past {
            self.lines.entry(stage.service).or_default().put_past(ticket.id, stage);
        }
        if let Some(counter) = ticket.stage.counter.filter(|_| ticket.stage.status.at_counter()) {
            self.at_counter.insert(counter, ticket.id);
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

    /// All priority classes, in the order in which they were made.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        self.classes.values()
    }

    /// A class by its row id.
    pub fn class(&self, id: ClassId) -> Option<&Class> {
        self.classes.get(&id)
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
        self.lines.get(&service).map_or(0, |line| line.of(Status::Waiting))
    }

    /// How many numbers the service gave today.
    pub fn given_count(&self, service: ServiceId) -> u32 {
        self.given.get(&service).copied().unwrap_or(0)
    }

    /// How many are called before this ticket at `now`; nothing unless it waits.
    pub fn ahead_of(&self, ticket: &Ticket, now: Timestamp) -> Option<usize> {
        let (line, place) = (self.lines.get(&ticket.stage.service)?, ticket.place());
        let alike = line.waiting.get(&ticket.class).filter(|waiting| waiting.contains(&place))?;
        if line.waiting.len() > 1 {
            return self.order(ticket.stage.service, now).position(|one| one == place);
        }
        // Almost every question comes from the end of the line (a number just given): count the shorter way.
        if alike.last() == Some(&place) {
            return Some(alike.len() - 1);
        }
        Some(alike.range(..place).count())
    }

    /// Who waits for the service, in the order in which a single counter would call them.
    pub fn order(&self, service: ServiceId, now: Timestamp) -> impl Iterator<Item = Place> {
        let lines = self.lines.get(&service).into_iter().flat_map(|line| line.waiting.values());
        order_of_calls(lines.map(move |line| line.iter().filter_map(move |place| self.head(*place, now))))
    }

    /// Whether somebody who waits for the service goes before others.
    pub fn has_classes(&self, service: ServiceId) -> bool {
        self.lines.get(&service).is_some_and(|line| line.waiting.keys().any(Option::is_some))
    }

    /// Somebody who waits, with the lane in which they do at `now`.
    fn head(&self, place: Place, now: Timestamp) -> Option<Head> {
        let ticket = self.tickets.get(&place.ticket)?;
        Some(Head { place, service: ticket.stage.service, lane: self.lane(ticket, now) })
    }

    /// The lane in which somebody waits at `now`.
    pub fn lane(&self, ticket: &Ticket, now: Timestamp) -> Lane {
        let class = ticket.class.and_then(|class| self.classes.get(&class));
        let priority = self.services.get(&ticket.stage.service).is_some_and(|service| service.priority);
        lane(class, priority, now.millis_since(ticket.joined_at()))
    }

    /// The estimated wait in minutes with `ahead` people before; see [`estimate::wait_minutes`].
    pub fn estimate(&self, service: ServiceId, ahead: usize, now: Timestamp) -> Option<u32> {
        let line = self.lines.get(&service)?;
        let last_call = |calls: &BTreeSet<(i64, TicketId)>| line.calls.get(calls.last()?).map(|call| call.at);
        let lately = |at: &Timestamp| now.millis_since(*at) <= OPEN_COUNTER_MINUTES * 60_000;
        let here = line.calls_of.iter().filter(|(counter, _)| !self.away.contains(counter));
        let open = here.filter_map(|(_, calls)| last_call(calls)).filter(lately).count();
        let recent = line.visits.values().rev().take(RECENT_VISITS);
        estimate::wait_minutes(recent.copied(), ahead, open)
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
            .filter(|ticket| wanted(ticket.stage.service))
            .collect();
        current.sort_by_key(|ticket| std::cmp::Reverse(call_order(ticket)));
        current
    }

    /// The last called tickets, newest first, of the services that `wanted` accepts.
    pub fn recent(&self, wanted: impl Fn(ServiceId) -> bool) -> Vec<&Ticket> {
        let lines = self.lines.iter().filter(|(service, _)| wanted(**service));
        let last_calls = lines.flat_map(|(_, line)| line.calls.values().rev().take(RECENT_CALLS));
        let mut recent: Vec<&Ticket> = last_calls.filter_map(|call| self.tickets.get(&call.ticket)).collect();
        recent.sort_by_key(|ticket| std::cmp::Reverse(call_order(ticket)));
        recent.truncate(RECENT_CALLS);
        recent
    }

    /// The heads of those services' lines at `now` as that counter sees them, for [`super::next::next_up`]: whoever waits for
    /// another counter alone is passed over.
    pub fn heads(
        &self,
        services: impl IntoIterator<Item = ServiceId>,
        counter: CounterNumber,
        now: Timestamp,
    ) -> Vec<Head> {
        let lines = services.into_iter().filter_map(|id| self.lines.get(&id));
        let callable = |place: &&Place| {
            let awaits = self.tickets.get(&place.ticket).and_then(|ticket| ticket.stage.awaits);
            awaits.is_none_or(|awaited| awaited == counter)
        };
        let first =
            lines.flat_map(|line| line.waiting.values().filter_map(|places| places.iter().find(callable)));
        first.filter_map(|place| self.head(*place, now)).collect()
    }

    /// Counts over the services that `wanted` accepts.
    pub fn counts(&self, wanted: impl Fn(ServiceId) -> bool) -> Counts {
        let mut total = Counts::default();
        for (_, line) in self.lines.iter().filter(|(service, _)| wanted(**service)) {
            total.waiting += line.of(Status::Waiting);
            total.called += line.of(Status::Called) + line.of(Status::Serving);
            total.done += line.of(Status::Done);
            total.skipped += line.of(Status::Skipped);
        }
        total
    }

    /// The mean length of the recent visits of those services, in minutes; nothing before the first.
    pub fn mean_visit_minutes(&self, wanted: impl Fn(ServiceId) -> bool) -> Option<f64> {
        let lines = self.lines.iter().filter(|(service, _)| wanted(**service));
        let recent = lines.flat_map(|(_, line)| line.visits.values().rev().take(RECENT_VISITS));
        let visits: Vec<i64> = recent.copied().collect();
        (!visits.is_empty()).then(|| visits.iter().sum::<i64>() as f64 / visits.len() as f64 / 60_000.0)
    }
}

/// The lane of somebody of that class who has been in line for so long; `priority`: of the service that they wait for.
pub fn lane(class: Option<&Class>, priority: bool, waited_millis: i64) -> Lane {
    let by_service = if priority { Lane::InTurn(SERVICE_PRIORITY) } else { Lane::Ordinary };
    class.and_then(|class| class.rule.lane(waited_millis)).unwrap_or(by_service)
}

/// The order in which tickets were called, whatever the clock showed.
fn call_order(ticket: &Ticket) -> (i64, TicketId) {
    (ticket.stage.called.map_or(0, |called| called.order), ticket.id)
}
