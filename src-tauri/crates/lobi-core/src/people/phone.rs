//! Indonesian telephone numbers in any usual spelling, kept as E.164.

use thiserror::Error;

use super::digits::{plain, without_label};

/// The number is not one that can be dialled in or from Indonesia.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a telephone number")]
pub struct BadPhone;

/// A telephone number in E.164: `+6281234567890`.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Understands `0812-3456-7890`, `812 3456 7890`, `62812…`, `+62 (0)812…`, `0062812…`, landlines with their
    /// area code, foreign numbers written with `+`, `tel:` links, labels before and extensions behind the number, any
    /// script's digits, and what is pasted along unseen.
    ///
    /// # Errors
    /// [`BadPhone`] when the digits cannot be a number: wrong length, letters, no area code.
    pub fn parse(text: &str) -> Result<Self, BadPhone> {
        let text = plain(text);
        let text = without_extension(without_label(&text)).trim();
        if !text.chars().all(|c| c.is_ascii_digit() || " -.()/+".contains(c)) {
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

/// The number without `ext. 12`, `x12`, `#12`, `pes. 12` or the parameters of a `tel:` link (RFC 3966).
fn without_extension(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let marks = ["ext", "pes", "x", "#", ";", ","];
    let cut = marks.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(text.len());
    let behind = lower[cut..].trim_start_matches(|c: char| !c.is_ascii_digit());
    // Something else stands there: not for us to guess.
    let is_extension = cut < text.len()
        && (lower[cut..].starts_with(';')
            || (1..=6).contains(&behind.len()) && behind.bytes().all(|b| b.is_ascii_digit()));
    if is_extension { &text[..cut] } else { text }
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

    /// What phones, spreadsheets and messengers put around a number when it is copied.
    #[test]
    fn a_pasted_number_is_read_whatever_came_along() {
        for pasted in [
            "\u{202a}+62 812-3456-7890\u{202c}",
            "\u{2066}0812 3456 7890\u{2069}",
            "0812\u{200b}3456\u{feff}7890",
            "0812\u{a0}3456\u{202f}7890",
            "0812\u{2013}3456\u{2013}7890",
            "0812\u{2011}3456\u{2212}7890",
            "tel:+62-812-3456-7890",
            "TEL: 081234567890",
            "tel:+6281234567890;ext=12",
            "tel:0812-3456-7890;phone-context=+62",
            "\u{ff10}\u{ff18}\u{ff11}\u{ff12}\u{ff0d}\u{ff13}\u{ff14}\u{ff15}\u{ff16}\u{ff0d}\u{ff17}\u{ff18}\u{ff19}\u{ff10}",
            "\u{ff0b}62\u{ff08}0\u{ff09}81234567890",
            "\u{660}\u{668}\u{661}\u{662}34567890",
            "WA: 0812 3456 7890",
            "No. HP 0812.3456.7890",
            "0812-3456-7890 ext. 12",
            "081234567890 x7",
            "0812 3456 7890 pes 3",
            "62081234567890",
        ] {
            assert_eq!(Phone::parse(pasted).unwrap().as_ref(), "+6281234567890", "{pasted:?}");
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
            "tel:",
            "081234567890 atau 08987654321",
            "0812345678901 ext rumah",
            "\u{202a}\u{202c}",
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
