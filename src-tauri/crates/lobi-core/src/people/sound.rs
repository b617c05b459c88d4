//! How a name sounds, in a few letters: whoever writes it down by ear finds it. For names as Indonesia writes them: old and new
//! spelling, Arabic names in their many transcriptions, doubled letters, vowels that come and go.

/// The sound of one word of a name (small letters): its first letter and the consonants behind it.
///
/// Muhammad, Muhamad, Mochammad, Mohammed: `mhmd`. Joesoef, Yusuf, Yusup: `jsp`. Digits stay as they are.
pub fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut heard = String::with_capacity(word.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (letter, used) = spoken(rest, at == 0);
        if let Some(letter) = letter
            && (at == 0 || !is_vowel(letter))
            && !(heard.ends_with(letter) && letter.is_alphabetic())
        {
            heard.push(letter);
        }
        at += used;
    }
    heard
}

/// What the next letters say, and how many they are.
fn spoken(rest: &[char], first: bool) -> (Option<char>, usize) {
    let (here, next, after) = (rest[0], rest.get(1).copied(), rest.get(2).copied());
    let vowel_next = next.is_some_and(is_vowel);
    match (here, next) {
        // Christina; Achmad, Chairul, Choirul, Chusnul; but Chandra, Cherly
        ('c', Some('h')) if after == Some('r') => (Some('k'), 2),
        ('c', Some('h')) if first && !says_h(rest) => (Some('c'), 2),
        ('c' | 'k', Some('h')) => (Some('h'), 2),
        ('t', Some('j')) => (Some('c'), 2),
        ('d', Some('j')) => (Some('j'), 2),
        ('s', Some('y' | 'j' | 'h')) | ('t', Some('s')) => (Some('s'), 2),
        ('d', Some('z')) => (Some('s'), 2),
        ('d' | 't' | 'b' | 'g' | 'p' | 'j', Some('h')) => (Some(here), 2),
        ('o', Some('e')) if first => (Some('u'), 2),
        // Victor
        ('c', Some(c)) if !is_vowel(c) && c != 'y' => (Some('k'), 1),
        ('f' | 'v', _) => (Some('p'), 1),
        ('z' | 'x', _) => (Some('s'), 1),
        ('q', _) => (Some('k'), 1),
        ('y' | 'j', _) if vowel_next || first => (Some('j'), 1),
        ('y', _) | ('h', None) if !first => (None, 1),
        ('e', _) => (Some('i'), 1),
        ('o', _) => (Some('u'), 1),
        _ => (Some(here), 1),
    }
}

/// Whether a `ch` at the beginning is the throat's sound of Arabic names.
fn says_h(rest: &[char]) -> bool {
    matches!((rest.get(2), rest.get(3)), (Some('a' | 'o'), Some('i' | 'l' | 't' | 's')) | (Some('u'), _))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_are_spelled_otherwise_and_said_alike_are_one() {
        for alike in [
            &["muhammad", "muhamad", "mohamad", "mohammad", "mohammed", "muchamad", "mochammad"][..],
            &["ahmad", "achmad", "akhmad"],
            &["yusuf", "yusup", "joesoef", "jusuf", "yusuff"],
            &["siti", "sitti", "sity"],
            &["rizky", "rizki", "risky", "riski", "rizqi"],
            &["aisyah", "aisya", "aisjah", "aisyiah"],
            &["syarif", "sjarif", "syarief", "sharif", "sarif"],
            &["sukarno", "soekarno"],
            &["utomo", "oetomo"],
            &["tjokro", "cokro"],
            &["djoko", "joko", "yoko"],
            &["fatimah", "fatima", "patimah", "vatima"],
            &["khairul", "chairul", "choirul", "khoirul", "hairul"],
            &["chandra", "candra"],
            &["christina", "kristina"],
            &["adhi", "adi"],
            &["viktor", "victor", "fiktor"],
            &["dzaky", "zaki", "saki"],
            &["ishaq", "ishak"],
            &["nur", "noer", "nuur"],
            &["endang", "indang"],
        ] {
            for name in alike {
                assert_eq!(sound(name), sound(alike[0]), "{name} and {}", alike[0]);
            }
        }
    }

    #[test]
    fn other_names_sound_otherwise() {
        for (one, other) in [
            ("siti", "sari"),
            ("budi", "badar"),
            ("rina", "dina"),
            ("ani", "uni"),
            ("agus", "bagus"),
            ("adi", "edi"),
        ] {
            assert_ne!(sound(one), sound(other), "{one} and {other}");
        }
    }

    proptest! {
        /// Who looks for a name types it from its beginning.
        #[test]
        fn the_sound_of_a_beginning_of_plain_syllables_begins_the_sound(
            syllables in proptest::collection::vec("[bdgklmnprstw][aiu]", 1..6), cut in 1..6usize,
        ) {
            let whole: String = syllables.concat();
            let part: String = syllables[..cut.min(syllables.len())].concat();
            prop_assert!(sound(&whole).starts_with(&sound(&part)));
        }

        #[test]
        fn whatever_stands_there_has_a_sound_of_at_most_its_length(word in "\\PC{0,30}") {
            prop_assert!(sound(&word).chars().count() <= word.chars().count());
        }
    }
}
