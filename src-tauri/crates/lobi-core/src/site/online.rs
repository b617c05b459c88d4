//! What a site wants of numbers that are taken from afar.

use serde::{Deserialize, Serialize};

/// How numbers are taken from afar, and for later days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Online {
    /// For how many days ahead a number can be taken; 0: only for today. At most 60.
    #[cfg_attr(feature = "schema", schema(maximum = 60))]
    pub hari_ke_depan: u8,
    /// Whether somebody with a number for a later day checks in when they come: whoever has not is not called.
    pub wajib_hadir: bool,
    /// How many numbers one telephone can hold for one day, 1–20: a family comes together.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub per_hp: u8,
}

impl Default for Online {
    fn default() -> Self {
        Online { hari_ke_depan: 7, wajib_hadir: true, per_hp: 5 }
    }
}

impl Online {
    /// Whether its numbers are within their bounds.
    pub fn makes_sense(&self) -> bool {
        self.hari_ke_depan <= 60 && (1..=20).contains(&self.per_hp)
    }
}
