//! What a TV shows, and how it looks.

use serde::{Deserialize, Serialize};

use crate::names::named;
use crate::time::TimeOfDay;

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

/// A time of every day in which TVs show calls without a sound: a prayer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// Its name, 1–40 characters.
    #[cfg_attr(feature = "schema", schema(example = "Salat Zuhur"))]
    pub nama: String,
    /// From when.
    #[cfg_attr(feature = "schema", schema(example = "11:55"))]
    pub dari: TimeOfDay,
    /// Until when; before `dari`: over midnight.
    #[cfg_attr(feature = "schema", schema(example = "12:20"))]
    pub sampai: TimeOfDay,
}

/// A text at the foot of every TV, at some times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FootLine {
    /// Indonesian, 1–200 characters.
    #[cfg_attr(feature = "schema", schema(example = "Imunisasi hari ini sampai pukul 11.00."))]
    pub id: String,
    /// English, at most 200 characters; empty: as in Indonesian.
    #[serde(default)]
    pub en: String,
    /// On which days, 1 = Monday … 7 = Sunday; none: every day.
    #[serde(default)]
    pub hari: Vec<i8>,
    /// From when; nothing: from the day's beginning.
    #[serde(default)]
    pub dari: Option<TimeOfDay>,
    /// Until when; nothing: until its end.
    #[serde(default)]
    pub sampai: Option<TimeOfDay>,
}

/// What all TVs of the site keep to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// When they make no sound, at most ten.
    pub tenang: Vec<Quiet>,
    /// What stands at their foot beside the site's own line, one after the other; at most twenty.
    pub teks: Vec<FootLine>,
}

/// The most times of quiet, and the most lines.
const MOST_QUIET: usize = 10;
const MOST_LINES: usize = 20;

impl Room {
    /// What of it cannot be: `tenang`, `teks`.
    pub fn wrong(&self) -> Vec<&'static str> {
        let said = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
        let quiet = self.tenang.len() <= MOST_QUIET
            && self.tenang.iter().all(|quiet| said(&quiet.nama, 40) && quiet.dari != quiet.sampai);
        let line = |line: &FootLine| {
            let ordered = line.dari.zip(line.sampai).is_none_or(|(from, until)| from < until);
            let days = line.hari.iter().all(|day| (1..=7).contains(day)) && line.hari.len() <= 7;
            said(&line.id, 200) && line.en.chars().count() <= 200 && days && ordered
        };
        let lines = self.teks.len() <= MOST_LINES && self.teks.iter().all(line);
        [("tenang", quiet), ("teks", lines)]
            .into_iter()
            .filter(|(_, right)| !right)
            .map(|(field, _)| field)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet(nama: &str, dari: &str, sampai: &str) -> Quiet {
        Quiet { nama: nama.into(), dari: dari.parse().unwrap(), sampai: sampai.parse().unwrap() }
    }

    fn line(id: &str, hari: &[i8], times: Option<(&str, &str)>) -> FootLine {
        let time = |text: &str| text.parse().unwrap();
        FootLine {
            id: id.into(),
            en: String::new(),
            hari: hari.to_vec(),
            dari: times.map(|(from, _)| time(from)),
            sampai: times.map(|(_, until)| time(until)),
        }
    }

    #[test]
    fn what_all_tvs_keep_to_makes_sense_or_says_where_not() {
        let good = Room {
            tenang: vec![quiet("Salat Zuhur", "11:55", "12:20"), quiet("Malam", "21:00", "05:00")],
            teks: vec![
                line("Imunisasi hari ini.", &[2, 4], Some(("08:00", "11:00"))),
                line("Bawa buku KIA.", &[], None),
            ],
        };
        assert!(good.wrong().is_empty() && Room::default().wrong().is_empty());
        for wrong in [
            quiet("", "11:55", "12:20"),
            quiet("Zuhur", "12:00", "12:00"),
            quiet(&"x".repeat(41), "11:00", "12:00"),
        ] {
            assert_eq!(Room { tenang: vec![wrong], ..Room::default() }.wrong(), ["tenang"]);
        }
        for wrong in [
            line("", &[], None),
            line("x", &[8], None),
            line("x", &[], Some(("11:00", "08:00"))),
            line(&"x".repeat(201), &[], None),
        ] {
            assert_eq!(Room { teks: vec![wrong], ..Room::default() }.wrong(), ["teks"]);
        }
        assert_eq!(
            Room { tenang: vec![quiet("a", "1:00", "2:00"); 11], ..Room::default() }.wrong(),
            ["tenang"]
        );
    }
}
