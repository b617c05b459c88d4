//! Slows down password guessing: after ten wrong passwords for one name from one address, each further try
//! waits twice as long as the last. Colleagues at other machines are not locked out by it, and no machine takes
//! more than a few places in the line for hashing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use lobi_core::time::Timestamp;

use crate::db::DbError;
use crate::error::{Refusal, Result};

/// Wrong passwords that cost nothing.
const FREE_TRIES: u32 = 10;
/// The longest wait in seconds.
const LONGEST_WAIT: u64 = 300;
/// Tries under way at once from one address.
const AT_ONCE: usize = 16;
/// Names remembered at once; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// Wrong passwords per name and address, and tries under way per address.
#[derive(Default)]
pub struct Guard {
    tries: Mutex<HashMap<(String, IpAddr), Tries>>,
    under_way: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A try under way; the address may have another when this is dropped.
pub struct Place {
    under_way: Arc<Mutex<HashMap<IpAddr, usize>>>,
    from: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = under_way.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.from);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Tries {
    wrong: u32,
    last: Timestamp,
}

impl Guard {
    /// A place for one try from this address.
    ///
    /// # Errors
    /// [`DbError::Busy`] when the address has too many under way.
    pub fn place(&self, from: IpAddr) -> Result<Place> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(from).or_default();
        if *count >= AT_ONCE {
            return Err(DbError::Busy.into());
        }
        *count += 1;
        Ok(Place { under_way: Arc::clone(&self.under_way), from })
    }

    /// Lets a try through, or says how long to wait.
    ///
    /// # Errors
    /// [`Refusal::TooManyAttempts`].
    pub fn check(&self, name: &str, from: IpAddr, now: Timestamp) -> Result<()> {
        let tries = self.tries();
        let Some(tries) = tries.get(&key(name, from)) else { return Ok(()) };
        let Some(extra) = tries.wrong.checked_sub(FREE_TRIES) else { return Ok(()) };
        let wait = 2u64.saturating_pow(extra).min(LONGEST_WAIT);
        let waited = now.millis_since(tries.last).unsigned_abs() / 1000;
        if waited >= wait { Ok(()) } else { Err(Refusal::TooManyAttempts(wait - waited).into()) }
    }

    /// Remembers how a try ended.
    pub fn tried(&self, name: &str, from: IpAddr, right: bool, now: Timestamp) {
        let mut tries = self.tries();
        let key = key(name, from);
        if right {
            tries.remove(&key);
            return;
        }
        if tries.len() >= REMEMBERED
            && let Some(oldest) = tries.iter().min_by_key(|(_, tries)| tries.last).map(|(key, _)| key.clone())
        {
            tries.remove(&oldest);
        }
        let entry = tries.entry(key).or_insert(Tries { wrong: 0, last: now });
        *entry = Tries { wrong: entry.wrong.saturating_add(1), last: now };
    }

    fn tries(&self) -> std::sync::MutexGuard<'_, HashMap<(String, IpAddr), Tries>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(name: &str, from: IpAddr) -> (String, IpAddr) {
    (name.to_lowercase(), from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn one_address_has_a_few_tries_under_way_and_gets_its_places_back() {
        let guard = Guard::default();
        let places: Vec<_> = (0..AT_ONCE).map(|_| guard.place(HERE).unwrap()).collect();
        assert!(guard.place(HERE).is_err());
        assert!(guard.place(THERE).is_ok());
        drop(places);
        assert!(guard.place(HERE).is_ok());
    }

    #[test]
    fn guessing_gets_slower_and_does_not_lock_a_colleague_out() {
        let guard = Guard::default();
        let now = Timestamp(0);
        for _ in 0..10 {
            assert!(guard.check("rina", HERE, now).is_ok());
            guard.tried("Rina", HERE, false, now);
        }
        assert!(guard.check("rina", HERE, now).is_err());
        assert!(guard.check("rina", THERE, now).is_ok());
        let later = now.plus_millis(1_000);
        assert!(guard.check("rina", HERE, later).is_ok());
        guard.tried("rina", HERE, false, later);
        assert!(guard.check("rina", HERE, later.plus_millis(1_000)).is_err(), "the wait doubles");
        guard.tried("rina", HERE, true, later);
        assert!(guard.check("rina", HERE, later).is_ok(), "the right password clears it");
    }
}
