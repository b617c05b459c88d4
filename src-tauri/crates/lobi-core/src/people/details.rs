//! What else is known about a person: sex, date of birth, e-mail, address; and where they disagree with the NIK.

use jiff::ToSpan;
use jiff::civil::Date;
use thiserror::Error;

use super::Nik;
use super::digits::plain;
use crate::names::named;
use crate::text::readable;

/// The longest address that is kept, in characters.
pub const ADDRESS_MAX_CHARS: usize = 300;
/// The oldest that anybody is, in years.
const OLDEST: i64 = 130;

named! {
    /// Sex, as cards and registers write it.
    pub enum Sex {
        /// Laki-laki.
        Male = "L",
        /// Perempuan.
        Female = "P",
    }
}

/// Why a detail was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadDetail {
    /// No date, a date to come, or of more than 130 years ago.
    #[error("not a date of birth")]
    BirthDate,
    /// Not `name@domain.tld`, or longer than 254 letters (RFC 5321).
    #[error("not an e-mail address")]
    Email,
    /// Nothing readable, or longer than [`ADDRESS_MAX_CHARS`].
    #[error("not an address")]
    Address,
}

/// A date of birth, as forms and people write it: `1990-08-17`, `17-08-1990`, `17/8/1990`, `17081990`.
///
/// # Errors
/// [`BadDetail::BirthDate`].
pub fn birth_date(text: &str, today: Date) -> Result<Date, BadDetail> {
    let born = read_date(text).ok_or(BadDetail::BirthDate)?;
    let oldest = today.saturating_sub(OLDEST.years());
    if (oldest..=today).contains(&born) { Ok(born) } else { Err(BadDetail::BirthDate) }
}

/// A day in one of those spellings, whenever it was.
pub(super) fn read_date(text: &str) -> Option<Date> {
    let text = plain(text);
    let parts: Vec<&str> = text.trim().split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match parts[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        [whole] if whole.len() == 8 && whole.is_ascii() => (&whole[4..], &whole[2..4], &whole[..2]),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// An e-mail address that can be written to, as far as its shape tells; its domain in small letters.
///
/// # Errors
/// [`BadDetail::Email`].
pub fn email(text: &str) -> Result<String, BadDetail> {
    let text = readable(text);
    let (name, domain) = text.rsplit_once('@').ok_or(BadDetail::Email)?;
    let domain = domain.to_lowercase();
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.starts_with('-')
    };
    let told = !name.is_empty()
        && !name.contains(|c: char| c.is_whitespace() || "@,;<>\"()".contains(c))
        && domain.contains('.')
        && domain.split('.').all(label)
        && text.len() <= 254;
    if told { Ok(format!("{name}@{domain}")) } else { Err(BadDetail::Email) }
}

/// A postal address in one line.
///
/// # Errors
/// [`BadDetail::Address`].
pub fn address(text: &str) -> Result<String, BadDetail> {
    let text = readable(text);
    let fits = !text.is_empty() && text.chars().count() <= ADDRESS_MAX_CHARS;
    if fits { Ok(text) } else { Err(BadDetail::Address) }
}

named! {
    /// What a NIK says otherwise than the person's details: a reason to look at the card, never one to refuse. A NIK stays what
    /// it is when a date of birth is corrected (`pharmacy-and-indonesia.md` §3.3).
    pub enum Mismatch {
        /// Day, month or year of birth.
        BirthDate = "tgl_lahir",
        /// Sex.
        Sex = "jenis_kelamin",
    }
}

/// Where the NIK and the details disagree.
pub fn mismatches(nik: &Nik, born: Option<Date>, sex: Option<Sex>) -> Vec<Mismatch> {
    let digits = nik.as_ref();
    let part = |from: usize, to: usize| digits[from..to].parse::<i16>().unwrap_or(0);
    let (day, month, year) = (part(6, 8), part(8, 10), part(10, 12));
    let (day, said) = if day > 40 { (day - 40, Sex::Female) } else { (day, Sex::Male) };
    let other_date = born.is_some_and(|born| {
        (i16::from(born.day()), i16::from(born.month()), born.year().rem_euclid(100)) != (day, month, year)
    });
    let other_sex = sex.is_some_and(|sex| sex != said);
    let found = [(other_date, Mismatch::BirthDate), (other_sex, Mismatch::Sex)];
    found.into_iter().filter_map(|(is, what)| is.then_some(what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);

    #[test]
    fn a_date_of_birth_is_read_as_people_write_it() {
        for text in [
            "1990-08-17",
            "17-08-1990",
            "17/8/1990",
            " 17.08.1990 ",
            "17 8 1990",
            "17081990",
            "17\u{2013}08\u{2013}1990",
        ] {
            assert_eq!(birth_date(text, TODAY), Ok(date(1990, 8, 17)), "{text}");
        }
        assert_eq!(birth_date("2026-11-26", TODAY), Ok(TODAY), "born today");
        for bad in [
            "",
            "1990",
            "17-08-90",
            "31-02-1990",
            "2026-11-27",
            "1890-01-01",
            "17 Agustus 1990",
            "1990-08",
            "0-0-0000",
            "１７０８１９９",
        ] {
            assert_eq!(birth_date(bad, TODAY), Err(BadDetail::BirthDate), "{bad}");
        }
    }

    #[test]
    fn an_email_is_one_that_can_be_written_to() {
        assert_eq!(email(" Siti.R+x@Klinik.CO.id ").as_deref(), Ok("Siti.R+x@klinik.co.id"));
        for bad in [
            "",
            "siti",
            "siti@",
            "@klinik.id",
            "siti@klinik",
            "si ti@klinik.id",
            "a@b@klinik.id",
            "siti@-x.id",
            "siti@klinik..id",
            "a,b@klinik.id",
        ] {
            assert_eq!(email(bad), Err(BadDetail::Email), "{bad}");
        }
        assert!(email(&format!("{}@klinik.id", "a".repeat(260))).is_err());
    }

    #[test]
    fn an_address_is_one_bounded_line() {
        assert_eq!(address(" Jl. Antang\n Raya 5\u{202e} ").as_deref(), Ok("Jl. Antang Raya 5"));
        assert!(address(" \u{200b}").is_err() && address(&"a".repeat(301)).is_err());
    }

    #[test]
    fn what_a_nik_says_otherwise_is_named() {
        let woman = Nik::parse("7371115708900001").unwrap();
        let born = date(1990, 8, 17);
        for (date_told, sex, expected) in [
            (Some(born), Some(Sex::Female), vec![]),
            (None, None, vec![]),
            (Some(date(1990, 8, 18)), Some(Sex::Female), vec![Mismatch::BirthDate]),
            (Some(date(1991, 8, 17)), None, vec![Mismatch::BirthDate]),
            (Some(born), Some(Sex::Male), vec![Mismatch::Sex]),
            (Some(date(2000, 1, 1)), Some(Sex::Male), vec![Mismatch::BirthDate, Mismatch::Sex]),
            (Some(date(1890, 8, 17)), None, vec![]), // two digits tell no century
        ] {
            assert_eq!(mismatches(&woman, date_told, sex), expected, "{date_told:?} {sex:?}");
        }
    }
}
