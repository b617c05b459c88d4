//! Words for a printer: without bytes that would command it, in letters that it has, broken where a line ends.

use oem_cp::code_table::{ENCODING_TABLE_CP437, ENCODING_TABLE_CP858};
use oem_cp::encode_char_checked;

use super::settings::CodePage;

/// The words in letters of this code page, one column each: control characters and emoji are gone, other letters are
/// written with plain ones (’ as ', é as e where there is no é, 北 as Bei), and every gap is one space.
pub(crate) fn printable(words: &str, page: CodePage) -> String {
    let mut printable = String::with_capacity(words.len());
    let mut gap = false;
    let mut put = |letters: &str| {
        for letter in letters.chars() {
            if letter == ' ' {
                gap = !printable.is_empty();
            } else {
                if std::mem::take(&mut gap) {
                    printable.push(' ');
                }
                printable.push(letter);
            }
        }
    };
    for letter in words.chars() {
        if letter.is_whitespace() {
            put(" ");
        } else if !letter.is_control() && !is_emoji(letter) {
            match (encode(letter, page), letter) {
                (Some(_), _) => put(letter.encode_utf8(&mut [0; 4])),
                (None, '—' | '―' | '─') => put("-"),
                (None, '·' | '•') => put("-"),
                (None, _) => put(deunicode::deunicode_char(letter).unwrap_or("?")),
            }
        }
    }
    printable
}

/// The bytes of printable words.
pub(crate) fn bytes(printable: &str, page: CodePage) -> Vec<u8> {
    printable.chars().map(|letter| encode(letter, page).unwrap_or(b'?')).collect()
}

/// The letter's byte; nothing where the code page lacks it or where it would be a command.
fn encode(letter: char, page: CodePage) -> Option<u8> {
    if letter.is_control() {
        return None;
    }
    if letter.is_ascii() {
        return u8::try_from(letter).ok();
    }
    match page {
        CodePage::Ascii => None,
        CodePage::Pc437 => encode_char_checked(letter, &ENCODING_TABLE_CP437),
        CodePage::Pc858 => encode_char_checked(letter, &ENCODING_TABLE_CP858),
        CodePage::Wpc1252 => {
            let mut utf8 = [0; 4];
            let (bytes, _, lacks) = encoding_rs::WINDOWS_1252.encode(letter.encode_utf8(&mut utf8));
            match *bytes {
                [byte] if !lacks => Some(byte),
                _ => None,
            }
        }
    }
    // A no-break space and the like would be a gap that nobody sees.
    .filter(|byte| *byte >= 0x80 && !letter.is_whitespace())
}

/// Pictures among letters, and what joins and colours them. Their names would only puzzle on paper.
fn is_emoji(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0x200d | 0x20e3 | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0xfe00..=0xfe0f | 0x1f000..=0x1faff | 0xe0000..=0xe007f
    )
}

/// Printable words in lines of at most `columns` letters: broken first where ` · ` parts them, then between words,
/// inside a word only where it alone is too long. (Every printable letter is one column wide, which no library knows.)
pub(crate) fn wrap(printable: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines: Vec<String> = Vec::new();
    for part in printable.split(" · ") {
        match lines.last_mut() {
            Some(last) if length(last) + 3 + length(part) <= columns => {
                last.push_str(" · ");
                last.push_str(part);
            }
            _ => wrap_words(part, columns, &mut lines),
        }
    }
    lines
}

/// Adds the words as new lines.
fn wrap_words(words: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && length(&line) + 1 + length(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for letter in word.chars() {
            if length(&line) == columns {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
}

fn length(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_hidden_in_names_become_harmless() {
        let name = "Poli\u{1b}@ Gigi\u{1d}V\0\u{10}\u{4}\u{1}\r\n\tSore\u{9b}\u{7f}";
        assert_eq!(printable(name, CodePage::Pc437), "Poli@ GigiV Sore");
        for page in [CodePage::Ascii, CodePage::Pc437, CodePage::Pc858, CodePage::Wpc1252] {
            assert!(bytes(&printable(name, page), page).iter().all(|byte| *byte >= 0x20 && *byte != 0x7f));
        }
    }

    #[test]
    fn no_letter_at_all_becomes_a_command_byte() {
        for page in [CodePage::Ascii, CodePage::Pc437, CodePage::Pc858, CodePage::Wpc1252] {
            for letter in '\0'..='\u{2ffff}' {
                let sent = bytes(&printable(letter.encode_utf8(&mut [0; 4]), page), page);
                assert!(sent.iter().all(|byte| *byte >= 0x20 && *byte != 0x7f), "{letter:?} {sent:02x?}");
            }
        }
    }

    #[test]
    fn letters_that_a_code_page_lacks_stay_readable() {
        let name = "Klinik Desirée’s — Ángel “Ñ” €5…";
        assert_eq!(printable(name, CodePage::Ascii), "Klinik Desiree's - Angel \"N\" EUR5...");
        assert_eq!(printable(name, CodePage::Pc437), "Klinik Desirée's - Angel \"Ñ\" EUR5...");
        assert_eq!(printable(name, CodePage::Pc858), "Klinik Desirée's - Ángel \"Ñ\" €5...");
        assert_eq!(printable(name, CodePage::Wpc1252), name);
        assert_eq!(bytes("é", CodePage::Pc437), [0x82]);
        assert_eq!(bytes("é’", CodePage::Wpc1252), [0xe9, 0x92]);
        assert_eq!(printable("e\u{301}", CodePage::Ascii), "e", "an accent apart from its letter");
    }

    #[test]
    fn emoji_vanish_without_a_gap() {
        assert_eq!(printable("Poli 🦷 Gigi 👩🏽‍⚕️❤️", CodePage::Pc437), "Poli Gigi");
        assert_eq!(printable("🇮🇩", CodePage::Pc437), "");
    }

    #[test]
    fn long_names_break_between_words() {
        let name = "Pusat Kesehatan Masyarakat Kecamatan Tamalanrea Indah";
        assert_eq!(wrap(name, 32), ["Pusat Kesehatan Masyarakat", "Kecamatan Tamalanrea Indah"]);
        assert_eq!(wrap("Poli Otorhinolaryngologi", 10), ["Poli", "Otorhinola", "ryngologi"]);
        assert_eq!(wrap("Désirée’s Ángel — Cabang", 17), ["Désirée’s Ángel —", "Cabang"]);
        assert!(wrap(&"x".repeat(500), 16).iter().all(|line| line.len() <= 16));
    }

    #[test]
    fn parts_stay_together_and_lose_the_dot_where_they_break() {
        let when = "Jumat, 20 November 2026 · 09.42 WITA";
        assert_eq!(wrap(when, 48), [when]);
        assert_eq!(wrap(when, 32), ["Jumat, 20 November 2026", "09.42 WITA"]);
        assert_eq!(wrap("a · b · Jumat, 20 November", 20), ["a · b", "Jumat, 20 November"]);
    }
}
