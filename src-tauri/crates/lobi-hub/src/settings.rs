//! The site's own facts: its name, zone and service day.

pub mod actions;
pub mod routes;
pub mod store;

use lobi_core::time::Zone;

/// What the site is.
#[derive(Clone, Debug)]
pub struct Site {
    /// The facility's name, as on the TV.
    pub name: String,
    /// Its town.
    pub city: String,
    /// Its time zone.
    pub zone: Zone,
    /// The line at the foot of the TV, Indonesian and English; empty when there is none.
    pub info_id: String,
    /// As `info_id`, in English.
    pub info_en: String,
    /// Whether this is a demonstration: every screen says so.
    pub demo: bool,
}
