//! Numbers as people type, paste and scan them: in any script's digits, with marks that nobody sees between them.

use crate::text::is_invisible;

/// Every script's zero but ours; its nine others follow it (Unicode 14, general category Nd).
const ZEROS: [char; 65] = [
    '\u{0660}',
    '\u{06F0}',
    '\u{07C0}',
    '\u{0966}',
    '\u{09E6}',
    '\u{0A66}',
    '\u{0AE6}',
    '\u{0B66}',
    '\u{0BE6}',
    '\u{0C66}',
    '\u{0CE6}',
    '\u{0D66}',
    '\u{0DE6}',
    '\u{0E50}',
    '\u{0ED0}',
    '\u{0F20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17E0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19D0}',
    '\u{1A80}',
    '\u{1A90}',
    '\u{1B50}',
    '\u{1BB0}',
    '\u{1C40}',
    '\u{1C50}',
    '\u{A620}',
    '\u{A8D0}',
    '\u{A900}',
    '\u{A9D0}',
    '\u{A9F0}',
    '\u{AA50}',
    '\u{ABF0}',
    '\u{FF10}',
    '\u{104A0}',
    '\u{10D30}',
    '\u{11066}',
    '\u{110F0}',
    '\u{11136}',
    '\u{111D0}',
    '\u{112F0}',
    '\u{11450}',
    '\u{114D0}',
    '\u{11650}',
    '\u{116C0}',
    '\u{11730}',
    '\u{118E0}',
    '\u{11950}',
    '\u{11C50}',
    '\u{11D50}',
    '\u{11DA0}',
    '\u{16A60}',
    '\u{16AC0}',
    '\u{16B50}',
    '\u{1D7CE}',
    '\u{1D7D8}',
    '\u{1D7E2}',
    '\u{1D7EC}',
    '\u{1D7F6}',
    '\u{1E140}',
    '\u{1E2F0}',
    '\u{1E950}',
    '\u{1FBF0}',
];

/// `text` with plain digits, dashes, dots, slashes, brackets and spaces, without what cannot be seen.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter_map(|c| if c.is_ascii() { Some(c) } else { ascii(c) }).collect()
}

fn ascii(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => Some(' '),
        c if is_invisible(c) => None,
        // Hyphens, dashes, the minus sign, the prolonged sound mark that Japanese keyboards type.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{FE63}' | '\u{FF0D}' => Some('-'),
        '\u{FF0B}' | '\u{FE62}' => Some('+'),
        '\u{FF08}' | '\u{FF3B}' => Some('('),
        '\u{FF09}' | '\u{FF3D}' => Some(')'),
        '\u{FF0E}' | '\u{00B7}' | '\u{2022}' | '\u{3002}' => Some('.'),
        '\u{FF0F}' | '\u{2215}' => Some('/'),
        c => Some(digit(c).unwrap_or(c)),
    }
}

fn digit(c: char) -> Option<char> {
    // The zero before it, if it is one of its nine.
    let after = ZEROS.partition_point(|zero| *zero <= c);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// What comes from the first digit, plus or bracket on: a label such as `NIK:` or `WA ` is not part of a number.
pub(super) fn without_label(text: &str) -> &str {
    text.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(').map_or("", |start| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scripts_digits_are_digits() {
        for typed in [
            "\u{ff11}\u{ff12}\u{ff13}",
            "\u{661}\u{662}\u{663}",
            "\u{6f1}\u{6f2}\u{6f3}",
            "\u{a9d1}\u{a9d2}\u{a9d3}",
            "\u{1b51}\u{1b52}\u{1b53}",
            "\u{1d7cf}\u{1d7d0}\u{1d7d1}",
        ] {
            assert_eq!(plain(typed), "123", "{typed}");
        }
        assert!(ZEROS.is_sorted());
        assert_eq!(
            plain("\u{2460}a\u{bd}"),
            "\u{2460}a\u{bd}",
            "numbers that are no digits stay what they are"
        );
    }

    #[test]
    fn what_nobody_sees_is_gone_and_what_looks_alike_is_alike() {
        for hidden in
            ['\u{202a}', '\u{202c}', '\u{2066}', '\u{200b}', '\u{200e}', '\u{feff}', '\u{ad}', '\u{2060}']
        {
            assert_eq!(plain(&format!("{hidden}08{hidden}12")), "0812");
        }
        assert_eq!(plain("0812\u{a0}3456\u{2013}7890\u{202f}1"), "0812 3456-7890 1");
    }
}
