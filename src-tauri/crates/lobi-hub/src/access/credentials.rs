//! What somebody may sign in with: the form of a name, and which new passwords are good enough.

use lobi_core::password;

use crate::fields::Fields;
use crate::secrets;

/// Longer names and passwords, in bytes, are not even looked up.
pub const LONGEST_NAME: usize = 64;
/// As [`LONGEST_NAME`].
pub const LONGEST_PASSWORD: usize = 256;

/// A sign-in name in the form in which it is kept.
pub fn sign_in_name(fields: &mut Fields, field: &str, typed: &str) -> String {
    let username = typed.trim().to_lowercase();
    let plain = username.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    fields.check((1..=40).contains(&username.len()) && plain, field, "username");
    username
}

/// A password to begin with, easily read aloud and typed.
pub fn first_password() -> String {
    secrets::ticket_code().to_lowercase()
}

/// Says in words what is wrong with a new password.
pub fn password_sentence(fields: &mut Fields, field: &str, password: &str, username: &str) {
    if let Err(weak) = password::check(password, username) {
        fields.check(false, field, weak.key());
    }
    fields.check(password.len() <= LONGEST_PASSWORD, field, "too_long");
}
