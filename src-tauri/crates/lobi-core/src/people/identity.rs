//! Name, NIK and BPJS number: small values that cannot exist in a wrong form.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use super::digits::{plain, without_label};
use crate::text::readable;

/// The longest name that is kept, in characters.
pub const NAME_MAX_CHARS: usize = 100;

/// Why a value that a visitor gave was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadIdentity {
    /// Nothing is left once spaces and what is invisible are gone, or it is too long.
    #[error("the name is empty or longer than {NAME_MAX_CHARS} characters")]
    Name,
    /// Not 16 digits.
    #[error("a NIK has 16 digits")]
    NikLength,
    /// Digits 7–12 are no real date of birth (women's days count from 41).
    #[error("the NIK does not hold a real date of birth")]
    NikDate,
    /// Digits 1–6 are no place that ever gave NIKs out.
    #[error("the NIK does not begin with a region")]
    NikRegion,
    /// Digits 13–16 count from 0001.
    #[error("the NIK ends in a number that is never given")]
    NikSerial,
    /// Not 13 digits.
    #[error("a BPJS number has 13 digits")]
    Bpjs,
}

/// A name, of a person or a place: [`readable`], 1–100 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Takes what was typed.
    ///
    /// # Errors
    /// [`BadIdentity::Name`] when nothing readable is left or it is too long.
    pub fn parse(text: &str) -> Result<Self, BadIdentity> {
        let name = readable(text);
        if name.is_empty() || name.chars().count() > NAME_MAX_CHARS {
            return Err(BadIdentity::Name);
        }
        Ok(Name(name))
    }
}

/// Nomor Induk Kependudukan: 16 digits, `PPKKCC DDMMYY SSSS` (PP 37/2007 article 37; a woman's day of birth + 40).
#[derive(Clone, PartialEq, Eq)]
pub struct Nik(String);

impl Nik {
    /// Takes what was typed; spaces, dots and dashes between the digits are forgiven.
    ///
    /// # Errors
    /// [`BadIdentity::NikLength`], [`BadIdentity::NikRegion`], [`BadIdentity::NikDate`] or [`BadIdentity::NikSerial`].
    pub fn parse(text: &str) -> Result<Self, BadIdentity> {
        let digits = digits_of(text).filter(|d| d.len() == 16).ok_or(BadIdentity::NikLength)?;
        let part = |from: usize, to: usize| digits[from..to].parse::<i16>().unwrap_or(0);
        let (day, month, year) = (part(6, 8), part(8, 10), part(10, 12));
        let day = if day > 40 { day - 40 } else { day };
        // Two digits of a year: either century may hold the date (29 February decides by the real one).
        let real =
            [1900, 2000].into_iter().any(|century| Date::new(century + year, month as i8, day as i8).is_ok());
        if !PROVINCES.contains(&part(0, 2)) || part(2, 4) == 0 || part(4, 6) == 0 {
            return Err(BadIdentity::NikRegion);
        }
        if !real {
            return Err(BadIdentity::NikDate);
        }
        if part(12, 16) == 0 {
            return Err(BadIdentity::NikSerial);
        }
        Ok(Nik(digits))
    }
}

/// Nomor kartu BPJS Kesehatan: 13 digits.
#[derive(Clone, PartialEq, Eq)]
pub struct BpjsNumber(String);

impl BpjsNumber {
    /// Takes what was typed; spaces, dots and dashes between the digits are forgiven.
    ///
    /// # Errors
    /// [`BadIdentity::Bpjs`] when it is not 13 digits.
    pub fn parse(text: &str) -> Result<Self, BadIdentity> {
        digits_of(text).filter(|d| d.len() == 13).map(BpjsNumber).ok_or(BadIdentity::Bpjs)
    }
}

/// Provinces that give NIKs out or once did: Kepmendagri 100.1.1-6117/2022, and Timor Timur (54) until 1999. A NIK stays what
/// it was when its province was divided.
const PROVINCES: [i16; 39] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71,
    72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
];

