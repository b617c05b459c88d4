//! Ways through the building, as staff see them and an admin sets them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::Poli;

/// A way through the building.
#[derive(Debug, Serialize, ToSchema)]
pub struct JourneyView {
    /// Its name in addresses.
    #[schema(example = "periksa-dan-obat")]
    pub slug: String,
    /// Its name.
    #[schema(example = "Periksa dan obat")]
    pub nama: String,
    /// The stops, in order. One that was given up stays named; visitors pass it by.
    pub poli: Vec<Poli>,
    /// Whether every number of the first stop goes this way unless somebody says otherwise.
    pub otomatis: bool,
}

/// The site's ways.
#[derive(Debug, Serialize, ToSchema)]
pub struct Journeys {
    /// In the order in which they were made.
    pub alur: Vec<JourneyView>,
}

/// A way as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetJourney {
    /// Its name, 1–60 characters.
    #[schema(example = "Periksa dan obat")]
    pub nama: String,
    /// The stops, by slug: 2–12, none twice.
    #[schema(example = json!(["umum", "farmasi"]))]
    pub poli: Vec<String>,
    /// Whether every number of the first stop goes this way unless somebody says otherwise.
    #[serde(default)]
    pub otomatis: bool,
}

/// Where somebody goes from where they are: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveWay {
    /// The slug of a way: what is left of it.
    pub alur: Option<String>,
    /// These stops, by slug; empty: the visit ends here.
    #[schema(example = json!(["farmasi"]))]
    pub poli: Option<Vec<String>>,
}
