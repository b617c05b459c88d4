//! Who of the staff is connected right now (seed 0 §7, `presence-dashboard`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use lobi_core::time::Timestamp;
use serde_json::{Value, json};

use super::Shared;
use crate::staff::StaffMember;

/// The channel's name.
pub const CHANNEL: &str = "presence-dashboard";

/// Staff by username, with their name and number of connections.
pub struct Presence {
    shared: Arc<Shared>,
    here: Mutex<BTreeMap<String, (String, usize)>>,
}

impl Presence {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Presence { shared, here: Mutex::default() }
    }

    /// Somebody connected.
    pub fn join(&self, staff: &StaffMember, now: Timestamp) {
        let new = {
            let mut here = self.here();
            let entry = here.entry(staff.username.clone()).or_insert_with(|| (staff.name.clone(), 0));
            entry.1 += 1;
            entry.1 == 1
        };
        if new {
            self.tell(now);
        }
    }

    /// Somebody's connection ended.
    pub fn leave(&self, username: &str, now: Timestamp) {
        let gone = {
            let mut here = self.here();
            let left = here.get_mut(username).map(|(_, count)| {
                *count = count.saturating_sub(1);
                *count
            });
            left == Some(0) && here.remove(username).is_some()
        };
        if gone {
            self.tell(now);
        }
    }

    /// Who is here, as clients see it.
    pub fn view(&self) -> Value {
        let here = self.here();
        let staff: Vec<_> =
            here.iter().map(|(username, (name, _))| json!({ "username": username, "name": name })).collect();
        json!({ "staff": staff })
    }

    fn tell(&self, now: Timestamp) {
        self.shared.pass(CHANNEL, "PresenceChanged", self.view(), now);
    }

    fn here(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, (String, usize)>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