/// The digits of `text`, or nothing where it holds anything but digits and separators.
fn digits_of(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(16);
    let text = plain(text);
    for c in without_label(&text).trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '.' | '-' | '/' => {}
            _ => return None,
        }
    }
    Some(digits)
}

macro_rules! reads_as_str {
    ($($name:ident),*) => {$(
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}
reads_as_str!(Name, Nik, BpjsNumber);

/// Personal numbers never reach a log by accident: `{:?}` shows only that there is one.
macro_rules! hidden_debug {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )*};
}
hidden_debug!(Nik, BpjsNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nik_holds_a_real_date_of_birth() {
        for good in ["7371115708900001", "7371 1117 0890 0001", "7371112902000001"] {
            assert!(Nik::parse(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("737111570890000", BadIdentity::NikLength),
            ("73711157089000011", BadIdentity::NikLength),
            ("73711157O8900001", BadIdentity::NikLength),
            ("", BadIdentity::NikLength),
            ("7371113113900001", BadIdentity::NikDate),
            ("7371113002900001", BadIdentity::NikDate),
            ("7371117208900001", BadIdentity::NikDate),
            ("7371110008900001", BadIdentity::NikDate),
            ("7371112902010001", BadIdentity::NikDate),
            ("0071111708900001", BadIdentity::NikRegion),
            ("1071111708900001", BadIdentity::NikRegion),
            ("9971111708900001", BadIdentity::NikRegion),
            ("7300111708900001", BadIdentity::NikRegion),
            ("7371001708900001", BadIdentity::NikRegion),
            ("7371111708900000", BadIdentity::NikSerial),
        ] {
            assert_eq!(Nik::parse(bad).unwrap_err(), why, "{bad}");
        }
    }

    /// Cards of provinces that were divided, or are no part of the country any more, are still in people's hands.
    #[test]
    fn every_province_that_ever_gave_niks_out_is_known() {
        for good in [
            "1171111708900001",
            "2171111708900001",
            "5401011708700001",
            "9201011708900001",
            "9601011708230001",
        ] {
            assert!(Nik::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_pasted_number_is_read_whatever_came_along() {
        for pasted in [
            "\u{202a}7371115708900001\u{202c}",
            "7371\u{200b}11\u{a0}570890\u{2013}0001",
            "NIK: 7371115708900001",
            "\u{ff17}\u{ff13}\u{ff17}\u{ff11}115708900001",
            "\u{feff}7371.1157.0890.0001",
        ] {
            assert_eq!(Nik::parse(pasted).unwrap().as_ref(), "7371115708900001", "{pasted:?}");
        }
        assert_eq!(
            BpjsNumber::parse("No. 0001\u{2009}2345 67890\u{200e}").unwrap().as_ref(),
            "0001234567890"
        );
    }

    #[test]
    fn a_nik_does_not_show_itself_in_a_log() {
        assert_eq!(format!("{:?}", Nik::parse("7371115708900001").unwrap()), "Nik(hidden)");
    }

    #[test]
    fn a_name_is_trimmed_folded_and_bounded() {
        assert_eq!(Name::parse("  Siti\t Rahmawati \n").unwrap().as_ref(), "Siti Rahmawati");
        assert_eq!(Name::parse("Jos\u{e9} D\u{2019}Costa 🙂").unwrap().as_ref(), "José D’Costa 🙂");
        assert_eq!(Name::parse("a\u{202E}b\u{1b}[2J").unwrap().as_ref(), "ab [2J");
        assert_eq!(Name::parse(" \u{200B}\u{7} ").unwrap_err(), BadIdentity::Name);
        assert!(Name::parse(&"a".repeat(100)).is_ok());
        assert_eq!(Name::parse(&"a".repeat(101)).unwrap_err(), BadIdentity::Name);
    }

    #[test]
    fn a_bpjs_number_has_13_digits() {
        assert_eq!(BpjsNumber::parse("0001 2345 67890").unwrap().as_ref(), "0001234567890");
        assert!(BpjsNumber::parse("000123456789").is_err());
        assert!(BpjsNumber::parse("00012345678901").is_err());
    }
}
