//! Indonesian telephone numbers in any usual spelling, kept as E.164.

use thiserror::Error;

/// The number is not one that can be dialled in or from Indonesia.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a telephone number")]
pub struct BadPhone;

/// A telephone number in E.164: `+6281234567890`.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Understands `0812-3456-7890`, `812 3456 7890`, `62812…`, `+62 (0)812…`, `0062812…`, landlines with their
    /// area code, and foreign numbers written with `+`.
    ///
    /// # Errors
    /// [`BadPhone`] when the digits cannot be a number: wrong length, letters, no area code.
    pub fn parse(text: &str) -> Result<Self, BadPhone> {
        let text = text.trim();
        if !text.chars().all(|c| c.is_ascii_digit() || " -.()/+\u{a0}".contains(c)) {
            return Err(BadPhone);
        }
        if text.chars().skip(1).any(|c| c == '+') {
            return Err(BadPhone);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let international =
            text.starts_with('+').then_some(digits.as_str()).or_else(|| digits.strip_prefix("00"));
        if let Some(abroad) = international.filter(|digits| !digits.starts_with("62")) {
            let plausible = !abroad.starts_with('0') && (8..=15).contains(&abroad.len());
            return if plausible { Ok(Phone(format!("+{abroad}"))) } else { Err(BadPhone) };
        }
        let national = international.unwrap_or(&digits);
        // "62…" without "+" is the country code typed in a hurry; an area code 062x keeps its leading zero.
        let national = national.strip_prefix("62").unwrap_or(national);
        let national = national.strip_prefix('0').unwrap_or(national);
        // Mobile numbers are 8 + 8..11 digits; landlines 2–3 digits of area code + 5..8.
        let long_enough = if national.starts_with('8') { 9..=12 } else { 7..=11 };
        if national.starts_with(['0', '1']) || !long_enough.contains(&national.len()) {
            return Err(BadPhone);
        }
        Ok(Phone(format!("+62{national}")))
    }
}

impl AsRef<str> for Phone {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_means_the_same_number() {
        for spelling in [
            "081234567890",
            "0812-3456-7890",
            "0812 3456 7890",
            "(0812) 34567890",
            "81234567890",
            "6281234567890",
            "+62 812-3456-7890",
            "+62 (0)812 3456 7890",
            "006281234567890",
            " 0812.3456.7890 ",
        ] {
            assert_eq!(Phone::parse(spelling).unwrap().as_ref(), "+6281234567890", "{spelling}");
        }
    }

    #[test]
    fn landlines_and_foreign_numbers_are_taken() {
        assert_eq!(Phone::parse("(0411) 494014").unwrap().as_ref(), "+62411494014");
        assert_eq!(Phone::parse("021-3456789").unwrap().as_ref(), "+62213456789");
        assert_eq!(Phone::parse("+60 12-345 6789").unwrap().as_ref(), "+60123456789");
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        for bad in [
            "",
            "0812",
            "08123456789012345",
            "08I234567890",
            "12345678",
            "+0812345678",
            "0812+34567890",
            "+1",
        ] {
            assert!(Phone::parse(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_the_result_is_e164_or_a_refusal(text in ".{0,40}") {
            if let Ok(phone) = Phone::parse(&text) {
                let digits = phone.as_ref().strip_prefix('+').unwrap();
                proptest::prop_assert!(digits.len() <= 15 && digits.chars().all(|c| c.is_ascii_digit()));
                proptest::prop_assert_eq!(Phone::parse(phone.as_ref()).unwrap(), phone.clone());
            }
        }
    }
}
