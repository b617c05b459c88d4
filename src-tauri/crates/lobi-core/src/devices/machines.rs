//! What every machine last said about its devices: who has what, and what is wrong with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::names::named;
use crate::time::Timestamp;

/// A machine that said nothing for this long is off or cut off.
pub const SILENT_MILLIS: i64 = 150_000;
/// More machines than any site has.
pub const MOST_MACHINES: usize = 100;
/// The hub's own word about the site's printer: it speaks only when it prints, and is never forgotten.
pub const HUB: &str = "hub";

named! {
    /// A kind of device.
    pub enum DeviceKind {
        /// Prints tickets.
        Printer = "printer",
        /// Speaks calls.
        Speaker = "speaker",
        /// Reads QR codes.
        Camera = "camera",
        /// The kiosk's button for a visitor who needs somebody; `wanted` while one waits.
        Bell = "bell",
    }
}

named! {
    /// How a device is.
    pub enum DeviceState {
        /// Works.
        Ok = "ok",
        /// Works, but somebody should look: paper near its end.
        Warning = "warning",
        /// Does not work.
        Fault = "fault",
    }
}

/// One device of a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceReport {
    /// What it is.
    pub kind: DeviceKind,
    /// How it is.
    pub state: DeviceState,
    /// What is wrong: a stable code such as `out_of_paper`, at most 40 characters.
    #[cfg_attr(feature = "schema", schema(required))]
    pub fault: Option<String>,
}

/// What a machine says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MachineReport {
    /// Its own name for itself, 1–64 characters; stays the same over restarts.
    pub machine: String,
    /// Its name for people, 1–60 characters.
    #[cfg_attr(feature = "schema", schema(example = "Kiosk pintu utama"))]
    pub nama: String,
    /// What it is used as.
    #[cfg_attr(feature = "schema", schema(example = "kiosk"))]
    pub mode: String,
    /// Its devices.
    pub devices: Vec<DeviceReport>,
    /// What a TV shows now: "A012", at most 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tampil: Option<String>,
}

/// A machine with its last word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What it said.
    pub report: MachineReport,
    /// When.
    pub at: Timestamp,
}

impl Seen {
    /// Whether it said so lately.
    pub fn here(&self, now: Timestamp) -> bool {
        self.report.mode == HUB || now.millis_since(self.at) <= SILENT_MILLIS
    }
}

/// All machines, by name.
#[derive(Debug, Default)]
pub struct Machines(BTreeMap<String, Seen>);

impl Machines {
    /// Takes a report; tells whether it says something new. When all places are taken, the machine that was silent longest
    /// goes: invented names cannot keep a real machine out.
    pub fn report(&mut self, report: MachineReport, now: Timestamp) -> bool {
        let before = self.0.get(&report.machine);
        if before.is_none() && self.0.len() >= MOST_MACHINES {
            let others = self.0.iter().filter(|(_, seen)| seen.report.mode != HUB);
            if let Some(longest) = others.min_by_key(|(_, seen)| seen.at).map(|(name, _)| name.clone()) {
                self.0.remove(&longest);
            }
        }
        let news = self
            .0
            .get(&report.machine)
            .is_none_or(|seen| seen.report != report || now.millis_since(seen.at) > SILENT_MILLIS);
        self.0.insert(report.machine.clone(), Seen { report, at: now });
        news
    }

    /// Every machine.
    pub fn all(&self) -> impl Iterator<Item = &Seen> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(machine: &str, mode: &str) -> MachineReport {
        MachineReport {
            machine: machine.into(),
            nama: machine.into(),
            mode: mode.into(),
            devices: vec![],
            tampil: None,
        }
    }

    #[test]
    fn invented_machines_cannot_keep_a_real_one_out_nor_push_the_hub_away() {
        let mut machines = Machines::default();
        machines.report(report("hub", HUB), Timestamp(0));
        for n in 0..1_000 {
            machines.report(report(&format!("palsu-{n}"), "kiosk"), Timestamp(n));
        }
        assert!(machines.report(report("kiosk-pintu", "kiosk"), Timestamp(2_000)));
        let names: Vec<&str> = machines.all().map(|seen| seen.report.machine.as_str()).collect();
        assert!(names.len() <= MOST_MACHINES);
        assert!(names.contains(&"kiosk-pintu") && names.contains(&"hub"));
    }

    #[test]
    fn a_report_is_news_when_it_says_something_new_or_comes_back() {
        let mut machines = Machines::default();
        assert!(machines.report(report("tv", "tv"), Timestamp(0)));
        assert!(!machines.report(report("tv", "tv"), Timestamp(60_000)));
        assert!(machines.report(report("tv", "tv"), Timestamp(60_000 + SILENT_MILLIS + 1)));
    }
}
