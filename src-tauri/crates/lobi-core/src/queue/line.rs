//! One service's part of the board: who waits, who was called, how long visits took.

use std::collections::{BTreeMap, BTreeSet};

use super::class::ClassId;
use super::service::CounterNumber;
use super::stage::{Place, Stage};
use super::states::{Status, TicketId};
use super::ticket::Ticket;
use crate::time::Timestamp;

/// One service's part of the board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// By class: whoever has none stands with nothing.
    pub(super) waiting: BTreeMap<Option<ClassId>, BTreeSet<Place>>,
    /// Lengths of today's visits in milliseconds, by the order in which they ended.
    pub(super) visits: BTreeMap<(i64, TicketId), i64>,
    /// Today's calls that still count, by the order in which they were made.
    pub(super) calls: BTreeMap<(i64, TicketId), Call>,
    /// The same by counter.
    pub(super) calls_of: BTreeMap<CounterNumber, BTreeSet<(i64, TicketId)>>,
    pub(super) counts: BTreeMap<Status, usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) ticket: TicketId,
    pub(super) at: Timestamp,
}

impl Line {
    /// Whoever is still to come is in no line: such a ticket must not be given.
    pub(super) fn put(&mut self, ticket: &Ticket) {
        let stage = &ticket.stage;
        *self.counts.entry(stage.status).or_default() += 1;
        if stage.status == Status::Waiting {
            self.waiting.entry(ticket.class).or_default().insert(ticket.place());
        }
        if let Some(called) = stage.called {
            let key = (called.order, ticket.id);
            self.calls.insert(key, Call { ticket: ticket.id, at: called.at });
            self.calls_of.entry(stage.counter.unwrap_or(CounterNumber(0))).or_default().insert(key);
        }
        if let (Some(millis), Some(finished)) = (stage.visit_millis(), stage.finished) {
            self.visits.insert((finished.order, ticket.id), millis);
        }
    }

    pub(super) fn take_out(&mut self, ticket: &Ticket) {
        let stage = &ticket.stage;
        self.uncount(stage.status);
        if let Some(waiting) = self.waiting.get_mut(&ticket.class) {
            waiting.remove(&ticket.place());
            if waiting.is_empty() {
                self.waiting.remove(&ticket.class);
            }
        }
        if let Some(called) = stage.called {
            let (key, counter) = ((called.order, ticket.id), stage.counter.unwrap_or(CounterNumber(0)));
            self.calls.remove(&key);
            if let Some(calls) = self.calls_of.get_mut(&counter) {
                calls.remove(&key);
                if calls.is_empty() {
                    self.calls_of.remove(&counter);
                }
            }
        }
        if let Some(finished) = stage.finished {
            self.visits.remove(&(finished.order, ticket.id));
        }
    }

    /// A stage that its holder has behind them: it counts as done here, wherever the ticket is now.
    pub(super) fn put_past(&mut self, ticket: TicketId, stage: &Stage) {
        *self.counts.entry(stage.status).or_default() += 1;
        if let (Some(millis), Some(finished)) = (stage.visit_millis(), stage.finished) {
            self.visits.insert((finished.order, ticket), millis);
        }
    }

    pub(super) fn take_out_past(&mut self, ticket: TicketId, stage: &Stage) {
        self.uncount(stage.status);
        if let Some(finished) = stage.finished {
            self.visits.remove(&(finished.order, ticket));
        }
    }

    fn uncount(&mut self, status: Status) {
        if let Some(count) = self.counts.get_mut(&status) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&status);
            }
        }
    }

    pub(super) fn of(&self, status: Status) -> usize {
        self.counts.get(&status).copied().unwrap_or(0)
    }
}
