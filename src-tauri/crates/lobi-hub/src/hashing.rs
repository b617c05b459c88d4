//! Password hashes: argon2id with OWASP's minimum (19 MiB, 2 rounds), one at a time so that a storm of
//! sign-ins never takes the memory and cores that tickets need.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::error::{Code, Refusal, Result};

/// Callers in line before the rest are told to come back.
const LINE: usize = 64;
/// Places in the line that only addresses without a wrong guess get.
const KEPT: usize = 16;
/// Places in the line that one address gets; its further tries wait outside.
const IN_LINE: usize = 4;
/// Tries under way at once from one address, those outside the line included.
const AT_ONCE: usize = 32;

/// What is verified when the username is unknown, so that both answers take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password"));

/// The line in which hashes are made, one at a time.
pub struct Hashing {
    turn: Arc<Semaphore>,
    line: Arc<Semaphore>,
    /// The part of the line that addresses with a wrong guess get.
    suspects: Arc<Semaphore>,
    under_way: UnderWay,
}

/// The tries of each address: how many, and its places in the line.
type UnderWay = Arc<Mutex<HashMap<IpAddr, (usize, Arc<Semaphore>)>>>;

impl Default for Hashing {
    fn default() -> Self {
        let (turn, line) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(LINE)));
        Hashing { turn, line, suspects: Arc::new(Semaphore::new(LINE - KEPT)), under_way: Arc::default() }
    }
}

/// A try under way; the address may have another when this is dropped.
pub struct Place {
    under_way: UnderWay,
    from: IpAddr,
    here: Arc<Semaphore>,
    suspect: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = under_way.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.from);
            }
        }
    }
}

impl Hashing {
    /// A try from this address; `suspect` when a wrong password came from there.
    ///
    /// # Errors
    /// [`Code::Busy`] when the address has too many under way.
    pub fn place(&self, from: IpAddr, suspect: bool) -> Result<Place> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, here) = under_way.entry(from).or_insert_with(|| (0, Arc::new(Semaphore::new(IN_LINE))));
        if *count >= AT_ONCE {
            return Err(busy());
        }
        *count += 1;
        let here = Arc::clone(here);
        Ok(Place { under_way: Arc::clone(&self.under_way), from, here, suspect })
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// [`Code::Busy`] when too many wait.
    pub async fn hash(&self, password: String) -> Result<String> {
        self.in_turn((), move || hash_now(&password)).await
    }

    /// Whether the password belongs to the hash; without a hash (unknown user) the same work ends in "no". `place` is
    /// given back when the work is done, also when the caller has long hung up.
    ///
    /// # Errors
    /// [`Code::Busy`] when too many wait.
    pub async fn matches(&self, password: String, hash: Option<String>, place: Place) -> Result<bool> {
        let work = move || {
            let known = hash.is_some();
            fits(&password, hash.as_ref().unwrap_or(&NOBODY)) && known
        };
        // An address with many tries waits for itself before it stands in everybody's way.
        let here = Arc::clone(&place.here).acquire_owned().await.map_err(|_| busy())?;
        let suspect = if place.suspect {
            Some(Arc::clone(&self.suspects).try_acquire_owned().map_err(|_| busy())?)
        } else {
            None
        };
        self.in_turn((here, suspect, place), work).await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        place: impl Send + 'static,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let waits = Arc::clone(&self.line).try_acquire_owned().map_err(|_| busy())?;
        let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(|_| busy())?;
        // The turn goes with the work: a caller that hangs up does not let a second hash run beside this one.
        let worked = tokio::task::spawn_blocking(move || {
            let _held = (turn, waits, place);
            work()
        });
        worked.await.map_err(|_| Code::Internal.into())
    }
}

fn busy() -> crate::error::Error {
    Refusal::from(Code::Busy).retry_after(1).into()
}

/// Hashes a password for somebody who keeps the hash for themselves. Slow: off the async threads.
pub fn hash_for_keeps(password: &str) -> String {
    hash_now(password)
}

/// Whether the password belongs to a hash made earlier. Slow: off the async threads.
pub fn fits(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

fn hash_now(password: &str) -> String {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    // The default parameters are valid and any password up to 4 GiB is taken.
    hashed.expect("argon2 takes its own default parameters").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn one_address_has_a_few_tries_under_way_and_gets_its_places_back() {
        let hashing = Hashing::default();
        let places: Vec<_> = (0..AT_ONCE).map(|_| hashing.place(HERE, false).unwrap()).collect();
        assert!(hashing.place(HERE, false).is_err());
        assert!(hashing.place(THERE, false).is_ok());
        drop(places);
        assert!(hashing.place(HERE, false).is_ok());
    }

    /// How many stand in the line once the tries of all these addresses were begun.
    async fn in_line(hashing: &Arc<Hashing>, addresses: u8, suspect: bool) -> usize {
        for address in 0..addresses {
            for _ in 0..AT_ONCE {
                let (hashing, from) =
                    (Arc::clone(hashing), IpAddr::from([10, 0, u8::from(suspect), address]));
                tokio::spawn(async move {
                    let place = hashing.place(from, suspect)?;
                    hashing.matches("salah".into(), None, place).await
                });
            }
        }
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
        LINE - hashing.line.available_permits()
    }

    #[tokio::test]
    async fn five_addresses_that_guess_leave_the_line_to_others() {
        let hashing = Arc::new(Hashing::default());
        let turn = Arc::clone(&hashing.turn).acquire_owned().await.unwrap();
        assert_eq!(in_line(&hashing, 5, true).await, 5 * IN_LINE);
        drop(turn);
        let place = hashing.place(THERE, false).unwrap();
        assert!(hashing.matches("benar".into(), Some(hash_now("benar")), place).await.unwrap());
    }

    #[tokio::test]
    async fn however_many_addresses_guess_places_are_kept_for_the_rest() {
        let hashing = Arc::new(Hashing::default());
        let _turn = Arc::clone(&hashing.turn).acquire_owned().await.unwrap();
        assert_eq!(in_line(&hashing, 40, true).await, LINE - KEPT);
        assert_eq!(in_line(&hashing, 40, false).await, LINE);
    }
}
