//! Who is there: the hubs that this network announces, and the site behind an address.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::sync::watch;

use crate::from_hub::{Finder, FoundHub};

/// How long a hub may take to say who it is.
const SAYS_WITHIN: Duration = Duration::from_secs(4);
/// Hubs that are kept in mind, at most: a city's 47 puskesmas would fit, and anybody on a network can announce more.
const MOST_HUBS: usize = 64;
/// Addresses of one hub that are kept in mind, at most.
const MOST_ADDRESSES: usize = 16;

/// A hub's word about its site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteAt {
    /// The site's id.
    pub id: String,
    /// The facility's name.
    pub name: String,
    /// The hub's version.
    pub version: String,
}

/// Why there is no site at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoSite {
    /// It is no address.
    #[error("that is no address")]
    BadAddress,
    /// Nobody answers there.
    #[error("nobody answers there")]
    Away,
    /// Somebody answers, and is no hub.
    #[error("that is no hub")]
    NoHub,
}

impl NoSite {
    /// The stable name, also of the sentence in `assets/texts`.
    pub fn code(self) -> &'static str {
        match self {
            NoSite::BadAddress => "bad_address",
            NoSite::Away => "hub_away",
            NoSite::NoHub => "no_hub",
        }
    }
}

/// Asks the hub at `url` who it is.
///
/// # Errors
/// [`NoSite`].
pub async fn site_at(url: &str) -> Result<SiteAt, NoSite> {
    let client = reqwest::Client::builder().no_proxy().timeout(SAYS_WITHIN).build();
    let client = client.map_err(|_| NoSite::Away)?;
    let answer = client.get(format!("{}/api/site", url.trim_end_matches('/'))).send().await;
    let answer =
        answer.map_err(|error| if error.is_builder() { NoSite::BadAddress } else { NoSite::Away })?;
    answer.json().await.map_err(|_| NoSite::NoHub)
}

/// The hubs on this network, by id.
pub type Hubs = HashMap<String, FoundHub>;

/// Keeps in mind which hubs are there.
#[derive(Clone)]
pub struct Neighbours {
    found: watch::Sender<Hubs>,
    /// The site that this machine belongs to.
    ours: Arc<RwLock<String>>,
}

impl Default for Neighbours {
    fn default() -> Self {
        Neighbours { found: watch::channel(Hubs::new()).0, ours: Arc::default() }
    }
}

impl Neighbours {
    /// The hubs as they come and go.
    pub fn watch(&self) -> watch::Receiver<Hubs> {
        self.found.subscribe()
    }

    /// The hub of the site with this id always has a place, however many others are announced.
    pub fn belong_to(&self, id: &str) {
        id.clone_into(&mut self.ours.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Where the hub with this id was announced.
    pub fn addresses_of(&self, id: &str) -> Vec<String> {
        self.found.borrow().get(id).map(|hub| hub.addresses.clone()).unwrap_or_default()
    }

    /// Listens for as long as the program runs.
    pub async fn listen(self) {
        let finder = match Finder::start() {
            Ok(finder) => finder,
            Err(error) => {
                return tracing::warn!(%error, "hubs cannot be found here; their address must be typed");
            }
        };
        while let Some(news) = finder.next().await {
            self.hear(news);
        }
    }

    /// A hub is there, or the one with that id went.
    fn hear(&self, news: Result<FoundHub, String>) {
        let ours = self.ours.read().unwrap_or_else(PoisonError::into_inner).clone();
        self.found.send_if_modified(|found| match news {
            Ok(hub) => keep(found, hub, &ours),
            Err(gone) => found.remove(&gone).is_some(),
        });
    }
}

/// Keeps a hub in mind where there is a place for it; ours takes another's. Whether anything changed.
fn keep(found: &mut Hubs, mut hub: FoundHub, ours: &str) -> bool {
    hub.addresses.truncate(MOST_ADDRESSES);
    if found.len() >= MOST_HUBS && !found.contains_key(&hub.id) {
        if hub.id != ours {
            return false;
        }
        let other = found.keys().next().cloned();
        other.and_then(|other| found.remove(&other));
    }
    found.insert(hub.id.clone(), hub);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub(id: &str, addresses: usize) -> FoundHub {
        let addresses = (0..addresses).map(|port| format!("http://192.168.1.5:{port}")).collect();
        FoundHub { id: id.into(), name: "Puskesmas".into(), version: "1".into(), addresses }
    }

    #[test]
    fn a_network_full_of_hubs_fills_no_memory_and_ours_is_always_found() {
        let neighbours = Neighbours::default();
        neighbours.belong_to("OURS");
        (0..10_000).for_each(|number| neighbours.hear(Ok(hub(&format!("H{number}"), 1))));
        assert_eq!(neighbours.watch().borrow().len(), MOST_HUBS);
        assert_eq!(neighbours.addresses_of("H0").len(), 1, "who came first stays");
        neighbours.hear(Ok(hub("OURS", 1000)));
        assert_eq!(neighbours.watch().borrow().len(), MOST_HUBS);
        assert_eq!(neighbours.addresses_of("OURS").len(), MOST_ADDRESSES);
        (0..10_000).for_each(|number| neighbours.hear(Ok(hub(&format!("I{number}"), 1))));
        assert_eq!(neighbours.addresses_of("OURS").len(), MOST_ADDRESSES, "and is not pushed out");
    }

    #[test]
    fn a_hub_that_moves_or_goes_is_noticed_and_what_changes_nothing_wakes_nobody() {
        let neighbours = Neighbours::default();
        let mut watched = neighbours.watch();
        neighbours.hear(Ok(hub("A", 1)));
        assert!(watched.has_changed().unwrap());
        watched.mark_unchanged();
        neighbours.hear(Ok(hub("A", 2)));
        assert_eq!(watched.borrow_and_update()["A"].addresses.len(), 2);
        neighbours.hear(Err("nobody".into()));
        assert!(!watched.has_changed().unwrap());
        neighbours.hear(Err("A".into()));
        assert!(watched.borrow_and_update().is_empty());
    }
}
