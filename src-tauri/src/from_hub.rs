//! What this program takes from the hub's crate, in one place: everything else here names it from here.

pub use lobi_hub::Config;
pub use lobi_hub::discovery::{Finder, FoundHub};
pub use lobi_hub::serving::Serving;
pub use lobi_hub::texts::text;

use lobi_hub::{secrets, staff::passwords};

/// A name for a machine that no other has.
pub fn new_id() -> String {
    secrets::ticket_code()
}

/// A password in a form that can be compared and not read; nothing where too many wait for one.
pub async fn hash_of(password: String) -> Option<String> {
    passwords::hash(password).await.ok()
}

/// Whether the password belongs to a hash that [`hash_of`] made.
pub async fn is_password_of(password: String, hash: String) -> bool {
    passwords::is_right(password, hash).await
}
