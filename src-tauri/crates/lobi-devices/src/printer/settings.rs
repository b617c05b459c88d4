//! What a machine knows of its printer: where it is, how wide its paper, how patient to be.

use std::path::PathBuf;
use std::time::Duration;

pub use lobi_core::printout::{CodePage, QrWay, Width};
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
