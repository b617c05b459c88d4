//! What belongs to this machine alone, as `lobi.toml` says it. Everything about the site is in the hub.

use lobi_devices::printer::settings::PrinterSettings;
use serde::{Deserialize, Serialize};

use crate::machine::mode::Mode;

/// This machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Machine {
    /// Its own name for itself; made once, stays.
    pub id: String,
    /// Its name for people: "Kiosk pintu utama".
    pub name: String,
    /// What it is for; nothing until somebody chose.
    pub mode: Option<Mode>,
    /// The room it stands in: TVs of one zone are heard together.
    pub zone: String,
    /// Where the hub is.
    pub hub: HubPlace,
    /// Its printer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printer: Option<PrinterSettings>,
    /// How it speaks.
    pub speaker: SpeakerChoice,
    /// Its camera.
    pub camera: CameraChoice,
    /// Its window.
    pub window: WindowChoice,
    /// The admin's password as a hash, noted when it was last right, for when the hub is away.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub admin_hash: String,
}

/// Where the hub is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HubPlace {
    /// Whether this program runs the hub itself.
    pub here: bool,
    /// The data folder of a hub that runs here; empty: the usual place of this system.
    pub data: String,
    /// Where a hub that runs here listens; empty: every address of this machine, port 4040.
    pub listen: String,
    /// The hub's last known address.
    pub url: String,
    /// The site's id, by which the hub is found again when its address changes.
    pub id: String,
}

/// How this machine speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpeakerChoice {
    /// Whether it speaks at all.
    pub on: bool,
    /// 0–100.
    pub volume: u8,
    /// Local time when it falls silent, such as `20:00`; empty: never.
    pub quiet_from: String,
    /// Local time when it speaks again, such as `06:00`.
    pub quiet_until: String,
}

impl Default for SpeakerChoice {
    fn default() -> Self {
        SpeakerChoice { on: true, volume: 90, quiet_from: String::new(), quiet_until: String::new() }
    }
}

/// The camera of this machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CameraChoice {
    /// Empty: the first there is; otherwise its id, or `file:` and a path for pictures from a file.
    pub source: String,
}

/// The window of this machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WindowChoice {
    /// The name of the monitor it opens on; empty: the first.
    pub monitor: String,
    /// Whether the program starts with the computer.
    pub autostart: bool,
}
