//! What people type, made fit to be shown, printed and spoken: nothing invisible is left, spaces are single.

/// The words of `text` with single spaces between them. Control characters count as spaces; what cannot be seen, or
/// turns the direction of what stands around it, is taken out without leaving a gap.
pub fn readable(text: &str) -> String {
    let shown: String = text.chars().filter_map(shown).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The character as it may stay; nothing where it has no place in a line of text.
fn shown(c: char) -> Option<char> {
    match c {
        // A blank Braille cell looks like a space and is none.
        c if c.is_control() || c.is_whitespace() || c == '\u{2800}' => Some(' '),
        c if is_invisible(c) => None,
        c => Some(c),
    }
}

/// Whether a character has no shape of its own: it reorders, joins, selects or tags others, fills a place invisibly,
/// or means nothing outside one program. After Unicode's Default_Ignorable_Code_Point and Bidi_Control.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}'      // soft hyphen, grapheme joiner, Arabic letter mark
        | '\u{115F}'..='\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers
        | '\u{17B4}'..='\u{17B5}'                 // Khmer vowels that are never shown
        | '\u{180B}'..='\u{180F}'                 // Mongolian variation selectors
        | '\u{200B}'..='\u{200F}'                 // zero width, left-to-right and right-to-left marks
        | '\u{202A}'..='\u{202E}'                 // bidi embeddings and overrides
        | '\u{2060}'..='\u{206F}'                 // word joiner, invisible operators, bidi isolates
        | '\u{FDD0}'..='\u{FDEF}'                 // noncharacters
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'    // variation selectors, byte order mark
        | '\u{FFF0}'..='\u{FFFC}'                 // interlinear annotation, object replacement
        | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' // format controls
        | '\u{E000}'..='\u{F8FF}'                 // private use
        | '\u{E0000}'..='\u{10FFFF}'              // tags, more variation selectors, private planes
    ) || u32::from(c) & 0xFFFE == 0xFFFE // the last two of each plane are no characters
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_turns_or_hides_text_is_taken_out_without_a_gap() {
        for hidden in [
            '\u{202A}',
            '\u{202E}',
            '\u{2066}',
            '\u{2069}',
            '\u{200E}',
            '\u{200F}',
            '\u{061C}',
            '\u{200B}',
            '\u{200D}',
            '\u{2060}',
            '\u{FEFF}',
            '\u{E0041}',
            '\u{FE0F}',
            '\u{E0100}',
            '\u{00AD}',
            '\u{3164}',
            '\u{FFFF}',
            '\u{E000}',
        ] {
            assert_eq!(readable(&format!("Si{hidden}ti")), "Siti", "{hidden:?}");
            assert_eq!(readable(&hidden.to_string()), "", "{hidden:?}");
        }
    }

    #[test]
    fn every_kind_of_space_becomes_one_space() {
        assert_eq!(
            readable("\u{a0} Siti \t\r\n\u{2003}\u{3000}\u{2028}Rahma\u{1b}[2J\u{2800}!"),
            "Siti Rahma [2J !"
        );
    }

    #[test]
    fn names_of_the_world_stay_as_they_are() {
        for name in ["José D’Costa", "Nur ‘Aini", "王小明", "محمد", "ꦱꦶꦠꦶ", "Đặng Thị Hồng", "Ayu 🙂"]
        {
            assert_eq!(readable(name), name);
        }
    }

    proptest! {
        #[test]
        fn what_comes_out_is_visible_single_spaced_and_stays_so(
            text in prop::collection::vec(
                prop_oneof![any::<char>(), prop::char::range('\u{2000}', '\u{2070}'), prop::char::range(' ', '~')], 0..60
            ),
        ) {
            let text: String = text.into_iter().collect();
            let out = readable(&text);
            prop_assert!(!out.chars().any(|c| c.is_control() || is_invisible(c)));
            prop_assert!(!out.starts_with(' ') && !out.ends_with(' ') && !out.contains("  "));
            prop_assert!(out.chars().all(|c| c == ' ' || !c.is_whitespace()));
            prop_assert_eq!(readable(&out), out.clone());
            // Nothing that can be seen is lost or moved.
            let seen = |text: &str| -> String {
                text.chars().filter(|&c| shown(c).is_some_and(|c| c != ' ')).collect()
            };
            prop_assert_eq!(seen(&out), seen(&text));
        }
    }
}
