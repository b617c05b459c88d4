//! How much anybody may ask of the hub: the one place that decides. Who asks and for what is told by the HTTP door
//! (`http/limits.rs`); the arithmetic is `lobi_core::budget`.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lobi_core::budget::{Allowance, Budget};
use lobi_core::time::Timestamp;

use crate::config::LimitsConfig;
use crate::error::{Code, Refusal};

/// Keys remembered of each budget: more than any site has machines and phones.
const KEYS: usize = 10_000;
/// Of a key that callers invent, so many bytes are looked at.
const LONGEST_TICKET: usize = 16;
/// How long a token that was good is believed to be the same account's, in milliseconds. What it may do is asked each time.
const BELIEVED: i64 = 10 * 60_000;

/// What kind of thing is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A file of the screens.
    Page,
    /// An answer that changes nothing.
    Read,
    /// A change.
    Write,
    /// A number of the queue.
    TakeNumber,
    /// A number under a NIK or BPJS number, whose refusal would tell who is here.
    Identity,
    /// A try to sign in.
    SignIn,
    /// A look whether an unknown token is anybody's.
    Token,
    /// A paper of the site's printer.
    Print,
    /// What became of a paper.
    PaperReport,
    /// What a machine says about itself.
    MachineReport,
}

impl Class {
    /// All of them, in the order of their declaration.
    pub const ALL: [Class; 10] = [
        Class::Page,
        Class::Read,
        Class::Write,
        Class::TakeNumber,
        Class::Identity,
        Class::SignIn,
        Class::Token,
        Class::Print,
        Class::PaperReport,
        Class::MachineReport,
    ];

    /// Whether it is counted for the ticket it is about as well.
    pub fn counts_tickets(self) -> bool {
        matches!(self, Class::Print | Class::PaperReport)
    }
}

impl LimitsConfig {
    /// How much of this class one address may ask.
    pub fn of(&self, class: Class) -> Allowance {
        let (burst, per_minute) = match class {
            Class::Page => (self.page_burst, self.page_per_minute),
            Class::Read => (self.read_burst, self.read_per_minute),
            Class::Write => (self.write_burst, self.write_per_minute),
            Class::TakeNumber => (self.take_number_burst, self.take_number_per_minute),
            Class::Identity => (self.identity_burst, self.identity_per_minute),
            Class::SignIn => (self.sign_in_burst, self.sign_in_per_minute),
            Class::Token => (self.token_burst, self.token_per_minute),
            Class::Print => (self.print_burst, self.print_per_minute),
            Class::PaperReport => (self.paper_report_burst, self.paper_report_per_minute),
            Class::MachineReport => (self.machine_report_burst, self.machine_report_per_minute),
        };
        Allowance { burst, per_minute }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Somebody at this address, as [`household`] counts it.
    Address(IpAddr),
    /// Somebody signed in, wherever they are.
    Account(i64),
}

/// The address that somebody is counted by: an IPv4 address however it is written, and of IPv6 the network, because one
/// machine takes as many addresses there as it likes.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) & (u128::MAX << 64)).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The budgets of a running hub.
pub struct Limits {
    on: bool,
    visitors: [Mutex<Budget<IpAddr>>; Class::ALL.len()],
    accounts: [Mutex<Budget<i64>>; Class::ALL.len()],
    tickets: [Mutex<Budget<String>>; Class::ALL.len()],
    /// Whose a token was when it was last looked at, by its digest.
    tokens: Mutex<HashMap<[u8; 32], (i64, Timestamp)>>,
    listening: Places,
}

impl Limits {
    /// Fresh budgets; without a configuration only the number of live connections in all is limited.
    pub fn new(config: Option<LimitsConfig>, listen_in_all: usize) -> Self {
        let on = config.is_some();
        let config = config.unwrap_or_default();
        let staff = |class| config.of(class).times(config.signed_in_times);
        Limits {
            on,
            visitors: Class::ALL.map(|class| Mutex::new(Budget::new(config.of(class), KEYS))),
            accounts: Class::ALL.map(|class| Mutex::new(Budget::new(staff(class), KEYS))),
            tickets: Class::ALL.map(|class| Mutex::new(Budget::new(config.of(class), KEYS))),
            tokens: Mutex::default(),
            listening: Places::new(if on { config.listen_per_address } else { usize::MAX }, listen_in_all),
        }
    }

    /// Whether anything is counted.
    pub fn on(&self) -> bool {
        self.on
    }

    /// Lets one request of this class through.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`] with the seconds to wait.
    pub fn take(&self, class: Class, who: Who, now: Timestamp) -> Result<(), Refusal> {
        if !self.on {
            return Ok(());
        }
        // What became of a paper is a change like any other, but for the ticket it is about.
        let counted = if class == Class::PaperReport { Class::Write } else { class };
        let taken = match who {
            Who::Address(address) => lock(&self.visitors[counted as usize]).take(address, now),
            Who::Account(account) => lock(&self.accounts[counted as usize]).take(account, now),
        };
        taken.map_err(too_many)
    }

