//! Ways through the building: a number that has one goes from stop to stop by itself.

use super::service::ServiceId;

/// The most stops that a way has.
pub const MOST_STOPS: usize = 12;

/// A way as a template: what a visitor passes, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Row id.
    pub id: i64,
    /// Its name in addresses.
    pub slug: String,
    /// Its name: `Periksa dan obat`.
    pub nama: String,
    /// The stops, at least two, no two alike.
    pub stops: Vec<ServiceId>,
    /// Whether every number of its first stop goes this way unless somebody says otherwise.
    pub automatic: bool,
}

impl Journey {
    /// What is left of the way for somebody who is at that stop; nothing where the way does not pass there.
    pub fn left_from(&self, stop: ServiceId) -> Option<&[ServiceId]> {
        let at = self.stops.iter().position(|service| *service == stop)?;
        self.stops.get(at + 1..)
    }
}

/// Whether these are stops of a way: enough, not too many, none twice.
pub fn are_stops(stops: &[ServiceId]) -> bool {
    stops.len() >= 2 && none_twice(stops)
}

/// Whether somebody who is at `here` can go on by these stops: not too many, none twice, and not where they are. None: they stay.
pub fn lead_on(stops: &[ServiceId], here: ServiceId) -> bool {
    none_twice(stops) && !stops.contains(&here)
}

fn none_twice(stops: &[ServiceId]) -> bool {
    let alone = |at: usize| !stops[..at].contains(&stops[at]);
    stops.len() <= MOST_STOPS && (0..stops.len()).all(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_way_begins_behind_the_present_stop() {
        let stops = [1, 2, 3].map(ServiceId).to_vec();
        let way = Journey { id: 1, slug: "w".into(), nama: "W".into(), stops, automatic: false };
        assert_eq!(way.left_from(ServiceId(1)), Some([2, 3].map(ServiceId).as_slice()));
        assert_eq!(way.left_from(ServiceId(3)), Some([].as_slice()));
        assert_eq!(way.left_from(ServiceId(4)), None);
    }

    #[test]
    fn a_way_has_at_least_two_stops_and_none_twice() {
        let stops = |ids: &[i64]| are_stops(&ids.iter().copied().map(ServiceId).collect::<Vec<_>>());
        assert!(stops(&[1, 2]) && stops(&[2, 1, 3]));
        assert!(!stops(&[]) && !stops(&[1]) && !stops(&[1, 2, 1]));
        assert!(!stops(&(1..=13).collect::<Vec<_>>()));
        let on = |ids: &[i64]| lead_on(&ids.iter().copied().map(ServiceId).collect::<Vec<_>>(), ServiceId(9));
        assert!(on(&[]) && on(&[1]) && !on(&[1, 9]) && !on(&[2, 2]));
    }
}
