//! By which of the hub's addresses a phone really opened a page. A QR code that nobody can open looks like any other.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use lobi_core::time::Timestamp;

/// When a page was first opened by an address, and whether that is on disk already.
#[derive(Clone, Copy, Debug)]
struct Opened {
    at: Timestamp,
    kept: bool,
}

/// The addresses (`192.168.1.5:4040`) that a phone opened a page by.
#[derive(Default)]
pub struct Reached(Mutex<BTreeMap<String, Opened>>);

impl Reached {
    /// When a phone first opened a page by that address.
    pub fn at(&self, authority: &str) -> Option<Timestamp> {
        self.locked().get(authority).map(|opened| opened.at)
    }

    /// What is on disk, at a start.
    pub fn remember(&self, rows: impl IntoIterator<Item = (String, Timestamp)>) {
        self.locked().extend(rows.into_iter().map(|(authority, at)| (authority, Opened { at, kept: true })));
    }

    /// What is not on disk yet.
    pub fn news(&self) -> Vec<(String, Timestamp)> {
        let opened = self.locked();
        opened
            .iter()
            .filter(|(_, one)| !one.kept)
            .map(|(authority, one)| (authority.clone(), one.at))
            .collect()
    }

    /// It is now.
    pub fn kept(&self, authority: &str) {
        if let Some(opened) = self.locked().get_mut(authority) {
            opened.kept = true;
        }
    }

    /// A phone opened a page by that address.
    pub fn note(&self, authority: &str, at: Timestamp) {
        self.locked().entry(authority.to_owned()).or_insert(Opened { at, kept: false });
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Opened>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Host and port of an address such as `http://192.168.1.5:4040`.
pub fn authority(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_time_counts_and_is_kept_once() {
        let reached = Reached::default();
        reached.remember([("192.168.1.5:4040".to_owned(), Timestamp(1))]);
        reached.note("192.168.1.5:4040", Timestamp(9));
        reached.note("10.0.0.9:4040", Timestamp(5));
        reached.note("10.0.0.9:4040", Timestamp(7));
        assert_eq!(reached.news(), [("10.0.0.9:4040".to_owned(), Timestamp(5))]);
        reached.kept("10.0.0.9:4040");
        assert!(reached.news().is_empty());
        assert_eq!(reached.at("192.168.1.5:4040"), Some(Timestamp(1)));
        assert_eq!(reached.at("192.168.1.6:4040"), None);
    }

    #[test]
    fn an_address_is_known_by_its_host_and_port() {
        for (address, expected) in [
            ("http://192.168.1.5:4040", "192.168.1.5:4040"),
            ("https://Antrean.ID/antrean/", "antrean.id"),
            ("http://[fd00::5]:4040/t/X", "[fd00::5]:4040"),
            ("192.168.1.5:4040", "192.168.1.5:4040"),
        ] {
            assert_eq!(authority(address), expected);
        }
    }
}
