//! How a counter that serves several services shares its calls among them. Of equal weight, it is first come, first served
//! across all of them; otherwise each service gets as many calls as its weight says, spread evenly, while somebody waits there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::service::ServiceId;

/// The heaviest that a service can weigh at a counter.
pub const HEAVIEST: u32 = 9;

/// How much each service weighs at a counter: 1 unless said otherwise, at most [`HEAVIEST`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights(BTreeMap<ServiceId, u32>);

impl FromIterator<(ServiceId, u32)> for Weights {
    fn from_iter<T: IntoIterator<Item = (ServiceId, u32)>>(weights: T) -> Self {
        Weights(weights.into_iter().map(|(service, weight)| (service, weight.clamp(1, HEAVIEST))).collect())
    }
}

impl Weights {
    /// How much that service weighs.
    pub fn of(&self, service: ServiceId) -> u32 {
        self.0.get(&service).copied().unwrap_or(1)
    }

    /// Whether one of them weighs more than another.
    fn differ(&self, services: &[ServiceId]) -> bool {
        services.windows(2).any(|pair| self.of(pair[0]) != self.of(pair[1]))
    }
}

/// How many calls each service is owed. What is owed is bounded, and forgotten once nobody waits there: nobody has to wait for
/// a crowd that comes back from a long break.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(ServiceId, i64)>", into = "Vec<(ServiceId, i64)>")]
pub struct Shares(BTreeMap<ServiceId, i64>);

impl From<Vec<(ServiceId, i64)>> for Shares {
    fn from(list: Vec<(ServiceId, i64)>) -> Self {
        // A file made by hand may say anything: nobody is owed more than a crowd.
        Shares(list.into_iter().map(|(service, owed)| (service, owed.clamp(-100, 100))).collect())
    }
}

impl From<Shares> for Vec<(ServiceId, i64)> {
    fn from(shares: Shares) -> Self {
        shares.0.into_iter().collect()
    }
}

impl Shares {
    /// The service whose turn it is among those where somebody waits (each once, whoever came first in front); nothing where the
    /// weights leave it to who came first.
    pub fn due(&self, waiting: &[ServiceId], weights: &Weights) -> Option<ServiceId> {
        if !weights.differ(waiting) {
            return None;
        }
        let owed =
            |service: ServiceId| self.0.get(&service).copied().unwrap_or(0) + i64::from(weights.of(service));
        // Of equals the one in front.
        waiting.iter().rev().copied().max_by_key(|service| owed(*service))
    }

    /// The shares once that service was called while somebody waited for those.
    #[must_use]
    pub fn after(mut self, called: ServiceId, waiting: &[ServiceId], weights: &Weights) -> Self {
        if !weights.differ(waiting) {
            return Shares::default();
        }
        self.0.retain(|service, _| waiting.contains(service));
        let mut all = 0;
        for service in waiting {
            let weight = i64::from(weights.of(*service));
            *self.0.entry(*service).or_default() += weight;
            all += weight;
        }
        *self.0.entry(called).or_default() -= all;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn called(services: &[(i64, u32)], calls: usize) -> Vec<i64> {
        let weights: Weights = services.iter().map(|(id, weight)| (ServiceId(*id), *weight)).collect();
        let waiting: Vec<ServiceId> = services.iter().map(|(id, _)| ServiceId(*id)).collect();
        let mut shares = Shares::default();
        let mut called = Vec::new();
        for _ in 0..calls {
            let next = shares.due(&waiting, &weights).unwrap_or(waiting[0]);
            shares = shares.after(next, &waiting, &weights);
            called.push(next.0);
        }
        called
    }

    #[test]
    fn three_to_one_is_three_calls_of_four_spread_evenly() {
        assert_eq!(called(&[(1, 3), (2, 1)], 8), [1, 1, 2, 1, 1, 1, 2, 1]);
    }

    #[test]
    fn of_equal_weight_who_came_first_decides() {
        assert_eq!(called(&[(2, 2), (1, 2)], 3), [2, 2, 2], "the one in front");
        assert_eq!(Shares::default().due(&[ServiceId(1)], &Weights::default()), None);
    }

    #[test]
    fn shares_survive_being_written_down() {
        let weights: Weights = [(ServiceId(1), 3)].into_iter().collect();
        let waiting = [ServiceId(1), ServiceId(2)];
        let shares = Shares::default().after(ServiceId(1), &waiting, &weights);
        let written: Vec<(ServiceId, i64)> = shares.clone().into();
        assert_eq!(Shares::from(written), shares);
    }

    proptest! {
        /// Whatever the weights and whoever happens to wait: a service where somebody waits is called within as many calls as
        /// all of them weigh, and twice that where others come and go.
        #[test]
        fn no_service_starves(
            weights in proptest::collection::vec(1u32..=HEAVIEST, 2..5),
            waits in proptest::collection::vec(0u32..16, 1..200),
        ) {
            let services: Vec<ServiceId> = (1..).take(weights.len()).map(ServiceId).collect();
            let most: u32 = weights.iter().sum();
            let weights: Weights = services.iter().copied().zip(weights).collect();
            let (mut shares, mut since) = (Shares::default(), 0);
            for mask in waits {
                // Somebody always waits for the first one.
                let there = |at: usize| at == 0 || mask & (1 << at) != 0;
                let waiting: Vec<ServiceId> =
                    services.iter().enumerate().filter(|(at, _)| there(*at)).map(|(_, id)| *id).collect();
                let next = shares.due(&waiting, &weights).unwrap_or(waiting[0]);
                shares = shares.after(next, &waiting, &weights);
                since = if next == services[0] { 0 } else { since + 1 };
                prop_assert!(since <= 2 * most, "{since} calls went past the first service");
            }
        }
    }
}
