//! What a machine is for.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// One of the four modes; a window carries its mode's name as its label, which decides what it may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Visitors take numbers.
    Kiosk,
    /// Staff call them.
    Counter,
    /// Everybody sees and hears the calls.
    Tv,
    /// Guests and patients are received.
    Receptionist,
}

impl Mode {
    /// The name: window label, page address, command line.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Kiosk => "kiosk",
            Mode::Counter => "counter",
            Mode::Tv => "tv",
            Mode::Receptionist => "receptionist",
        }
    }

    /// Whether the window fills the screen, has no frame and is not left by accident.
    pub fn locked(self) -> bool {
        matches!(self, Mode::Kiosk | Mode::Tv)
    }
}
