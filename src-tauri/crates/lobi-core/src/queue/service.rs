//! Services (poli) and counters (loket): what one can wait for, and where.

use serde::{Deserialize, Serialize};

use crate::names::named;
use crate::site::Hours;

/// A service's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ServiceId(pub i64);

/// The number painted above a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CounterNumber(pub u32);

named! {
    /// Whether somebody is to be expected at a counter.
    #[derive(Default)]
    pub enum CounterState {
        /// Somebody calls there, or may begin to.
        #[default]
        Open = "buka",
        /// For a while, with a reason.
        Paused = "jeda",
        /// For the rest of the day.
        Closed = "tutup",
    }
}

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
    /// Whether it is given up: it stays for the numbers that name it, and is offered nowhere.
    pub retired: bool,
    /// Whether its visitors come before others at a counter that serves both (see [`super::next`]).
    pub priority: bool,
    /// When it gives numbers, and how many a day.
    pub hours: Hours,
}

impl Service {
    /// A number as it is printed and called: the code and at least three digits, `A001`; the thousandth
    /// visitor of a day gets `A1000` rather than nothing.
    pub fn number(&self, number: u32) -> String {
        format!("{}{number:03}", self.kode)
    }
}

/// The letters that a service's numbers begin with: one or two capitals.
pub fn is_kode(kode: &str) -> bool {
    (1..=2).contains(&kode.len()) && kode.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A name for addresses and channels, made of a service's name without the word that all of them share: "Poli Gigi & Mulut" →
/// `gigi-mulut`.
pub fn slug_of(nama: &str) -> String {
    let lower = nama.to_lowercase();
    let bare = ["poli ", "poliklinik ", "layanan "]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let words: Vec<&str> =
        bare.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(40).collect();
    if slug.is_empty() { "layanan".to_owned() } else { slug.trim_end_matches('-').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_the_name() {
        for (nama, slug) in [
            ("Poli Gigi & Mulut", "gigi-mulut"),
            ("Farmasi", "farmasi"),
            ("  KIA / KB ", "kia-kb"),
            ("诊所", "layanan"),
            ("Poli", "poli"),
        ] {
            assert_eq!(slug_of(nama), slug, "{nama}");
        }
    }

    #[test]
    fn a_code_is_one_or_two_capitals() {
        assert!(is_kode("A") && is_kode("AB"));
        assert!(!is_kode("") && !is_kode("a") && !is_kode("A1") && !is_kode("ABC") && !is_kode("É"));
    }

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
            retired: false,
            priority: false,
            hours: Hours::default(),
        };
        assert_eq!(umum.number(1), "A001");
        assert_eq!(umum.number(999), "A999");
        assert_eq!(umum.number(1000), "A1000");
    }
}
