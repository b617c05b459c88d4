//! Inputs checked one by one: every wrong field is named at once, each with the sentence that says what it should be.

use std::collections::BTreeMap;

use crate::error::{Refusal, Result};

/// The wrong fields so far.
#[derive(Debug, Default)]
pub struct Fields(BTreeMap<String, &'static str>);

impl Fields {
    /// Notes a field that is not `right`; `key` names its sentence in `assets/texts`, section `fields`.
    pub fn check(&mut self, right: bool, field: &str, key: &'static str) {
        if !right {
            self.0.insert(field.to_owned(), key);
        }
    }

    /// An optional text in its checked form; an empty one counts as not given.
    pub fn parsed<T, E>(
        &mut self,
        input: Option<String>,
        field: &str,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.parsed_or(input, field, parse, |_| key)
    }

    /// The same where what is wrong decides the sentence.
    pub fn parsed_or<T, E>(
        &mut self,
        input: Option<String>,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
        key: impl FnOnce(E) -> &'static str,
    ) -> Option<T> {
        let text = input.filter(|text| !text.trim().is_empty())?;
        parse(&text).map_err(|wrong| self.check(false, field, key(wrong))).ok()
    }

    /// Goes on when nothing was wrong.
    ///
    /// # Errors
    /// The refusal that names every wrong field.
    pub fn done(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.0)) }
    }
}

/// A text on one line: nothing invisible, single spaces.
pub fn one_line(text: &str) -> String {
    lobi_core::text::readable(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut fields = Fields::default();
        fields.check(false, "nama", "nama");
        let number = fields.parsed(Some("x".into()), "no", "page", str::parse::<u8>);
        assert_eq!(number, None);
        assert_eq!(fields.parsed(Some("  ".into()), "kosong", "page", str::parse::<u8>), None);
        let refusal = fields.done().unwrap_err();
        assert_eq!(refusal.fields.keys().collect::<Vec<_>>(), ["nama", "no"]);
        assert!(Fields::default().done().is_ok());
    }
}
