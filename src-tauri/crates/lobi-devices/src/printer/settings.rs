//! What a machine knows of its printer: where it is, how wide its paper, how patient to be.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

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
            cutter: true,
            logo: None,
        }
    }
}

/// The paper's width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Width {
    /// 58 mm paper.
    #[serde(rename = "58")]
    Mm58,
    /// 80 mm paper.
    #[default]
    #[serde(rename = "80")]
    Mm80,
}

impl Width {
    /// Printable dots in a row, eight per millimetre.
    pub fn dots(self) -> usize {
        match self {
            Width::Mm58 => 384,
            Width::Mm80 => 576,
        }
    }

    /// Letters in a row, at their normal size of 12 dots.
    pub fn columns(self) -> usize {
        self.dots() / 12
    }
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
    /// For a printer that refuses because it serves somebody else; after that, it is no printer.
    pub busy: Duration,
    /// For one status answer before printing.
    pub status: Duration,
    /// For the whole ticket to be taken and, where the printer speaks, for its status afterwards.
    pub write: Duration,
    /// How long to listen, after a ticket, whether a printer without status hangs up.
    pub linger: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(3),
            busy: Duration::from_secs(1),
            status: Duration::from_secs(1),
            write: Duration::from_secs(10),
            linger: Duration::from_millis(300),
        }
    }
}
