//! The zones of this site and who speaks in each, in memory: after a restart the first that asks speaks.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use lobi_core::speech::turns::{Turn, ZoneVoice};
use lobi_core::time::Timestamp;

/// More zones than any building has; beyond that quiet ones are forgotten.
const MOST_ZONES: usize = 256;

/// The voices of all zones.
#[derive(Default)]
pub struct Turns {
    zones: Mutex<BTreeMap<String, ZoneVoice>>,
}

impl Turns {
    /// A TV of `zone` asks to speak event `seq`.
    pub fn ask(&self, zone: &str, machine: &str, seq: i64, now: Timestamp) -> Turn {
        self.with(zone, now, |voice| voice.ask(machine, seq, now))
    }

    /// A TV of `zone` speaks event `seq` now; `false` when it lost its turn.
    pub fn speaking(&self, zone: &str, machine: &str, seq: i64, now: Timestamp) -> bool {
        self.with(zone, now, |voice| voice.speaking(machine, seq, now))
    }

    fn with<T>(&self, zone: &str, now: Timestamp, work: impl FnOnce(&mut ZoneVoice) -> T) -> T {
        let mut zones = self.zones.lock().unwrap_or_else(PoisonError::into_inner);
        if zones.len() >= MOST_ZONES && !zones.contains_key(zone) {
            zones.retain(|_, voice| !voice.silent_since(now.plus_minutes(-10)));
        }
        if zones.len() >= MOST_ZONES && !zones.contains_key(zone) {
            // A flood of names: everybody beyond it speaks for itself.
            return work(&mut ZoneVoice::default());
        }
        work(zones.entry(zone.to_owned()).or_default())
    }
}
