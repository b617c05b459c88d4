//! Priority classes as everybody sees them, and as an admin sets them.

use lobi_core::queue::Class;
use lobi_core::queue::class::{Rule, Warna};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A class as it stands beside a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Kelas {
    /// Its name in addresses.
    #[schema(example = "lansia")]
    pub slug: String,
    /// Its name in Indonesian.
    #[schema(example = "Lansia")]
    pub nama: String,
    /// Its name in English.
    pub nama_en: String,
    /// A lucide icon name.
    pub icon: String,
    /// Its colour.
    pub warna: Warna,
}

impl From<&Class> for Kelas {
    fn from(class: &Class) -> Self {
        let Class { slug, nama, nama_en, icon, warna, .. } = class.clone();
        Kelas { slug, nama, nama_en, icon, warna }
    }
}

/// A class with its rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassView {
    /// How it looks.
    #[serde(flatten)]
    pub kelas: Kelas,
    /// How it comes before others.
    pub aturan: Rule,
    /// Whether visitors may say so themselves, at the kiosk and online; staff always may.
    pub kiosk: bool,
    /// Whether it is given at all.
    pub aktif: bool,
}

impl From<&Class> for ClassView {
    fn from(class: &Class) -> Self {
        ClassView { kelas: class.into(), aturan: class.rule, kiosk: class.kiosk, aktif: class.active }
    }
}

/// The site's classes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Classes {
    /// In the order in which they were made.
    pub kelas: Vec<ClassView>,
}

/// A class as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetClass {
    /// Its name in Indonesian, 1–64 characters.
    #[schema(example = "Lansia")]
    pub nama: String,
    /// Its name in English; left out: as in Indonesian.
    pub nama_en: Option<String>,
    /// A lucide icon name.
    #[schema(example = "user-round")]
    pub icon: String,
    /// Its colour.
    pub warna: Warna,
    /// How it comes before others.
    pub aturan: Rule,
    /// Whether visitors may say so themselves.
    pub kiosk: bool,
    /// Whether it is given at all.
    pub aktif: bool,
}

/// Which class somebody has from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveClass {
    /// The slug of a class; null: none.
    #[schema(required, example = "lansia")]
    pub kelas: Option<String>,
}
