//! Randomness for keys, tokens and ticket codes; everything unguessable is made here.

use data_encoding::{BASE64URL_NOPAD, Encoding, Specification};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// `N` random bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness: nothing safe can be done then.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A session token: 256 bits, URL-safe.
pub fn token() -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<32>())
}

/// What is kept of a token: a copy of the database signs nobody in.
pub fn digest(token: &str) -> [u8; 32] {
    digest_of(token.as_bytes())
}

/// SHA-256.
pub fn digest_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Six digits, easily read across a room.
pub fn six_digits() -> String {
    let number = u32::from_le_bytes(random_bytes()) % 1_000_000;
    format!("{number:06}")
}

/// The id of a site or a machine: 50 random bits as ten characters.
pub fn id() -> String {
    ticket_code()
}

/// Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed from paper.
static CROCKFORD: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().expect("32 distinct symbols make an encoding")
});

/// A ticket code: 50 random bits as ten characters.
pub fn ticket_code() -> String {
    let mut code = CROCKFORD.encode(&random_bytes::<10>());
    code.truncate(10);
    code
}

/// A typed code in its stored form: dashes and spaces dropped, capitals, and the letters that Crockford leaves
/// out read as the digits they look like.
pub fn normal_code(typed: &str) -> String {
    let plain = typed.chars().filter(|c| !matches!(c, '-' | ' '));
    plain
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_typed_the_way_people_type() {
        let code = ticket_code();
        assert_eq!(code.len(), 10);
        assert_eq!(normal_code(&format!("{}-{}", &code[..5], code[5..].to_lowercase())), code);
        assert_eq!(normal_code("o1 Il-l"), "01111");
    }

    #[test]
    fn codes_do_not_repeat() {
        let codes: std::collections::HashSet<String> = (0..10_000).map(|_| ticket_code()).collect();
        assert_eq!(codes.len(), 10_000);
    }
}
