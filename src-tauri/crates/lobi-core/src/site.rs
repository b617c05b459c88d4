//! The site's own facts: its name, zone, how calls sound, and the service day.

pub mod day;
pub mod day_start;
pub mod hours;
pub mod late;
pub mod online;

use serde::{Deserialize, Serialize};

use crate::printout::{CodePage, QrWay, Width};
use crate::speech::NumberStyle;
use crate::time::{ServiceDay, Zone};

pub use day_start::DayStart;
pub use hours::{Holidays, Hours};
pub use late::Late;
pub use online::Online;

/// What the site is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The site's id: made with the file, never set. Machines find their hub by it.
    pub id: String,
    /// Rises when an older state of the file was taken up again: what left the site under the old one is not this file's.
    pub epoch: i64,
    /// Rises with every change of these facts: who changes them by an older version is told.
    pub version: i64,
    /// The facility's name, as on the TV.
    pub name: String,
    /// Its town.
    pub city: String,
    /// Its time zone.
    pub zone: Zone,
    /// When a service day begins there.
    pub day_starts_at: DayStart,
    /// The line at the foot of the TV, Indonesian and English; empty when there is none.
    pub info_id: String,
    /// As `info_id`, in English.
    pub info_en: String,
    /// Whether this is a demonstration: every screen says so.
    pub demo: bool,
    /// How calls sound.
    pub speech: SpeechStyle,
    /// The address that phones reach the hub by, without a slash at the end; empty: the hub's own on the network.
    pub public_address: String,
    /// The logo at the top of every ticket: a PNG as base64.
    pub logo: Option<String>,
    /// The network printer that browsers without a printer of their own print on.
    pub printer: Option<SitePrinter>,
    /// What happens about people who do not come when they are called.
    pub late: Late,
    /// How numbers are taken from afar, and for later days.
    pub online: Online,
    /// After how many seconds a counter that is free calls the next by itself; 0: staff call. At most 600.
    pub auto_call: u16,
    /// Whether a kiosk takes the number of a card or a telephone before it gives a number.
    pub kiosk_identity: bool,
}

/// How calls sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SpeechStyle {
    /// "dua belas" or "nol, satu, dua".
    pub numbers: NumberStyle,
    /// Whether each call is said a second time, in English.
    pub english: bool,
}

/// The site's printer on the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SitePrinter {
    /// Where it is.
    #[cfg_attr(feature = "schema", schema(example = "tcp://192.168.1.50:9100"))]
    pub connection: String,
    /// How wide it prints: `58`, `80` or letters and dots in a row.
    #[serde(default)]
    pub width: Width,
    /// The letters it knows beyond the plain ones.
    #[serde(default)]
    pub code_page: CodePage,
    /// How QR codes get onto its paper.
    #[serde(default)]
    pub qr: QrWay,
    /// Whether it cuts.
    #[serde(default = "yes")]
    pub cutter: bool,
}

fn yes() -> bool {
    true
}

/// What a commit changed about the site.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Its facts are these now.
    Facts(Box<Site>),
    /// A new service day began.
    Day(ServiceDay),
    /// Its holidays are these now.
    Holidays(Holidays),
}
