//! Slows password guessing down. Wrong passwords are counted per name and address, so that a colleague at another machine
//! is not locked out, and per name alone with more patience, so that many addresses guess no faster than a few.

use std::collections::HashMap;

use crate::time::Timestamp;

/// Wrong passwords for one name from one address that cost nothing; each further one waits twice as long.
const FREE_HERE: u32 = 10;
/// Wrong passwords for one name from everywhere that cost nothing.
const FREE_EVERYWHERE: u32 = 50;
/// The longest wait in seconds.
const LONGEST_WAIT: u64 = 300;
/// Wrong passwords are forgotten after a quiet day, in minutes.
const FORGOTTEN: i64 = 24 * 60;
/// Names remembered at once; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// Wrong passwords of all names. `A` is what an address is.
#[derive(Debug)]
pub struct Guesses<A> {
    here: HashMap<(String, A), Tries>,
    everywhere: HashMap<String, Tries>,
    /// Wrong passwords for any name, by address.
    addresses: HashMap<A, Tries>,
}

impl<A> Default for Guesses<A> {
    fn default() -> Self {
        Guesses { here: HashMap::new(), everywhere: HashMap::new(), addresses: HashMap::new() }
    }
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    wrong: u32,
    last: Timestamp,
}

impl Tries {
    /// Seconds still to wait.
    fn wait(self, free: u32, now: Timestamp) -> u64 {
        let Some(extra) = self.wrong.checked_sub(free) else { return 0 };
        let wait = 2u64.saturating_pow(extra).min(LONGEST_WAIT);
        wait.saturating_sub(now.millis_since(self.last).unsigned_abs() / 1000)
    }
}

impl<A: Copy + Eq + std::hash::Hash> Guesses<A> {
    /// Lets a try begin, counting it as wrong until [`Guesses::right`] takes it back: tries that run at the same time
    /// cannot slip through one gap together.
    ///
    /// # Errors
    /// How many seconds to wait.
    pub fn begin(&mut self, name: &str, from: A, now: Timestamp) -> Result<(), u64> {
        let name = name.to_lowercase();
        let here = (name.clone(), from);
        // A colleague whose machine never guessed wrong is let in whatever others do with the name.
        let known_here = self.here.get(&here).map_or(0, |tries| tries.wait(FREE_HERE, now));
        let guessed_here = self.here.contains_key(&here);
        let everywhere = self.everywhere.get(&name).filter(|_| guessed_here);
        let wait = known_here.max(everywhere.map_or(0, |tries| tries.wait(FREE_EVERYWHERE, now)));
        if wait > 0 {
            return Err(wait);
        }
        count(&mut self.here, here, now);
        count(&mut self.everywhere, name, now);
        count(&mut self.addresses, from, now);
        Ok(())
    }

    /// Whether a wrong password came from there lately, for whatever name; a try under way counts as wrong.
    pub fn guessed(&self, from: A) -> bool {
        self.addresses.get(&from).is_some_and(|tries| tries.wrong > 0)
    }

    /// The password was right: what this name did wrong from here is forgiven.
    pub fn right(&mut self, name: &str, from: A) {
        let name = name.to_lowercase();
        let forgiven = self.here.remove(&(name.clone(), from)).map_or(0, |tries| tries.wrong);
        let counted = [self.everywhere.get_mut(&name), self.addresses.get_mut(&from)];
        for tries in counted.into_iter().flatten() {
            tries.wrong = tries.wrong.saturating_sub(forgiven);
        }
    }
}

fn count<K: Clone + Eq + std::hash::Hash>(tries: &mut HashMap<K, Tries>, key: K, now: Timestamp) {
    if tries.len() >= REMEMBERED && !tries.contains_key(&key) {
        tries.retain(|_, tries| now.millis_since(tries.last) < FORGOTTEN * 60_000);
        if tries.len() >= REMEMBERED
            && let Some(oldest) = tries.iter().min_by_key(|(_, tries)| tries.last).map(|(key, _)| key.clone())
        {
            tries.remove(&oldest);
        }
    }
    let entry = tries.entry(key).or_insert(Tries { wrong: 0, last: now });
    if now.millis_since(entry.last) >= FORGOTTEN * 60_000 {
        entry.wrong = 0;
    }
    *entry = Tries { wrong: entry.wrong.saturating_add(1), last: now };
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(0);

    #[test]
    fn guessing_gets_slower_and_does_not_lock_a_colleague_out() {
        let mut guesses = Guesses::default();
        for _ in 0..10 {
            assert_eq!(guesses.begin("Rina", 1, NOW), Ok(()));
        }
        assert_eq!(guesses.begin("rina", 1, NOW), Err(1));
        assert_eq!(guesses.begin("rina", 2, NOW), Ok(()), "another machine");
        let later = NOW.plus_millis(1_000);
        assert_eq!(guesses.begin("rina", 1, later), Ok(()));
        assert_eq!(guesses.begin("rina", 1, later.plus_millis(1_000)), Err(1), "the wait doubles");
        guesses.right("rina", 1);
        assert_eq!(guesses.begin("rina", 1, later), Ok(()), "the right password clears it");
    }

    #[test]
    fn tries_at_the_same_moment_cannot_share_one_gap() {
        let mut guesses = Guesses::default();
        let let_through = (0..100).filter(|_| guesses.begin("rina", 1, NOW).is_ok()).count();
        assert_eq!(let_through, 10);
    }

    #[test]
    fn an_address_is_known_by_its_wrong_guesses_until_they_are_forgiven() {
        let mut guesses = Guesses::default();
        guesses.begin("rina", 1, NOW).unwrap();
        guesses.begin("dewi", 1, NOW).unwrap();
        guesses.right("rina", 1);
        assert!(guesses.guessed(1), "what was done to Dewi's name is not forgiven");
        guesses.right("dewi", 1);
        assert!(!guesses.guessed(1) && !guesses.guessed(2));
    }

    #[test]
    fn many_addresses_guess_no_faster_than_a_few_and_a_colleague_still_gets_in() {
        let mut guesses = Guesses::default();
        let mut through = 0;
        for round in 0..10 {
            for address in 0..100 {
                through += usize::from(guesses.begin("rina", address, NOW.plus_millis(round)).is_ok());
            }
        }
        assert!(through <= 110, "{through} of 1000 guesses came through");
        assert_eq!(guesses.begin("rina", 999, NOW.plus_minutes(1)), Ok(()));
    }
}
