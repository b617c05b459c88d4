//! Who of the staff is connected right now (seed 0 §7, `presence-dashboard`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use lobi_core::access::Member;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The channel's name.
pub const CHANNEL: &str = "presence-dashboard";

/// What a change of it is called.
pub const KIND: &str = "PresenceChanged";

/// Who of the staff is connected.
#[derive(Debug, Serialize, ToSchema)]
pub struct Present {
    /// By sign-in name.
    staff: Vec<Colleague>,
}

/// A colleague who is connected.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// Sign-in name.
    username: String,
    /// Name.
    name: String,
}

/// Staff by username, with their name and number of connections.
#[derive(Default)]
pub struct Presence {
    here: Mutex<BTreeMap<String, (String, usize)>>,
}

impl Presence {
    /// Somebody connected; tells whether they were not here before.
    pub fn join(&self, member: &Member) -> bool {
        let mut here = self.here();
        let entry = here.entry(member.username.clone()).or_insert_with(|| (member.name.clone(), 0));
        entry.1 += 1;
        entry.1 == 1
    }

    /// Somebody's connection ended; tells whether it was their last.
    pub fn leave(&self, username: &str) -> bool {
        let mut here = self.here();
        let left = here.get_mut(username).map(|(_, count)| {
            *count = count.saturating_sub(1);
            *count
        });
        left == Some(0) && here.remove(username).is_some()
    }

    /// Who is here, as clients see it.
    pub fn view(&self) -> Value {
        let here = self.here();
        let staff = here
            .iter()
            .map(|(username, (name, _))| Colleague { username: username.clone(), name: name.clone() });
        json!(Present { staff: staff.collect() })
    }

    fn here(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, (String, usize)>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