    /// Lets one request about this ticket through, whoever asks.
    ///
    /// # Errors
    /// As [`Limits::take`].
    pub fn take_about(&self, class: Class, ticket: &str, now: Timestamp) -> Result<(), Refusal> {
        if !self.on {
            return Ok(());
        }
        let ticket = ticket.chars().take(LONGEST_TICKET).collect();
        lock(&self.tickets[class as usize]).take(ticket, now).map_err(too_many)
    }

    /// Whose the token with this digest was, and whether that is so fresh that it needs no second look.
    pub fn account_of(&self, digest: &[u8; 32], now: Timestamp) -> Option<(i64, bool)> {
        let (account, seen) = lock(&self.tokens).get(digest).copied()?;
        Some((account, now >= seen && now.millis_since(seen) < BELIEVED))
    }

    /// Notes whose a token is, or that it is nobody's any more.
    pub fn note_token(&self, digest: [u8; 32], account: Option<i64>, now: Timestamp) {
        let mut tokens = lock(&self.tokens);
        let Some(account) = account else {
            tokens.remove(&digest);
            return;
        };
        if tokens.len() >= KEYS
            && !tokens.contains_key(&digest)
            && let Some(oldest) = tokens.iter().min_by_key(|(_, (_, seen))| *seen).map(|(digest, _)| *digest)
        {
            tokens.remove(&oldest);
        }
        tokens.insert(digest, (account, now));
    }

    /// A place for one more live connection from this address; it is free again when the value is dropped.
    ///
    /// # Errors
    /// [`Code::Busy`] when the address or the hub has enough of them.
    pub fn listen(&self, from: IpAddr) -> Result<Place, Refusal> {
        self.listening.take(from).ok_or_else(|| Refusal::from(Code::Busy).retry_after(5))
    }
}

/// Places that are held for a while: so many for one address, so many in all.
pub struct Places {
    held: Arc<Mutex<Held>>,
    per_address: usize,
    in_all: usize,
}

#[derive(Default)]
struct Held {
    by: HashMap<IpAddr, usize>,
    in_all: usize,
}

impl Places {
    /// All of them free.
    pub fn new(per_address: usize, in_all: usize) -> Self {
        Places { held: Arc::default(), per_address, in_all }
    }

    /// A place for this address, if it may have one more; it is free again when the value is dropped.
    pub fn take(&self, from: IpAddr) -> Option<Place> {
        let from = household(from);
        let mut held = lock(&self.held);
        let here = held.by.get(&from).copied().unwrap_or(0);
        if here >= self.per_address || held.in_all >= self.in_all {
            return None;
        }
        held.by.insert(from, here + 1);
        held.in_all += 1;
        drop(held);
        Some(Place { held: Arc::clone(&self.held), from })
    }
}

/// One place.
pub struct Place {
    held: Arc<Mutex<Held>>,
    from: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = lock(&self.held);
        held.in_all -= 1;
        if let Some(here) = held.by.get_mut(&self.from) {
            *here -= 1;
            if *here == 0 {
                held.by.remove(&self.from);
            }
        }
    }
}

fn too_many(seconds: u64) -> Refusal {
    Refusal::from(Code::TooManyRequests).with("detik", seconds).retry_after(seconds)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    #[test]
    fn every_class_has_the_place_of_its_name() {
        for (place, class) in Class::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, place);
        }
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written_and_ipv6_counts_by_network() {
        let of = |text: &str| household(text.parse().unwrap());
        assert_eq!(of("::ffff:10.0.0.7"), of("10.0.0.7"));
        assert_ne!(of("::ffff:10.0.0.7"), of("::ffff:10.0.0.8"));
        assert_eq!(of("fd00::1:2:3:4"), of("fd00::9"));
        assert_ne!(of("fd00::1"), of("fd00:0:0:1::1"));
    }

    #[test]
    fn a_token_that_ended_is_forgotten_and_an_old_word_is_asked_again() {
        let limits = Limits::new(Some(LimitsConfig::default()), 1);
        limits.note_token([1; 32], Some(7), NOW);
        assert_eq!(limits.account_of(&[1; 32], NOW.plus_minutes(9)), Some((7, true)));
        assert_eq!(limits.account_of(&[1; 32], NOW.plus_minutes(10)), Some((7, false)));
        assert_eq!(
            limits.account_of(&[1; 32], NOW.plus_minutes(-1)),
            Some((7, false)),
            "the clock went back"
        );
        limits.note_token([1; 32], None, NOW);
        assert_eq!(limits.account_of(&[1; 32], NOW), None);
    }

    #[test]
    fn live_connections_are_counted_by_address_and_in_all_and_leave_their_place() {
        let config = LimitsConfig { listen_per_address: 2, ..LimitsConfig::default() };
        let limits = Limits::new(Some(config), 3);
        let from = |last| IpAddr::from([10, 0, 0, last]);
        let (one, _two) = (limits.listen(from(1)).unwrap(), limits.listen(from(1)).unwrap());
        assert!(limits.listen(from(1)).is_err(), "enough from there");
        let _three = limits.listen(from(2)).unwrap();
        assert!(limits.listen(from(3)).is_err(), "enough in all");
        drop(one);
        assert!(limits.listen(from(3)).is_ok());
    }
}
