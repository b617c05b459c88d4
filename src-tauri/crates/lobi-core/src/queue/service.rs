//! Services (poli) and counters (loket): what one can wait for, and where.

use serde::{Deserialize, Serialize};

/// A service's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ServiceId(pub i64);

/// The number painted above a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CounterNumber(pub u32);

/// A service that visitors choose at the kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Row id.
    pub id: ServiceId,
    /// The letter (or two) that its numbers begin with: `A`.
    pub kode: String,
    /// Its name in addresses and channels: `umum`.
    pub slug: String,
    /// Its name in Indonesian: `Poli Umum`.
    pub nama: String,
    /// Its name in English.
    pub nama_en: String,
    /// A lucide icon name.
    pub icon: String,
    /// Whether numbers are given out now.
    pub open: bool,
    /// Whether its visitors come before others at a counter that serves both (see [`super::next`]).
    pub priority: bool,
}

impl Service {
    /// A number as it is printed and called: the code and at least three digits, `A001`; the thousandth
    /// visitor of a day gets `A1000` rather than nothing.
    pub fn number(&self, number: u32) -> String {
        format!("{}{number:03}", self.kode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_code_and_at_least_three_digits() {
        let umum = Service {
            id: ServiceId(1),
            kode: "A".into(),
            slug: "umum".into(),
            nama: "Poli Umum".into(),
            nama_en: "General".into(),
            icon: "stethoscope".into(),
            open: true,
            priority: false,
        };
        assert_eq!(umum.number(1), "A001");
        assert_eq!(umum.number(999), "A999");
        assert_eq!(umum.number(1000), "A1000");
    }
}
