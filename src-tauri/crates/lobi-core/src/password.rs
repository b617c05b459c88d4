//! Which passwords are taken: long enough, and none of those that are tried first.

use std::collections::HashSet;
use std::sync::LazyLock;

use thiserror::Error;

/// The fewest characters of a password.
pub const PASSWORD_MIN_CHARS: usize = 8;

/// Passwords that many people have, one a line, in lower case.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../../assets/setup/common-passwords.txt")
        .lines()
        .filter(|line| !line.is_empty())
        .collect()
});

/// The rule that a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WeakPassword {
    /// Nothing but spaces.
    #[error("the password is only spaces")]
    Blank,
    /// Fewer than [`PASSWORD_MIN_CHARS`] characters.
    #[error("the password has fewer than {PASSWORD_MIN_CHARS} characters")]
    TooShort,
    /// One character, again and again.
    #[error("the password is one character repeated")]
    Repeated,
    /// The same as the user's name.
    #[error("the password is the username")]
    SameAsUsername,
    /// Among those that are tried first.
    #[error("the password is a common one")]
    Common,
}

impl WeakPassword {
    /// Its key in `assets/texts`, section `fields`.
    pub fn key(self) -> &'static str {
        match self {
            WeakPassword::Blank => "password_blank",
            WeakPassword::TooShort => "password_short",
            WeakPassword::Repeated => "password_repeated",
            WeakPassword::SameAsUsername => "password_username",
            WeakPassword::Common => "password_common",
        }
    }
}

/// Checks a new password of `username`. Case and spaces around it make no difference to how easily it is guessed.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(password: &str, username: &str) -> Result<(), WeakPassword> {
    let folded = password.trim().to_lowercase();
    let mut characters = folded.chars();
    let Some(first) = characters.next() else { return Err(WeakPassword::Blank) };
    if folded.chars().count() < PASSWORD_MIN_CHARS {
        Err(WeakPassword::TooShort)
    } else if characters.all(|c| c == first) {
        Err(WeakPassword::Repeated)
    } else if folded == username.trim().to_lowercase() {
        Err(WeakPassword::SameAsUsername)
    } else if COMMON.contains(folded.as_str()) {
        Err(WeakPassword::Common)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_rule_is_told_by_its_key() {
        for (password, rule) in [
            ("", WeakPassword::Blank),
            ("            ", WeakPassword::Blank),
            ("pendek7", WeakPassword::TooShort),
            ("  pendek7    ", WeakPassword::TooShort),
            ("aaaaaaaaaa", WeakPassword::Repeated),
            ("AaAaAaAaAa", WeakPassword::Repeated),
            ("rina.wulandari", WeakPassword::SameAsUsername),
            (" Rina.Wulandari ", WeakPassword::SameAsUsername),
        ] {
            assert_eq!(check(password, "rina.wulandari").unwrap_err(), rule, "{password:?}");
        }
        for common in [
            "12345678",
            "password",
            "PUSKESMAS",
            "indonesia",
            "Bismillah",
            "sayang123",
            "rahasia123 ",
            "qwertyuiop",
        ] {
            assert_eq!(check(common, "rina").unwrap_err(), WeakPassword::Common, "{common}");
        }
    }

    #[test]
    fn a_sentence_or_a_made_up_word_is_taken() {
        for good in ["kucing makan ikan", "lobi-demo", "rahasia-uji", "Tr4m-biru!", "пароль-длинный"]
        {
            assert_eq!(check(good, "rina"), Ok(()), "{good}");
        }
    }

    #[test]
    fn the_list_is_folded_sorted_and_holds_only_what_the_other_rules_let_through() {
        let lines: Vec<&str> =
            include_str!("../../../../assets/setup/common-passwords.txt").lines().collect();
        assert!(lines.len() >= 300);
        assert!(lines.is_sorted() && lines.windows(2).all(|pair| pair[0] != pair[1]));
        for line in lines {
            assert_eq!(line, line.trim().to_lowercase());
            assert_eq!(check(line, ""), Err(WeakPassword::Common), "{line}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_is_long_enough_and_not_the_username(password in ".{0,20}", username in ".{0,20}") {
            if check(&password, &username).is_ok() {
                prop_assert!(password.chars().count() >= PASSWORD_MIN_CHARS);
                prop_assert_ne!(password.trim().to_lowercase(), username.trim().to_lowercase());
            }
            prop_assert_eq!(check(&password, &username), check(&format!("  {password} "), &username));
        }
    }
}
