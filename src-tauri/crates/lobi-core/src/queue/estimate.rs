//! How long it may take: the median of recent visits × people ahead ÷ open counters, or an honest "unknown".

/// Fewer finished visits than this say too little.
pub const ENOUGH_VISITS: usize = 3;

/// How many of the last visits count.
pub const RECENT_VISITS: usize = 20;

/// The expected wait in whole minutes, rounded up.
///
/// `recent_millis` are the durations of the last visits of the service (called → finished). Nothing is
/// promised when fewer than [`ENOUGH_VISITS`] are known or no counter is open.
pub fn wait_minutes(
    recent_millis: impl IntoIterator<Item = i64>,
    ahead: usize,
    open_counters: usize,
) -> Option<u32> {
    let mut recent: Vec<i64> = recent_millis.into_iter().collect();
    if recent.len() < ENOUGH_VISITS || open_counters == 0 {
        return None;
    }
    let median = median(&mut recent);
    let millis = median.saturating_mul(i64::try_from(ahead).ok()?) / i64::try_from(open_counters).ok()?;
    u32::try_from(millis.div_euclid(60_000) + i64::from(millis.rem_euclid(60_000) > 0)).ok()
}

/// The median; the lower of the middle two for an even count. `values` must not be empty.
fn median(values: &mut [i64]) -> i64 {
    let middle = (values.len() - 1) / 2;
    *values.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn the_wait_is_median_times_people_ahead_by_open_counters() {
        let visits = [4 * MINUTE, 90 * MINUTE, 5 * MINUTE];
        assert_eq!(wait_minutes(visits, 12, 2), Some(30), "one long visit does not move the median");
        assert_eq!(wait_minutes(visits, 1, 2), Some(3), "half minutes round up");
        assert_eq!(wait_minutes(visits, 0, 2), Some(0));
    }

    #[test]
    fn too_little_to_say_is_said() {
        assert_eq!(wait_minutes([MINUTE, MINUTE], 5, 1), None);
        assert_eq!(wait_minutes([MINUTE; 5], 5, 0), None);
    }
}
