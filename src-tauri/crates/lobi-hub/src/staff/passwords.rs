//! Password hashes: argon2id with OWASP's minimum (19 MiB, 2 rounds), one at a time so that a storm of
//! sign-ins never takes the memory and cores that tickets need.

use std::sync::{Arc, LazyLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::guard::Place;
use crate::db::DbError;
use crate::error::Result;

/// One hash at a time, and this many callers in line before the rest are told to come back.
static TURN: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));
static LINE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(64)));

/// What is verified when the username is unknown, so that both answers take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password"));

/// Hashes a new password.
///
/// # Errors
/// [`DbError::Busy`] when too many wait.
pub async fn hash(password: String) -> Result<String> {
    in_turn((), move || hash_now(&password)).await
}

/// Whether the password belongs to the hash; without a hash (unknown user) the same work ends in "no". `place` is
/// given back when the work is done, also when the caller has long hung up.
///
/// # Errors
/// [`DbError::Busy`] when too many wait.
pub async fn matches(password: String, hash: Option<String>, place: Place) -> Result<bool> {
    in_turn(place, move || {
        let known = hash.is_some();
        let hash = hash.as_ref().unwrap_or(&NOBODY);
        let parsed = PasswordHash::new(hash);
        let fits =
            parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        fits && known
    })
    .await
}

/// Whether the password belongs to a hash that [`hash`] made earlier.
pub async fn is_right(password: String, hash: String) -> bool {
    let fits = move || {
        let parsed = PasswordHash::new(&hash);
        parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    };
    in_turn((), fits).await.unwrap_or(false)
}

async fn in_turn<T: Send + 'static>(
    place: impl Send + 'static,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let waits = Arc::clone(&LINE).try_acquire_owned().map_err(|_| DbError::Busy)?;
    let turn = Arc::clone(&TURN).acquire_owned().await.map_err(|_| DbError::Stopping)?;
    // The turn goes with the work: a caller that hangs up does not let a second hash run beside this one.
    let worked = tokio::task::spawn_blocking(move || {
        let _held = (turn, waits, place);
        work()
    });
    Ok(worked.await.map_err(|_| DbError::Panicked)?)
}

fn hash_now(password: &str) -> String {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    // The default parameters are valid and any password up to 4 GiB is taken.
    hashed.expect("argon2 takes its own default parameters").to_string()
}
