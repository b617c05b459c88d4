//! What a new site begins with: services and counters as a facility of its kind usually has them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The kind of facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Facility {
    /// Community health centre.
    Puskesmas,
    /// Clinic.
    Klinik,
    /// Hospital, outpatient.
    RumahSakit,
    /// School.
    Sekolah,
    /// Pharmacy.
    Apotek,
}

/// A service of a new site.
#[derive(Clone, Debug, Deserialize)]
pub struct NewService {
    /// Letter.
    pub kode: String,
    /// Name in addresses.
    pub slug: String,
    /// Name in Indonesian.
    pub nama: String,
    /// Name in English.
    pub nama_en: String,
    /// A lucide icon name.
    pub icon: String,
    /// Whether its visitors come first.
    #[serde(default)]
    pub priority: bool,
}

/// A counter of a new site.
#[derive(Clone, Debug, Deserialize)]
pub struct NewCounter {
    /// Its number.
    pub number: u32,
    /// What it serves, by slug.
    pub serves: Vec<String>,
}

/// Services and counters to begin with.
#[derive(Clone, Debug, Deserialize)]
pub struct Template {
    /// In the order of the kiosk.
    pub services: Vec<NewService>,
    /// By number.
    pub counters: Vec<NewCounter>,
}

impl Facility {
    /// Every kind.
    pub const ALL: [Facility; 5] =
        [Facility::Puskesmas, Facility::Klinik, Facility::RumahSakit, Facility::Sekolah, Facility::Apotek];

    /// What a facility of this kind begins with.
    pub fn template(self) -> Template {
        let text = match self {
            Facility::Puskesmas => include_str!("../../../../../assets/setup/puskesmas.json"),
            Facility::Klinik => include_str!("../../../../../assets/setup/klinik.json"),
            Facility::RumahSakit => include_str!("../../../../../assets/setup/rumah_sakit.json"),
            Facility::Sekolah => include_str!("../../../../../assets/setup/sekolah.json"),
            Facility::Apotek => include_str!("../../../../../assets/setup/apotek.json"),
        };
        serde_json::from_str(text).expect("a test reads every template")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_template_is_a_site_that_can_open() {
        for facility in Facility::ALL {
            let template = facility.template();
            let slugs: BTreeSet<&str> =
                template.services.iter().map(|service| service.slug.as_str()).collect();
            let letters: BTreeSet<&str> =
                template.services.iter().map(|service| service.kode.as_str()).collect();
            assert_eq!(slugs.len(), template.services.len());
            assert_eq!(letters.len(), template.services.len());
            let served: BTreeSet<&str> =
                template.counters.iter().flat_map(|counter| &counter.serves).map(String::as_str).collect();
            assert_eq!(
                served, slugs,
                "{facility:?}: each service has a counter, each counter a known service"
            );
        }
    }
}
