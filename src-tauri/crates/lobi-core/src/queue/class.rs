//! Priority classes (kelas): who is called before others, by which rule, and who may say so. The classes are the site's own data.

use serde::{Deserialize, Serialize};

use super::next::{Lane, Ratio};
use crate::names::named;

/// A class's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(pub i64);

/// How a class comes before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "cara", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// Before everybody else, always: for those who cannot wait.
    Mutlak,
    /// In turn: after `setelah` others at a counter, up to `panggil` of the class.
    Selang {
        /// 1–20.
        setelah: u32,
        /// 1–20.
        panggil: u32,
    },
    /// Like everybody else at first; after so many minutes in line, every second call at the latest.
    Menua {
        /// 1–240.
        menit: u32,
    },
}

impl Rule {
    /// Whether every figure is within its bounds. A turn after none would leave the others waiting for ever.
    pub fn is_sound(self) -> bool {
        match self {
            Rule::Mutlak => true,
            Rule::Selang { setelah, panggil } => (1..=20).contains(&setelah) && (1..=20).contains(&panggil),
            Rule::Menua { menit } => (1..=240).contains(&menit),
        }
    }

    /// Where somebody of the class waits who has been in line for so many milliseconds; nothing: where everybody else does.
    pub fn lane(self, waited_millis: i64) -> Option<Lane> {
        match self {
            Rule::Mutlak => Some(Lane::Urgent),
            Rule::Selang { setelah, panggil } => Some(Lane::InTurn(Ratio { after: setelah, calls: panggil })),
            Rule::Menua { menit } => (waited_millis >= i64::from(menit) * 60_000).then_some(Lane::Aged),
        }
    }
}

named! {
    /// A colour that every theme knows, readable on light and dark.
    #[derive(Default)]
    pub enum Warna {
        /// Red.
        Red = "merah",
        /// Orange.
        Orange = "jingga",
        /// Green.
        Green = "hijau",
        /// Blue.
        #[default]
        Blue = "biru",
        /// Violet.
        Violet = "ungu",
        /// Pink.
        Pink = "merah_muda",
    }
}

/// A class of visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Row id.
    pub id: ClassId,
    /// Its name in addresses: `lansia`.
    pub slug: String,
    /// Its name in Indonesian: `Lansia`.
    pub nama: String,
    /// Its name in English.
    pub nama_en: String,
    /// A lucide icon name.
    pub icon: String,
    /// Its colour.
    pub warna: Warna,
    /// How it comes before others.
    pub rule: Rule,
    /// Whether visitors may say so themselves, at the kiosk and online; staff always may.
    pub kiosk: bool,
    /// Whether it is given at all. Who has it keeps it.
    pub active: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn an_ageing_class_waits_like_everybody_until_its_time_has_come() {
        let rule = Rule::Menua { menit: 30 };
        assert_eq!(rule.lane(30 * MINUTE - 1), None);
        assert_eq!(rule.lane(30 * MINUTE), Some(Lane::Aged));
    }

    #[test]
    fn a_rule_that_would_leave_others_waiting_for_ever_is_not_sound() {
        assert!(!Rule::Selang { setelah: 0, panggil: 1 }.is_sound());
        assert!(!Rule::Selang { setelah: 1, panggil: 0 }.is_sound());
        assert!(!Rule::Menua { menit: 0 }.is_sound());
        assert!(Rule::Selang { setelah: 2, panggil: 1 }.is_sound() && Rule::Mutlak.is_sound());
    }
}
