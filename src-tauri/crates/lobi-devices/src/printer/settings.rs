//! What a machine knows of its printer: where it is, how wide its paper, how patient to be.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::connection::Connection;

/// A printer's settings, as they stand in `lobi.toml` and in the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterSettings {
    /// Where it is.
    pub connection: Connection,
    /// How wide its paper is.
    #[serde(default)]
    pub width: Width,
    /// The letters it knows beyond the plain ones.
    #[serde(default)]
    pub code_page: CodePage,
    /// How QR codes get onto the paper.
    #[serde(default)]
    pub qr: QrWay,
    /// Whether it cuts; without a cutter the paper is fed on to the edge at which it is torn off.
    #[serde(default = "yes")]
    pub cutter: bool,
    /// A PNG file with the facility's logo; dark on light is best. It is made small.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<PathBuf>,
}

fn yes() -> bool {
    true
}

impl PrinterSettings {
    /// The usual settings for a printer there: 80 mm, the letters every printer has, a cutter, no logo.
    pub fn at(connection: Connection) -> PrinterSettings {
        PrinterSettings {
            connection,
            width: Width::default(),
            code_page: CodePage::default(),
            qr: QrWay::default(),
            cutter: true,
            logo: None,
        }
    }
}

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

/// How QR codes get onto the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QrWay {
    /// The printer draws them (`GS ( k`): few bytes, quick on a slow line.
    #[default]
    Native,
    /// Sent as dots: for printers that print the command's letters instead of a code.
    Dots,
}

/// Which letters the printer has beyond the plain ones. What it lacks is written with plain letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePage {
    /// No others at all: for printers that show Chinese signs instead of é.
    Ascii,
    /// What every printer has from the factory.
    #[default]
    Pc437,
    /// Western Europe with the euro sign.
    Pc858,
    /// Western Europe as Windows writes it, with ’ and —.
    Wpc1252,
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the name to be found, and again for the connection to stand.
    pub connect: Duration,
    /// For a printer that refuses or keeps silent because it serves somebody else; after that, it is [busy](super::fault::PrintFault::Busy).
    pub busy: Duration,
    /// For one status answer before printing.
    pub status: Duration,
    /// For the whole ticket to be taken and, where the printer speaks, for its status afterwards.
    pub write: Duration,
    /// How long to listen, after a ticket, whether a printer without status hangs up.
    pub linger: Duration,
    /// How often a printer is asked how it is while the paper moves.
    pub look_every: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(3),
            busy: Duration::from_secs(1),
            status: Duration::from_secs(1),
            write: Duration::from_secs(10),
            linger: Duration::from_millis(300),
            look_every: Duration::from_millis(250),
        }
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
