//! What this program takes from the hub's crate, in one place: everything else here names it from here.

pub use lobi_hub::Config;
pub use lobi_hub::discovery::{Finder, FoundHub};
pub use lobi_hub::serving::Serving;
pub use lobi_hub::texts::text;

use lobi_hub::{hashing, secrets};

/// A name for a machine that no other has.
pub fn new_id() -> String {
    secrets::id()
}

/// A password in a form that can be compared and not read; nothing when the work was cut off.
pub async fn hash_of(password: String) -> Option<String> {
    tokio::task::spawn_blocking(move || hashing::hash_for_keeps(&password)).await.ok()
}

/// Whether the password belongs to a hash that [`hash_of`] made.
pub async fn is_password_of(password: String, hash: String) -> bool {
    tokio::task::spawn_blocking(move || hashing::fits(&password, &hash)).await.unwrap_or(false)
}
