//! How another program knows that it is this hub that tells it something: the signature of the Standard Webhooks specification
//! (standardwebhooks.com, version 1), for which libraries exist in every language.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use lobi_core::time::Timestamp;
use sha2::Sha256;

use crate::secrets::random_bytes;

/// What a secret begins with; the rest is 256 bits as base64.
const PREFIX: &str = "whsec_";

/// A new secret.
pub fn secret() -> String {
    format!("{PREFIX}{}", BASE64.encode(&random_bytes::<32>()))
}

/// The headers that go with `body`: which message it is (the same at each try), when it is sent, and who signed both.
pub fn headers(secret: &str, id: &str, now: Timestamp, body: &[u8]) -> [(&'static str, String); 3] {
    let at = now.0.div_euclid(1_000);
    let key = BASE64.decode(secret.trim_start_matches(PREFIX).as_bytes()).unwrap_or_default();
    // A key of any length makes a MAC; what a secret of another make cannot be read as, signs as an empty one.
    let signed = Hmac::<Sha256>::new_from_slice(&key).ok().map(|mut mac| {
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(body);
        BASE64.encode(&mac.finalize().into_bytes())
    });
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", format!("v1,{}", signed.unwrap_or_default())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_signed_as_it_says() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = br#"{"test": 2432232314}"#;
        let [id, at, signature] =
            headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", Timestamp(1_614_265_330_000), body);
        assert_eq!(id, ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".into()));
        assert_eq!(at, ("webhook-timestamp", "1614265330".into()));
        assert_eq!(signature.1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn every_secret_is_another_one() {
        assert_ne!(secret(), secret());
        assert!(secret().starts_with(PREFIX));
    }
}
