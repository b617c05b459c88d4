//! What a list of durations says: the middle one, the nine of ten, the mean, the share within a limit.

use serde::{Deserialize, Serialize};

use crate::time::MINUTE_MILLIS;

/// What durations say, in minutes with one decimal; nothing where there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Durations {
    /// How many there are.
    pub jumlah: usize,
    /// Half of them were at most this long: of an even number the mean of the two in the middle.
    #[cfg_attr(feature = "schema", schema(required, example = 18.5))]
    pub median: Option<f64>,
    /// Nine of ten were at most this long (nearest rank).
    #[cfg_attr(feature = "schema", schema(required, example = 47.0))]
    pub p90: Option<f64>,
    /// The mean.
    #[cfg_attr(feature = "schema", schema(required))]
    pub rata: Option<f64>,
    /// How many percent were at most 60 minutes long, with one decimal (Permenkes 30/2022: waiting for an outpatient).
    #[cfg_attr(feature = "schema", schema(required, example = 96.2))]
    pub dalam_60: Option<f64>,
}

/// The limit of [`Durations::dalam_60`].
const LIMIT_MILLIS: i64 = 60 * MINUTE_MILLIS;

impl Durations {
    /// Of these, in milliseconds.
    pub fn of(mut millis: Vec<u32>) -> Self {
        let jumlah = millis.len();
        if jumlah == 0 {
            return Durations::default();
        }
        let sum: u64 = millis.iter().copied().map(u64::from).sum();
        let within = millis.iter().filter(|one| i64::from(**one) <= LIMIT_MILLIS).count();
        // A year of a busy house has a million: none is sorted of which only the place in the middle is asked for.
        let mut at = |place: usize| *millis.select_nth_unstable(place).1;
        let (low, high, of_ten) = (at((jumlah - 1) / 2), at(jumlah / 2), at((jumlah * 9).div_ceil(10) - 1));
        let minutes = |millis: f64| one_decimal(millis / MINUTE_MILLIS as f64);
        Durations {
            jumlah,
            median: Some(minutes((f64::from(low) + f64::from(high)) / 2.0)),
            // Nearest rank: the smallest of which at least nine tenths are no longer.
            p90: Some(minutes(f64::from(of_ten))),
            rata: Some(minutes(sum as f64 / jumlah as f64)),
            dalam_60: Some(one_decimal(within as f64 * 100.0 / jumlah as f64)),
        }
    }
}

fn one_decimal(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_minutes(minutes: &[u32]) -> Durations {
        Durations::of(minutes.iter().map(|minutes| minutes * MINUTE_MILLIS as u32).collect())
    }

    #[test]
    fn the_middle_the_nine_of_ten_and_the_hour() {
        let ten = of_minutes(&[1, 2, 3, 4, 5, 6, 7, 8, 60, 61]);
        assert_eq!(
            (ten.median, ten.p90, ten.rata, ten.dalam_60),
            (Some(5.5), Some(60.0), Some(15.7), Some(90.0))
        );
        let three = of_minutes(&[30, 10, 20]);
        assert_eq!((three.jumlah, three.median, three.p90), (3, Some(20.0), Some(30.0)));
        assert_eq!(of_minutes(&[7]).p90, Some(7.0));
        assert_eq!(of_minutes(&[]), Durations::default());
        assert_eq!(
            Durations::of(vec![LIMIT_MILLIS as u32 + 1]).dalam_60,
            Some(0.0),
            "a moment more than an hour is more"
        );
    }

    proptest! {
        #[test]
        fn at_least_half_and_nine_tenths_are_no_longer(minutes in proptest::collection::vec(0..500u32, 1..80)) {
            let said = of_minutes(&minutes);
            let at_most = |limit: f64| minutes.iter().filter(|one| f64::from(**one) <= limit).count();
            prop_assert!(at_most(said.median.unwrap()) * 2 >= minutes.len());
            prop_assert!(at_most(said.p90.unwrap()) * 10 >= minutes.len() * 9);
            prop_assert!(said.median.unwrap() <= said.p90.unwrap() + 0.5);
        }
    }
}
