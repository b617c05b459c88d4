//! Whether two names may be one person's, and how well a name fits what somebody looks for.

use super::names::{name_words, sought_words};
use super::sound::sound;

/// Said of a newborn, who goes by the mother's name: "By. Ny. Siti" is not Siti.
const NEWBORN: [&str; 2] = ["by", "anak"];

/// Whether two names may be one person's who told the same telephone: each word of the shorter one is in the other one, spelled
/// otherwise or as an initial, and at least one more than by an initial.
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (name_words(one), name_words(other));
    let newborn = |words: &[String]| words.iter().any(|word| NEWBORN.contains(&word.as_str()));
    if one.is_empty() || other.is_empty() || newborn(&one) != newborn(&other) {
        return false;
    }
    let (short, mut long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut named = false;
    short.iter().all(|word| {
        // Each word of the longer one answers once.
        let best = (0..long.len()).max_by_key(|at| fit(word, &long[*at]));
        let Some(at) = best else { return false };
        let fits = fit(word, &long.swap_remove(at));
        named |= fits >= Fit::Sound;
        fits >= Fit::Initial
    }) && named
}

/// How well a name fits what is looked for: larger is better, nothing where a word that is looked for is not in it.
pub fn rank(sought: &str, name: &str) -> Option<u32> {
    let (sought, name) = (sought_words(sought), name_words(name));
    let mut sum = 0;
    for (place, word) in sought.iter().enumerate() {
        let (at, fits) =
            (0..name.len()).map(|at| (at, began(word, &name[at]))).max_by_key(|(_, fits)| *fits)?;
        if fits == Fit::No {
            return None;
        }
        // A word at its place is what was meant more often.
        sum += 10 * fits as u32 + u32::from(at == place);
    }
    (!sought.is_empty()).then(|| sum * 10 / sought.len() as u32 + u32::from(sought.len() == name.len()))
}

/// How a word fits one of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    Initial,
    SoundBegins,
    Sound,
    Begins,
    Same,
}

/// A whole word beside another.
fn fit(word: &str, other: &str) -> Fit {
    if word == other {
        Fit::Same
    } else if sound(word) == sound(other) || slip(word, other) {
        Fit::Sound
    } else if (word.chars().count() == 1 || other.chars().count() == 1)
        && word.chars().next() == other.chars().next()
    {
        Fit::Initial
    } else {
        Fit::No
    }
}

/// A word that may not be typed to its end.
fn began(word: &str, of: &str) -> Fit {
    match fit(word, of) {
        Fit::Same => Fit::Same,
        _ if of.starts_with(word) => Fit::Begins,
        Fit::Sound => Fit::Sound,
        _ if sound(of).starts_with(&sound(word)) => Fit::SoundBegins,
        other => other,
    }
}

/// One letter more, less, other, or two exchanged, in a word long enough to be meant all the same.
fn slip(word: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    if a.len().min(b.len()) < 5 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let exchanged = a.len() == b.len() && a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
    exchanged || a.get(1..) == b.get(1..) || a.get(1..) == Some(b) || b.get(1..) == Some(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_person_spelled_twice_is_alike() {
        for (one, other) in [
            ("Siti Rahmwati", "Siti Rahmawati"),
            ("SITI RAHMAWATI", "Hj. Sitti Rachmawati, S.Pd"),
            ("M. Yusuf", "Muhammad Joesoef"),
            ("Muhammad Y.", "Muhamad Yusuf"),
            ("Rahmawati Siti", "Siti Rahmawati"),
            ("Siti", "Siti Rahmawati"),
            ("By. Ny. Siti", "Bayi Ny Siti"),
        ] {
            assert!(alike(one, other), "{one} and {other}");
            assert_eq!(alike(one, other), alike(other, one), "{one} and {other}");
        }
    }

    #[test]
    fn a_family_behind_one_telephone_is_not_alike() {
        for (one, other) in [
            ("Siti Rahmawati", "Siti Aminah"),
            ("Siti Rahmawati", "Budi Rahmawan"),
            ("By. Ny. Siti Rahmawati", "Siti Rahmawati"),
            ("Anak Siti", "Siti"),
            ("S. R.", "Siti Rahmawati"),
            ("Ani Ani", "Ani Budi"),
            ("", "Siti"),
        ] {
            assert!(!alike(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn what_was_typed_exactly_stands_before_what_only_sounds_like_it() {
        let order = |sought: &str, names: &[&str]| {
            let ranks: Vec<_> = names.iter().map(|name| rank(sought, name)).collect();
            assert!(ranks.iter().all(Option::is_some), "{sought}: {names:?} {ranks:?}");
            assert!(ranks.is_sorted_by(|a, b| a > b), "{sought}: {names:?} {ranks:?}");
        };
        order("muhamad", &["Muhamad", "Muhamad Yusuf", "Yusuf Muhamad", "Mohammad", "Yusuf Mohammad"]);
        order("siti rah", &["Siti Rahmawati", "Rahmawati Siti", "Sitti Rachmawati"]);
        order("s r", &["Siti Rahmawati", "Rina Sari"]);
        order("rahmwati", &["Rahmawati"]);
    }

    #[test]
    fn a_word_that_is_not_in_the_name_fits_nothing() {
        for (sought, name) in
            [("siti budi", "Siti Rahmawati"), ("", "Siti"), ("zulkifli", "Siti"), ("siti", "")]
        {
            assert_eq!(rank(sought, name), None, "{sought} in {name}");
        }
    }

    proptest! {
        #[test]
        fn everybody_is_like_themselves(name in "[a-z]{2,9}( [a-z]{2,9}){0,3}") {
            prop_assume!(!name_words(&name).is_empty());
            prop_assert!(alike(&name, &name));
            prop_assert!(rank(&name, &name).is_some());
        }
    }
}
