//! Columns read as what they stand for. A name that this program does not know is an error, never silently another one.

use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::Type;

/// A text column read as a named value: a state, a role, a day.
///
/// # Errors
/// The column is missing, no text, or says nothing known.
pub fn parsed<T: FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    parsed_text(row.get_ref(column)?.as_str()?)
}

/// A text read as a named value.
///
/// # Errors
/// It says nothing known.
pub fn parsed_text<T: FromStr>(text: &str) -> rusqlite::Result<T>
where
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    text.parse()
        .map_err(|error: T::Err| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
