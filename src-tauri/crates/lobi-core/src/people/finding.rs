//! How people are found: which words stand for a person, and what somebody who looks for one may have meant.

use super::details::read_date;
use super::digits::plain;
use super::names::{name_words, sought_words};
use super::sound::sound;
use super::{BpjsNumber, Nik, Phone};

/// So many digits at the end of a card or telephone are enough to look by.
const LAST_DIGITS: usize = 4;

/// A sound of fewer letters says nothing.
const TELLING: usize = 2;

/// The words of a name, with spaces between them.
pub fn words(name: Option<&str>) -> String {
    name.map(name_words).unwrap_or_default().join(" ")
}

/// How they sound.
pub fn sounds(name: Option<&str>) -> String {
    let words = name.map(name_words).unwrap_or_default();
    words.iter().map(|word| sound(word)).filter(|sound| !sound.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Numbers by which somebody may be looked for: each as a whole, and its last four digits; and the date of birth.
pub fn marks<'a>(numbers: impl IntoIterator<Item = &'a str>, born: Option<&str>) -> String {
    let mut marks: Vec<String> = Vec::new();
    for number in numbers {
        let digits = digits_of(number);
        if digits.len() > LAST_DIGITS {
            marks.push(digits[digits.len() - LAST_DIGITS..].to_owned());
        }
        marks.push(digits);
    }
    marks.extend(born.map(digits_of));
    marks.retain(|mark| !mark.is_empty());
    marks.join(" ")
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Words of a name, not all of them typed to their end.
    pub words: Vec<String>,
    /// How each of them sounds; nothing where that says too little: "rah" sounds like every R.
    pub sounds: Vec<Option<String>>,
    /// Numbers of somebody, each as it may be meant: what looks like a telephone may be the beginning of a NIK. Longer than four
    /// digits they may not be typed to their end.
    pub numbers: Vec<Vec<String>>,
}

impl Sought {
    /// Reads what was typed: a NIK, a card's number or a telephone in any spelling, or words and numbers in any order.
    pub fn read(typed: &str) -> Self {
        if let Some(meanings) = whole_number(typed) {
            return Sought { numbers: vec![meanings], ..Sought::default() };
        }
        let (numbers, words): (Vec<String>, Vec<String>) = sought_words(typed)
            .into_iter()
            .partition(|word| word.len() >= LAST_DIGITS && word.bytes().all(|b| b.is_ascii_digit()));
        let numbers = numbers.into_iter().map(|number| meanings(&number)).collect();
        let telling = |sound: &String| sound.chars().count() >= TELLING;
        let sounds = words.iter().map(|word| Some(sound(word)).filter(telling)).collect();
        Sought { words, sounds, numbers }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty()
    }

    /// Whether a number is to be taken as its beginning.
    pub fn begins(number: &str) -> bool {
        number.len() > LAST_DIGITS
    }
}

/// One number that was typed with spaces, dots, dashes or `+62`, as it may be meant.
fn whole_number(typed: &str) -> Option<Vec<String>> {
    let spelled = typed.chars().all(|c| !c.is_alphabetic());
    let digits = digits_of(&plain(typed));
    if !spelled || digits.len() <= LAST_DIGITS {
        return None;
    }
    let card = Nik::parse(typed).map(|nik| nik.as_ref().to_owned()).ok();
    let card = card.or_else(|| BpjsNumber::parse(typed).map(|number| number.as_ref().to_owned()).ok());
    if let Some(card) = card {
        return Some(vec![card]);
    }
    let mut meant = meanings(&digits);
    meant.extend(read_date(typed).map(|born| digits_of(&born.to_string())));
    meant.extend(Phone::parse(typed).map(|phone| digits_of(phone.as_ref())).ok());
    meant.dedup();
    Some(meant)
}

/// Digits as they stand, and as the beginning of a telephone: 0812… is kept as 62812…
fn meanings(digits: &str) -> Vec<String> {
    let mobile = digits.strip_prefix('0').filter(|rest| rest.starts_with('8'));
    let mut meant = vec![digits.to_owned()];
    meant.extend(mobile.map(|rest| format!("62{rest}")));
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_by_words_sounds_and_numbers() {
        assert_eq!(words(Some("Hj. Siti Rahmawati, S.Pd")), "siti rahmawati");
        assert_eq!(sounds(Some("Muhammad Joesoef")), "mhmd jsp");
        assert_eq!(words(None), "");
        let numbers = ["000042", "7371115708900001", "+6281234567890"];
        assert_eq!(
            marks(numbers, Some("1990-08-17")),
            "0042 000042 0001 7371115708900001 7890 6281234567890 19900817"
        );
        assert_eq!(marks([], None), "");
    }

    #[test]
    fn what_was_typed_is_read_as_it_was_meant() {
        let means = |typed: &str, number: &str| {
            let numbers = Sought::read(typed).numbers;
            assert!(
                numbers.len() == 1 && numbers[0].iter().any(|meant| meant == number),
                "{typed}: {numbers:?}"
            );
        };
        for nik in ["7371115708900001", "7371 1157 0890 0001", "\u{202a}7371115708900001"] {
            means(nik, "7371115708900001");
        }
        for phone in ["0812-3456-7890", "+62 812 3456 7890", "081234567890", "6281234567890"] {
            means(phone, "6281234567890");
        }
        means("0812345", "62812345");
        means("73711157", "73711157");
        means("0001 2345 67890", "0001234567890");
        for born in ["17-08-1990", "17/8/1990", "1990-08-17", "17081990"] {
            means(born, "19900817");
        }
        means("7890", "7890");
        means("000042", "000042");
        let both = Sought::read("Sitti 7890");
        assert_eq!(
            (both.words, both.sounds, both.numbers),
            (vec!["sitti".into()], vec![Some("st".into())], vec![vec!["7890".into()]])
        );
        assert!(Sought::read(" .,- ").is_empty() && Sought::read("").is_empty());
        assert_eq!(Sought::read("M R").words, ["m", "r"]);
        assert_eq!(Sought::read("rah siti").sounds, [None, Some("st".into())]);
    }
}
