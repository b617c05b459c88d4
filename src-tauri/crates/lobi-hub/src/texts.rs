//! The words people read and hear, from `assets/texts`: one source for screens and hub.

use std::sync::LazyLock;

use lobi_core::speech::Language;
use lobi_core::time::{Timestamp, Zone};
use serde_json::{Map, Value};

/// The sections that are said from here, each in its file. What lies in `hub/` never reaches a browser; the others are
/// the screens' as well.
macro_rules! sections {
    ($language:literal) => {
        sections!($language: "actions" "hub/actions", "common" "common", "dates" "hub/dates", "errors" "errors",
            "fields" "hub/fields", "hub_start" "hub/hub_start", "online" "online", "shell" "hub/shell", "speech" "hub/speech",
            "statuses" "hub/statuses", "ticket" "hub/ticket", "tray" "hub/tray",
            "webhook" "hub/webhook")
    };
    ($language:literal: $($section:literal $file:literal),+) => {
        Value::Object(Map::from_iter([$((
            $section.to_owned(),
            parsed(include_str!(concat!("../../../../assets/texts/", $language, "/", $file, ".json"))),
        )),+]))
    };
}

static INDONESIAN: LazyLock<Value> = LazyLock::new(|| sections!("id"));
static ENGLISH: LazyLock<Value> = LazyLock::new(|| sections!("en"));

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the texts are JSON, a test keeps them so")
}

/// The Indonesian text of `section.key` with its `{placeholders}` filled in. A missing key shows itself.
pub fn text(section: &str, key: &str, values: &[(&str, &str)]) -> String {
    text_in(Language::Id, section, key, values)
}

/// As [`text`], in a language.
pub fn text_in(language: Language, section: &str, key: &str, values: &[(&str, &str)]) -> String {
    let found = find(language, section, key).unwrap_or(key);
    values.iter().fold(found.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// The text of `section.key` as it stands in the file, if it does.
pub fn find(language: Language, section: &str, key: &str) -> Option<&'static str> {
    let texts = match language {
        Language::Id => &INDONESIAN,
        Language::En => &ENGLISH,
    };
    texts[section][key].as_str()
}

/// `Jumat, 20 November 2026 · 09.42 WITA`.
pub fn date_and_time(at: Timestamp, zone: Zone, language: Language) -> String {
    let local = at.local(zone);
    let word = |key: String| text_in(language, "dates", &key, &[]);
    let values = [
        ("hari", word(format!("day_{}", local.weekday))),
        ("tanggal", local.day.to_string()),
        ("bulan", word(format!("month_{}", local.month))),
        ("tahun", local.year.to_string()),
        ("jam", format!("{:02}.{:02}", local.hour, local.minute)),
        ("zona", zone.name().to_owned()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text_in(language, "ticket", "when", &values)
}
