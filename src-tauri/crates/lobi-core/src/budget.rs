//! How much somebody may ask for: a bucket of tokens for each key, filled up to a burst and refilled with time.

use std::collections::HashMap;
use std::hash::Hash;

use crate::time::Timestamp;

/// Tokens are counted in these parts, so that one millisecond of a rate per minute is a whole number of them.
const PARTS: u64 = 60_000;

/// How much one key may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// At once, after a quiet while.
    pub burst: u32,
    /// In the long run.
    pub per_minute: u32,
}

impl Allowance {
    /// So many times as much.
    pub fn times(self, factor: u32) -> Self {
        let times = |one: u32| one.saturating_mul(factor);
        Allowance { burst: times(self.burst), per_minute: times(self.per_minute) }
    }

    /// A bucket that never held anything would lock its key out for good.
    fn full(self) -> u64 {
        u64::from(self.burst.max(1)) * PARTS
    }

    fn per_milli(self) -> u64 {
        u64::from(self.per_minute.max(1))
    }
}

/// One bucket.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    level: u64,
    at: Timestamp,
}

impl Bucket {
    /// A full one.
    pub fn full(allowance: Allowance, now: Timestamp) -> Self {
        Bucket { level: allowance.full(), at: now }
    }

    /// Takes one token. A clock that went back refills nothing, and counting goes on from where it stands now.
    ///
    /// # Errors
    /// How many seconds to wait until there is one.
    pub fn take(&mut self, allowance: Allowance, now: Timestamp) -> Result<(), u64> {
        let passed = now.millis_since(self.at).unsigned_abs();
        let refill = passed.saturating_mul(allowance.per_milli());
        self.level = self.level.saturating_add(refill).min(allowance.full());
        self.at = now;
        match self.level.checked_sub(PARTS) {
            Some(left) => {
                self.level = left;
                Ok(())
            }
            None => Err((PARTS - self.level).div_ceil(allowance.per_milli()).div_ceil(1_000)),
        }
    }
}

/// A bucket for every key that asked lately; the one that asked longest ago is forgotten first, which gives it a full one.
#[derive(Debug)]
pub struct Budget<K> {
    allowance: Allowance,
    most: usize,
    buckets: HashMap<K, Bucket>,
}

impl<K: Clone + Eq + Hash> Budget<K> {
    /// A budget that remembers at most so many keys.
    pub fn new(allowance: Allowance, most: usize) -> Self {
        Budget { allowance, most: most.max(1), buckets: HashMap::new() }
    }

    /// Takes one token of this key.
    ///
    /// # Errors
    /// How many seconds to wait until there is one.
    pub fn take(&mut self, key: K, now: Timestamp) -> Result<(), u64> {
        if self.buckets.len() >= self.most
            && !self.buckets.contains_key(&key)
            && let Some(oldest) = self.buckets.iter().min_by_key(|(_, bucket)| bucket.at)
        {
            let oldest = oldest.0.clone();
            self.buckets.remove(&oldest);
        }
        let allowance = self.allowance;
        self.buckets.entry(key).or_insert_with(|| Bucket::full(allowance, now)).take(allowance, now)
    }

    /// How many keys are remembered.
    pub fn remembered(&self) -> usize {
        self.buckets.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);
    const SMALL: Allowance = Allowance { burst: 3, per_minute: 6 };

    #[test]
    fn a_burst_is_followed_by_the_rate_and_the_wait_is_told() {
        let mut budget = Budget::new(SMALL, 10);
        for _ in 0..3 {
            assert_eq!(budget.take("a", NOW), Ok(()));
        }
        assert_eq!(budget.take("a", NOW), Err(10));
        assert_eq!(budget.take("b", NOW), Ok(()), "another key has its own bucket");
        assert_eq!(budget.take("a", NOW.plus_millis(9_001)), Err(1));
        assert_eq!(budget.take("a", NOW.plus_millis(10_000)), Ok(()), "refused tries cost nothing");
        assert_eq!(budget.take("a", NOW.plus_millis(10_000)), Err(10));
    }

    #[test]
    fn a_clock_that_goes_back_neither_gives_nor_locks_out() {
        let mut budget = Budget::new(SMALL, 10);
        (0..3).for_each(|_| budget.take("a", NOW).unwrap());
        let back = NOW.plus_minutes(-60 * 24 * 365);
        assert_eq!(budget.take("a", back), Err(10));
        assert_eq!(budget.take("a", back.plus_millis(10_000)), Ok(()), "it does not wait for the old time");
    }

    #[test]
    fn an_allowance_of_nothing_still_lets_one_through_now_and_then() {
        let mut budget = Budget::new(Allowance { burst: 0, per_minute: 0 }, 0);
        assert_eq!(budget.take("a", NOW), Ok(()));
        assert_eq!(budget.take("a", NOW), Err(60));
    }

    #[test]
    fn the_key_that_asked_longest_ago_is_forgotten_first() {
        let mut budget = Budget::new(Allowance { burst: 1, per_minute: 1 }, 2);
        budget.take("old", NOW).unwrap();
        budget.take("new", NOW.plus_millis(1)).unwrap();
        budget.take("third", NOW.plus_millis(2)).unwrap();
        assert_eq!(budget.remembered(), 2);
        assert!(budget.take("new", NOW.plus_millis(3)).is_err(), "still remembered");
    }

    fn allowances() -> impl Strategy<Value = Allowance> {
        (1..50u32, 1..2_000u32).prop_map(|(burst, per_minute)| Allowance { burst, per_minute })
    }

    proptest! {
        /// Whatever the clock does, nobody gets more than the burst and what the clock's way forward refills.
        #[test]
        fn nobody_gets_more_than_burst_and_rate(
            allowance in allowances(),
            steps in proptest::collection::vec(-5_000..5_000i64, 1..300),
        ) {
            let mut budget = Budget::new(allowance, 4);
            let (mut now, mut forward, mut taken) = (NOW, 0, 0u64);
            for step in steps {
                now = now.plus_millis(step);
                forward += step.max(0).unsigned_abs();
                taken += u64::from(budget.take(0, now).is_ok());
                let most = u64::from(allowance.burst) * PARTS + forward * u64::from(allowance.per_minute);
                prop_assert!(taken * PARTS <= most);
            }
        }

        /// The told wait is long enough, and a second less is not.
        #[test]
        fn the_told_wait_is_right(allowance in allowances(), before in 0..100_000i64) {
            let mut bucket = Bucket::full(allowance, NOW);
            let now = NOW.plus_millis(before);
            let mut seconds = 0;
            while seconds == 0 {
                seconds = bucket.take(allowance, now).err().unwrap_or(0);
            }
            let wait = i64::try_from(seconds).unwrap() * 1_000;
            let mut sooner = bucket;
            prop_assert!(sooner.take(allowance, now.plus_millis(wait - 1_000)).is_err());
            prop_assert!(bucket.take(allowance, now.plus_millis(wait)).is_ok());
        }

        /// Invented keys take no more memory than agreed, and take nothing from a key that keeps asking.
        #[test]
        fn invented_keys_are_bounded(keys in proptest::collection::vec(1..10_000u32, 1..300)) {
            let mut budget = Budget::new(SMALL, 8);
            let mut taken = 0;
            for (millis, key) in (0..).zip(keys) {
                let now = NOW.plus_millis(millis);
                let _ = budget.take(key, now);
                taken += usize::from(budget.take(0, now).is_ok());
                prop_assert!(budget.remembered() <= 8);
            }
            prop_assert!(taken <= 3);
        }
    }
}
