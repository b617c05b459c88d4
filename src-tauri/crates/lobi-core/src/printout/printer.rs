//! What a printer is, as far as its papers depend on it: how wide it prints, which letters it has, how it draws QR codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::names::named;

/// How wide a printer prints: facts of the printer, not of its paper. Written as `58`, `80` or `42x512`: letters in a row,
/// dots in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Width {
    columns: u16,
    dots: u16,
}

impl Width {
    /// Usual for 58 mm paper.
    pub const MM58: Width = Width { columns: 32, dots: 384 };
    /// Usual for 80 mm paper.
    pub const MM80: Width = Width { columns: 48, dots: 576 };

    /// A printer with so many letters and dots in a row. Letters are 8 to 24 dots wide; of the dots, those that fill no
    /// whole byte are left.
    ///
    /// # Errors
    /// [`NoWidth`] for a printer that cannot be.
    pub fn new(columns: u16, dots: u16) -> Result<Width, NoWidth> {
        let fits = (16..=96).contains(&columns)
            && (192..=1_664).contains(&dots)
            && (8..=24).contains(&(dots / columns));
        if fits { Ok(Width { columns, dots: dots / 8 * 8 }) } else { Err(NoWidth) }
    }

    /// Dots in a row.
    pub fn dots(self) -> usize {
        self.dots.into()
    }

    /// Letters in a row, at their normal size.
    pub fn columns(self) -> usize {
        self.columns.into()
    }
}

impl Default for Width {
    fn default() -> Self {
        Width::MM80
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Width {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        String::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Width {}

/// No printer is so wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a width is 58, 80 or LETTERSxDOTS, such as 42x512")]
pub struct NoWidth;

impl FromStr for Width {
    type Err = NoWidth;

    fn from_str(text: &str) -> Result<Width, NoWidth> {
        match text {
            "58" => Ok(Width::MM58),
            "80" => Ok(Width::MM80),
            other => {
                let (columns, dots) = other.split_once('x').ok_or(NoWidth)?;
                Width::new(columns.parse().map_err(|_| NoWidth)?, dots.parse().map_err(|_| NoWidth)?)
            }
        }
    }
}

impl fmt::Display for Width {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Width::MM58 => formatter.write_str("58"),
            Width::MM80 => formatter.write_str("80"),
            Width { columns, dots } => write!(formatter, "{columns}x{dots}"),
        }
    }
}

impl TryFrom<String> for Width {
    type Error = NoWidth;

    fn try_from(text: String) -> Result<Width, NoWidth> {
        text.parse()
    }
}

impl From<Width> for String {
    fn from(width: Width) -> String {
        width.to_string()
    }
}

named! {
    /// How QR codes get onto the paper.
    #[derive(Default)]
    pub enum QrWay {
        /// The printer draws them (`GS ( k`): few bytes, quick on a slow line.
        #[default]
        Native = "native",
        /// Sent as dots: for printers that print the command's letters instead of a code.
        Dots = "dots",
    }
}

named! {
    /// Which letters the printer has beyond the plain ones. What it lacks is written with plain letters.
    #[derive(Default)]
    pub enum CodePage {
        /// No others at all: for printers that show Chinese signs instead of é.
        Ascii = "ascii",
        /// What every printer has from the factory.
        #[default]
        Pc437 = "pc437",
        /// Western Europe with the euro sign.
        Pc858 = "pc858",
        /// Western Europe as Windows writes it, with ’ and —.
        Wpc1252 = "wpc1252",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_read_as_it_is_written() {
        for text in ["58", "80", "42x512", "30x360", "44x576", "64x832", "20x240"] {
            assert_eq!(text.parse::<Width>().unwrap().to_string(), text);
        }
        assert_eq!("42x510".parse(), Ok(Width { columns: 42, dots: 504 }), "whole bytes");
        assert_eq!(("32x384".parse(), "48x576".parse()), (Ok(Width::MM58), Ok(Width::MM80)));
    }

    #[test]
    fn what_no_printer_can_be_is_refused() {
        for text in ["", "70", "x", "42x", "x512", "0x0", "96x192", "16x832", "42x99999", "-42x512", "42×512"]
        {
            assert_eq!(text.parse::<Width>(), Err(NoWidth), "{text}");
        }
    }
}
