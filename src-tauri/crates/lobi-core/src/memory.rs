//! Everything that the hub answers from memory, built from commits only: what a restart rebuilds from disk equals it.

use std::sync::Arc;

use crate::queue::Board;
use crate::site::{Holidays, Site};
use crate::time::ServiceDay;
use crate::{queue, site};

/// What a commit changed: each subject has its own list.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// About the site.
    Site(site::Change),
    /// About the queue.
    Queue(queue::Change),
}

/// The state in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// The number of the last event that it contains.
    pub seq: i64,
    /// The service day.
    pub day: ServiceDay,
    /// The site's facts.
    pub site: Arc<Site>,
    /// The site's holidays.
    pub holidays: Arc<Holidays>,
    /// The queue of the day.
    pub queue: Board,
}

impl Memory {
    /// Takes a commit's changes in; `seq` is its last event.
    pub fn apply(&mut self, seq: i64, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            match change {
                Change::Site(site::Change::Facts(facts)) => self.site = Arc::from(facts),
                Change::Site(site::Change::Day(day)) => {
                    self.day = day;
                    self.queue.start_day();
                }
                Change::Site(site::Change::Holidays(holidays)) => self.holidays = Arc::new(holidays),
                Change::Queue(change) => self.queue.apply(change),
            }
        }
        self.seq = self.seq.max(seq);
    }
}
