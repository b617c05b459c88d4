//! Password hashes: argon2id with OWASP's minimum (19 MiB, 2 rounds), one at a time so that a storm of
//! sign-ins never takes the memory and cores that tickets need.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::db::DbError;
use crate::error::Result;

/// One hash at a time, and this many callers in line before the rest are told to come back.
static TURN: Semaphore = Semaphore::const_new(1);
static LINE: Semaphore = Semaphore::const_new(64);

/// What is verified when the username is unknown, so that both answers take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password"));

/// Hashes a new password.
///
/// # Errors
/// [`DbError::Busy`] when too many wait.
pub async fn hash(password: String) -> Result<String> {
    in_turn(move || hash_now(&password)).await
}

/// Whether the password belongs to the hash; without a hash (unknown user) the same work ends in "no".
///
/// # Errors
/// [`DbError::Busy`] when too many wait.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.as_ref().unwrap_or(&NOBODY);
        let parsed = PasswordHash::new(hash);
        let fits =
            parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        fits && known
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _place = LINE.try_acquire().map_err(|_| DbError::Busy)?;
    let _turn = TURN.acquire().await.map_err(|_| DbError::Stopping)?;
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| DbError::Panicked)?)
}

fn hash_now(password: &str) -> String {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    // The default parameters are valid and any password up to 4 GiB is taken.
    hashed.expect("argon2 takes its own default parameters").to_string()
}
