//! The zones of a site and who speaks in each. Kept in memory: after a restart the first that asks speaks.

use std::collections::BTreeMap;

use super::turns::{Turn, ZoneVoice};
use crate::time::Timestamp;

/// More zones than any building has; beyond that quiet ones are forgotten.
const MOST_ZONES: usize = 256;

/// The voices of all zones.
#[derive(Debug, Default)]
pub struct Voices(BTreeMap<String, ZoneVoice>);

impl Voices {
    /// A TV of `zone` asks to speak event `seq`.
    pub fn ask(&mut self, zone: &str, machine: &str, seq: i64, now: Timestamp) -> Turn {
        self.with(zone, now, |voice| voice.ask(machine, seq, now))
    }

    /// A TV of `zone` speaks event `seq` now; `false` when it lost its turn.
    pub fn speaking(&mut self, zone: &str, machine: &str, seq: i64, now: Timestamp) -> bool {
        self.with(zone, now, |voice| voice.speaking(machine, seq, now))
    }

    fn with<T>(&mut self, zone: &str, now: Timestamp, work: impl FnOnce(&mut ZoneVoice) -> T) -> T {
        if self.0.len() >= MOST_ZONES && !self.0.contains_key(zone) {
            self.0.retain(|_, voice| !voice.silent_since(now.plus_minutes(-10)));
        }
        if self.0.len() >= MOST_ZONES && !self.0.contains_key(zone) {
            // A flood of names: everybody beyond it speaks for itself.
            return work(&mut ZoneVoice::default());
        }
        work(self.0.entry(zone.to_owned()).or_default())
    }
}
