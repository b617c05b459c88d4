//! What a printer is from the factory: no switch changes it.

use crate::paper::Width;

/// The manners of a make of printers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// How wide it prints.
    pub width: Width,
    /// Whether it draws QR codes (`GS ( k`). One that does not prints the command's letters.
    pub native_qr: bool,
    /// Whether it has a knife.
    pub cutter: bool,
    /// Whether it answers `DLE EOT`.
    pub speaks: bool,
    /// Whether it answers `GS r`.
    pub queues: bool,
    /// Whether it refuses a second caller; otherwise that one waits in line.
    pub refuses: bool,
}

impl Manner {
    /// An 80 mm printer of a well-known make.
    pub const MODERN: Manner = Manner {
        width: Width::Mm80,
        native_qr: true,
        cutter: true,
        speaks: true,
        queues: true,
        refuses: false,
    };

    /// A 58 mm printer of no make at all: no QR codes, no knife, no word about itself.
    pub const CHEAP: Manner = Manner {
        width: Width::Mm58,
        native_qr: false,
        cutter: false,
        speaks: false,
        queues: false,
        refuses: true,
    };

    /// A printer of 42 letters in a row, as many sold in Asia.
    pub const COLUMNS42: Manner =
        Manner { width: Width::Columns42, queues: false, refuses: true, ..Manner::MODERN };
}

impl From<Width> for Manner {
    /// A well-known make of that width.
    fn from(width: Width) -> Manner {
        Manner { width, ..Manner::MODERN }
    }
}
