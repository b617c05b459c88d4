//! The words of a person's name as they are looked for: without titles, degrees, marks, accents; usual short forms written out.

/// Said before a name and no part of it.
const TITLES: [&str; 22] = [
    "h", "hj", "haji", "hajah", "hajjah", "dr", "drg", "dra", "drs", "ir", "prof", "ny", "nyonya", "tn",
    "tuan", "nn", "sdr", "sdri", "bpk", "bapak", "bu", "ibu",
];

/// Short forms that stand for one name.
const SHORT: [(&str, &str); 11] = [
    ("moh", "muhammad"),
    ("mohd", "muhammad"),
    ("muh", "muhammad"),
    ("muhd", "muhammad"),
    ("mhd", "muhammad"),
    ("mhmd", "muhammad"),
    ("md", "muhammad"),
    ("abd", "abdul"),
    ("abdl", "abdul"),
    ("st", "siti"),
    ("bayi", "by"),
];

/// The words of a name: small letters and digits only. What stands behind a comma is a degree.
///
/// Where nothing but titles stands, they are the name: somebody is called "Haji".
pub fn name_words(name: &str) -> Vec<String> {
    let name = name.split(',').next().unwrap_or_default();
    let all = words(name);
    let mut named: Vec<String> =
        all.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    if named.is_empty() {
        return all;
    }
    // "M. Rahman": an M alone before another name is nearly always Muhammad.
    if named.len() > 1 && named[0] == "m" {
        named[0] = "muhammad".to_owned();
    }
    named.into_iter().map(|word| written_out(&word)).collect()
}

/// The words that somebody looks for. One letter stays an initial: "M Rahman" may be Maria, too.
pub fn sought_words(text: &str) -> Vec<String> {
    let all = words(text);
    let named: Vec<String> = all.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    let chosen = if named.is_empty() { all } else { named };
    chosen.into_iter().map(|word| written_out(&word)).collect()
}

fn written_out(word: &str) -> String {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long).to_owned()
}

fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = without_accent(c);
        if plain.is_alphanumeric() {
            if let Some(word) = words.last_mut() {
                word.push(plain);
            }
        } else if !is_inside_a_word(plain) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Ma'ruf, D’Costa, Nu`man: one word each. A mark that was typed apart from its letter (José) joins nothing either.
fn is_inside_a_word(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '\u{300}'..='\u{36f}')
}

/// The letter below an accent, for those that names in Indonesia bring along.
fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' => 'a',
        'è'..='ë' | 'ē' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ò'..='ö' | 'ø' | 'ō' => 'o',
        'ù'..='ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ñ' => 'n',
        'ç' => 'c',
        'ß' => 's',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_degrees_and_marks_are_no_part_of_a_name() {
        for (name, expected) in [
            ("Hj. Siti Rahmawati, S.Pd", vec!["siti", "rahmawati"]),
            ("dr. Mira Andini, Sp.A", vec!["mira", "andini"]),
            ("H. M. Yusuf", vec!["muhammad", "yusuf"]),
            ("Ma'ruf Nu’man", vec!["maruf", "numan"]),
            ("José D’Costa", vec!["jose", "dcosta"]),
            ("Jose\u{301} da Silva", vec!["jose", "da", "silva"]),
            ("By. Ny. Siti", vec!["by", "siti"]),
            ("Moh. Abd. Rahman", vec!["muhammad", "abdul", "rahman"]),
            ("ST. AMINAH", vec!["siti", "aminah"]),
            ("Siti M.", vec!["siti", "m"]),
            ("Haji", vec!["haji"]),
            ("  ", vec![]),
        ] {
            assert_eq!(name_words(name), expected, "{name}");
        }
    }

    #[test]
    fn an_initial_that_is_looked_for_stays_one() {
        assert_eq!(sought_words("M Rahman"), ["m", "rahman"]);
        assert_eq!(sought_words("h"), ["h"]);
        assert_eq!(sought_words("Bu Siti 0001"), ["siti", "0001"]);
    }
}
