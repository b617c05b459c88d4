//! Who of the staff is connected right now, and at which counters (seed 0 §7, `presence-dashboard`). Whoever follows the
//! channel of a counter under their own name sits there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use lobi_core::access::Member;
use lobi_core::time::{Timestamp, Zone};
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
    /// The counters where they sit.
    loket: Vec<u32>,
}

/// A colleague at a counter.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seated {
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// Since when.
    pub sejak: String,
}

/// One live connection, told apart from the others of the same person.
pub type Connection = u64;

/// Staff by sign-in name.
#[derive(Default)]
pub struct Presence {
    here: Mutex<BTreeMap<String, Here>>,
    connections: AtomicU64,
}

/// A person, with the counters that each of their connections follows, and since when.
struct Here {
    name: String,
    connections: BTreeMap<Connection, BTreeMap<u32, Timestamp>>,
}

impl Here {
    /// Where they sit, each counter once, since the first moment.
    fn seats(&self) -> BTreeMap<u32, Timestamp> {
        let mut seats = BTreeMap::new();
        for (counter, since) in self.connections.values().flatten() {
            let first = seats.entry(*counter).or_insert(*since);
            *first = (*first).min(*since);
        }
        seats
    }
}

impl Presence {
    /// A name for a new connection.
    pub fn connection(&self) -> Connection {
        self.connections.fetch_add(1, Ordering::Relaxed)
    }

    /// Somebody signed in on a connection; tells whether they were not here before.
    pub fn join(&self, connection: Connection, member: &Member) -> bool {
        let mut here = self.here();
        let came = !here.contains_key(&member.username);
        let person = here
            .entry(member.username.clone())
            .or_insert_with(|| Here { name: member.name.clone(), connections: BTreeMap::new() });
        person.connections.entry(connection).or_default();
        came
    }

    /// Somebody's connection ended; tells whether anything is seen of it: it was their last, or they sat somewhere.
    pub fn leave(&self, connection: Connection, username: &str) -> bool {
        let mut here = self.here();
        let Some(person) = here.get_mut(username) else { return false };
        let sat = person.connections.remove(&connection).is_some_and(|seats| !seats.is_empty());
        let last = person.connections.is_empty();
        if last {
            here.remove(username);
        }
        last || sat
    }

    /// The counters that a connection follows now; tells whether others than before.
    pub fn sit(
        &self,
        connection: Connection,
        username: &str,
        counters: &BTreeSet<u32>,
        now: Timestamp,
    ) -> bool {
        let mut here = self.here();
        let Some(seats) = here.get_mut(username).and_then(|person| person.connections.get_mut(&connection))
        else {
            return false;
        };
        let before = seats.len();
        seats.retain(|counter, _| counters.contains(counter));
        let left = seats.len() < before;
        let stayed = seats.len();
        for counter in counters {
            seats.entry(*counter).or_insert(now);
        }
        left || seats.len() > stayed
    }

    /// Who sits at a counter, the first one first.
    pub fn at(&self, counter: u32, zone: Zone) -> Vec<Seated> {
        let here = self.here();
        let mut seated: Vec<(Timestamp, Seated)> = here
            .iter()
            .filter_map(|(username, person)| {
                let since = *person.seats().get(&counter)?;
                let (username, name) = (username.clone(), person.name.clone());
                Some((since, Seated { username, name, sejak: since.rfc3339(zone) }))
            })
            .collect();
        seated.sort_by_key(|(since, _)| *since);
        seated.into_iter().map(|(_, one)| one).collect()
    }

    /// Since when somebody sits at a counter.
    pub fn since(&self, counter: u32) -> Option<Timestamp> {
        self.here().values().filter_map(|person| person.seats().get(&counter).copied()).min()
    }

    /// The counters where somebody sits, by sign-in name.
    pub fn seats_of(&self, username: &str) -> Vec<u32> {
        self.here().get(username).map(|person| person.seats().into_keys().collect()).unwrap_or_default()
    }

    /// Who is here, as clients see it.
    pub fn view(&self) -> Value {
        let here = self.here();
        let staff = here.iter().map(|(username, person)| Colleague {
            username: username.clone(),
            name: person.name.clone(),
            loket: person.seats().into_keys().collect(),
        });
        json!(Present { staff: staff.collect() })
    }

    fn here(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Here>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
