//! What is odd about a NIK though it can be right: a reason to look at the card again, never one to refuse somebody.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Nik;

/// Regencies and cities by province; its README says where from.
const REGENCIES: &str = include_str!("../../../../../assets/regions/regencies.txt");

/// Where cities begin: regencies count from 01, cities from 71.
const CITIES: u8 = 70;

/// Why somebody should look at the card again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The date of birth is still to come: a newborn's typed wrongly, a clock that is wrong, or somebody of nearly a hundred.
    BornLater,
    /// The province has no regency of that number: a slip, or one that is younger than the list.
    Regency,
}

impl Nik {
    /// What is odd about it on that day.
    pub fn doubt(&self, today: Date) -> Option<Doubt> {
        let digits = self.as_ref();
        if born_later(digits, today) {
            return Some(Doubt::BornLater);
        }
        let (province, regency) = (&digits[..2], digits[2..4].parse().unwrap_or(0));
        (!regency_may_be(province, regency)).then_some(Doubt::Regency)
    }
}

/// Whether the date of birth lies within the coming year: a hundred years earlier is the other reading, and a rare one.
fn born_later(nik: &str, today: Date) -> bool {
    let part = |from: usize, to: usize| nik[from..to].parse::<i8>().unwrap_or(0);
    let day = part(6, 8);
    let born = Date::new(2000 + i16::from(part(10, 12)), part(8, 10), if day > 40 { day - 40 } else { day });
    let until = today.saturating_add(1.year());
    born.is_ok_and(|born| born > today && born <= until)
}

/// Whether the province has or had that regency. A number missing between two others went to another province.
fn regency_may_be(province: &str, regency: u8) -> bool {
    // Papua was divided twice, and lists disagree about it; Timor Timur is in no list.
    if ("91"..="96").contains(&province) {
        return true;
    }
    let line = REGENCIES.lines().find_map(|line| line.strip_prefix(province)?.strip_prefix(": "));
    let Some(line) = line else { return true };
    let known = line.split(' ').filter_map(|number| number.parse::<u8>().ok());
    let last = known.filter(|number| (*number > CITIES) == (regency > CITIES)).max();
    last.is_some_and(|last| regency <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(nik: &str, today: Date) -> Option<Doubt> {
        Nik::parse(nik).unwrap().doubt(today)
    }

    const TODAY: Date = jiff::civil::date(2026, 11, 25);

    #[test]
    fn who_would_be_born_tomorrow_is_doubted_and_who_was_today_is_not() {
        for (nik, expected) in [
            ("7371112611260001", Some(Doubt::BornLater)), // tomorrow
            ("7371116611260001", Some(Doubt::BornLater)), // a girl, tomorrow
            ("7371113112260001", Some(Doubt::BornLater)),
            ("7371112511270001", Some(Doubt::BornLater)), // in a year
            ("7371112511260001", None),                   // today
            ("7371116511260001", None),
            ("7371112411260001", None), // yesterday
            ("7371112611270001", None), // 1927: somebody is 98
            ("7371112611250001", None), // 2025, or 1925
            ("7371111708900001", None),
        ] {
            assert_eq!(doubt(nik, TODAY), expected, "{nik}");
        }
    }

    #[test]
    fn a_new_year_and_a_leap_day_are_no_edge() {
        let eve = jiff::civil::date(2026, 12, 31);
        assert_eq!(doubt("7371110101270001", eve), Some(Doubt::BornLater));
        assert_eq!(doubt("7371113112260001", eve), None);
        let leap = jiff::civil::date(2028, 2, 29);
        assert_eq!(doubt("7371110103280001", leap), Some(Doubt::BornLater));
        assert_eq!(doubt("7371112902280001", leap), None);
        // 29 February of a year that has none is 1900's or nobody's.
        assert_eq!(doubt("7371112902960001", TODAY), None);
    }

    #[test]
    fn a_regency_that_a_province_never_had_is_doubted() {
        for (nik, expected) in [
            ("7371111708900001", None),                 // Makassar
            ("7374111708900001", Some(Doubt::Regency)), // Sulawesi Selatan has cities 71 to 73
            ("7327111708900001", Some(Doubt::Regency)), // and regencies to 26
            ("3199011708900001", Some(Doubt::Regency)),
            ("3102011708900001", Some(Doubt::Regency)),
            ("7672011708900001", Some(Doubt::Regency)), // Sulawesi Barat has no city
            ("3171011708900001", None),
            ("3101011708900001", None),
        ] {
            assert_eq!(doubt(nik, TODAY), expected, "{nik}");
        }
    }

    /// Polewali Mandar was 7320 until 2004, Bulungan 6405, Tarakan 6473: their people keep those numbers.
    #[test]
    fn a_regency_that_went_to_another_province_is_not_doubted() {
        for nik in [
            "7320011708700001",
            "6405011708700001",
            "6473011708700001",
            "9128011708700001",
            "5401011708700001",
        ] {
            assert_eq!(doubt(nik, TODAY), None, "{nik}");
        }
    }

    #[test]
    fn every_regency_of_the_list_is_taken() {
        let mut count = 0;
        for line in REGENCIES.lines().filter(|line| !line.starts_with('#')) {
            let (province, numbers) = line.split_once(": ").unwrap();
            for number in numbers.split(' ') {
                assert!(regency_may_be(province, number.parse().unwrap()), "{province}{number}");
                assert!(Nik::parse(&format!("{province}{number}011708900001")).is_ok(), "{province}{number}");
                count += 1;
            }
        }
        assert_eq!(count, 514);
    }
}
