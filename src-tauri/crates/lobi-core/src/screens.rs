//! What a TV shows, and how it looks.

use crate::names::named;

named! {
    /// How a TV divides its glass.
    #[derive(Default)]
    pub enum Layout {
        /// The call, large, and the calls before it.
        #[default]
        Calls = "panggilan",
        /// All counters in a table, and the call beside it.
        Table = "tabel",
        /// The call alone, as large as it goes; the calls before it as a line.
        One = "satu",
        /// Two services side by side.
        Halves = "dua",
    }
}

named! {
    /// How a TV looks.
    #[derive(Default)]
    pub enum Theme {
        /// Dark, for most rooms.
        #[default]
        Night = "malam",
        /// Light, for rooms in the sun.
        Day = "terang",
        /// Black, white and yellow, for eyes that see little.
        Contrast = "kontras",
    }
}

/// What a TV shows, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How it divides its glass.
    pub layout: Layout,
    /// How it looks.
    pub theme: Theme,
    /// Whether what stands beside the number is larger than usual.
    pub large: bool,
    /// The services that it tells of, by slug; none: those of its address, or all.
    pub services: Vec<String>,
}
