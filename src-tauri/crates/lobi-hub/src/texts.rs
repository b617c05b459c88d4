//! The words people read, from `assets/texts`: one source for screens and hub.

use std::sync::LazyLock;

use serde_json::Value;

static INDONESIAN: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../assets/texts/id.json");
    serde_json::from_str(text).expect("the texts are JSON, a test keeps them so")
});

/// The Indonesian text of `section.key` with its `{placeholders}` filled in. A missing key shows itself.
pub fn text(section: &str, key: &str, values: &[(&str, &str)]) -> String {
    let found = INDONESIAN[section][key].as_str().unwrap_or(key);
    values.iter().fold(found.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
