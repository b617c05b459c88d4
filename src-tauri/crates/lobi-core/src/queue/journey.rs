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
    pub fn from(&self, stop: ServiceId) -> Option<&[ServiceId]> {
        let at = self.stops.iter().position(|service| *service == stop)?;
        self.stops.get(at + 1..)
    }
}

/// Whether these are stops of a way: enough, not too many, none twice.
pub fn are_stops(stops: &[ServiceId]) -> bool {
    let alone = |at: usize| !stops[..at].contains(&stops[at]);
    (2..=MOST_STOPS).contains(&stops.len()) && (0..stops.len()).all(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_way_begins_behind_the_present_stop() {
        let stops = [1, 2, 3].map(ServiceId).to_vec();
        let way = Journey { id: 1, slug: "w".into(), nama: "W".into(), stops, automatic: false };
        assert_eq!(way.from(ServiceId(1)), Some([2, 3].map(ServiceId).as_slice()));
        assert_eq!(way.from(ServiceId(3)), Some([].as_slice()));
        assert_eq!(way.from(ServiceId(4)), None);
    }

    #[test]
    fn a_way_has_at_least_two_stops_and_none_twice() {
        let stops = |ids: &[i64]| are_stops(&ids.iter().copied().map(ServiceId).collect::<Vec<_>>());
        assert!(stops(&[1, 2]) && stops(&[2, 1, 3]));
        assert!(!stops(&[]) && !stops(&[1]) && !stops(&[1, 2, 1]));
        assert!(!stops(&(1..=13).collect::<Vec<_>>()));
    }
}
