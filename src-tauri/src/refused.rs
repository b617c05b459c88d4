//! Why something was not done, as a page gets it: a code to decide by, a sentence to show.

use serde::Serialize;

use crate::from_hub::text;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Stable.
    pub code: String,
    /// For people.
    pub message: String,
}

impl Refused {
    /// A refusal with the sentence that `assets/texts` has for it, in the section `shell`.
    pub fn new(code: &str) -> Refused {
        Refused { code: code.to_owned(), message: text("shell", code, &[]) }
    }

    /// A refusal with a sentence of its own.
    pub fn said(code: &str, message: String) -> Refused {
        Refused { code: code.to_owned(), message }
    }
}

#[cfg(test)]
mod tests {
    use lobi_devices::speaker::SpeakFault;

    use super::*;
    use crate::hub::finder::NoSite;

    #[test]
    fn every_code_has_its_sentence() {
        let sites = [NoSite::BadAddress, NoSite::Away, NoSite::NoHub].map(NoSite::code);
        let voices = [SpeakFault::NoEngine, SpeakFault::NoVoice, SpeakFault::Hung, SpeakFault::Died];
        let doors = ["admin_only", "never_signed_in", "wrong_password_offline"];
        for code in sites.into_iter().chain(voices.map(SpeakFault::code)).chain(doors) {
            assert_ne!(Refused::new(code).message, code, "assets/texts has no shell.{code}");
        }
    }
}
