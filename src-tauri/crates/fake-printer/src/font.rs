//! The printer's letters: Spleen at 12 × 24 dots, read from its PSF2 file. (The crate that carries the file finds no
//! letter whose picture serves several, as ─ and ━ do.)

use std::collections::HashMap;
use std::sync::OnceLock;

use spleen_font::FONT_12X24 as FILE;

/// Dots of one letter across and down.
pub(crate) const LETTER: (usize, usize) = (12, 24);
/// Bytes of one row, and of one letter.
const ROW: usize = 2;
const PICTURE: usize = ROW * LETTER.1;

/// The letter's rows, each with its dots in the highest bits; nothing for a letter that the printer lacks.
pub(crate) fn rows(letter: char) -> Option<impl Iterator<Item = u16>> {
    static LETTERS: OnceLock<HashMap<char, &[u8]>> = OnceLock::new();
    // Some dashes and quotes of Windows' code page lack a picture of their own.
    let pictured = match letter {
        '—' => '─',
        '„' => '"',
        '‚' => ',',
        other => other,
    };
    let picture = LETTERS.get_or_init(|| read().unwrap_or_default()).get(&pictured)?;
    Some(picture.chunks_exact(ROW).map(|row| u16::from_be_bytes([row[0], row[1]])))
}

/// PSF2: a header, the pictures, and for each picture the letters it stands for in UTF-8, ended by 0xFF.
fn read() -> Option<HashMap<char, &'static [u8]>> {
    let number = |at: usize| {
        FILE.get(at..at + 4)
            .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    };
    let (header, count) = (number(8)?, number(16)?);
    let pictures = FILE.get(header..header + count * PICTURE)?.chunks_exact(PICTURE);
    let letters = FILE.get(header + count * PICTURE..)?.split(|byte| *byte == 0xff);
    let each = letters.zip(pictures).flat_map(|(letters, picture)| {
        let letters = std::str::from_utf8(letters).unwrap_or_default();
        letters.chars().map(move |letter| (letter, picture))
    });
    Some(each.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_code_pages_that_people_use_is_there() {
        for letter in (' '..='~').chain("─éèüñçåÉÑß·°±½’—".chars()) {
            assert!(rows(letter).is_some(), "{letter:?}");
        }
        assert_eq!(rows('─').map(|rows| rows.filter(|row| *row != 0).count()), Some(2), "two dots thick");
    }
}
