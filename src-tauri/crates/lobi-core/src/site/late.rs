//! What a site wants about people who do not come when they are called; what is due then is `queue::late`.

use serde::{Deserialize, Serialize};

use crate::names::named;

named! {
    /// Where somebody who was skipped and comes back stands in line.
    #[derive(Default)]
    pub enum Back {
        /// At the old place: next.
        #[default]
        Place = "tempat",
        /// Behind a few others.
        After = "setelah",
        /// At the end.
        End = "akhir",
    }
}

/// What happens about people who do not come when they are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Late {
    /// Whether the hub calls again and skips by itself.
    pub otomatis: bool,
    /// How many times it calls again before it skips, 1–5.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 5))]
    pub panggil_ulang: u8,
    /// How long it waits after each call, in seconds, 30–600.
    #[cfg_attr(feature = "schema", schema(minimum = 30, maximum = 600))]
    pub jeda_detik: u16,
    /// Where somebody who was skipped stands after coming back.
    pub kembali: Back,
    /// Behind how many others, 1–20; only with `setelah`.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub setelah: u8,
}

impl Default for Late {
    /// Staff decide, and who comes back is next.
    fn default() -> Self {
        Late { otomatis: false, panggil_ulang: 2, jeda_detik: 60, kembali: Back::default(), setelah: 3 }
    }
}

impl Late {
    /// Whether its numbers are within their bounds.
    pub fn makes_sense(&self) -> bool {
        (1..=5).contains(&self.panggil_ulang)
            && (30..=600).contains(&self.jeda_detik)
            && (1..=20).contains(&self.setelah)
    }
}
