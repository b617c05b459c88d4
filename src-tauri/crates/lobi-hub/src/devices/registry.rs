//! What every machine last said about its devices, in memory: machines say it again every minute.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use lobi_core::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A machine that said nothing for this long is off or cut off.
const SILENT_MILLIS: i64 = 150_000;
/// A machine that said nothing for this long is forgotten.
const FORGOTTEN_MINUTES: i64 = 24 * 60;
/// More machines than any site has: a flood ends here.
const MOST_MACHINES: usize = 500;

/// A kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// Prints tickets.
    Printer,
    /// Speaks calls.
    Speaker,
    /// Reads QR codes.
    Camera,
}

/// How a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeviceState {
    /// Works.
    Ok,
    /// Works, but somebody should look: paper near its end.
    Warning,
    /// Does not work.
    Fault,
}

/// One device of a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceReport {
    /// What it is.
    pub kind: DeviceKind,
    /// How it is.
    pub state: DeviceState,
    /// What is wrong: a stable code such as `out_of_paper`, at most 40 characters.
    #[schema(required)]
    pub fault: Option<String>,
}

/// What a machine says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MachineReport {
    /// Its own name for itself, 1–64 characters; stays the same over restarts.
    pub machine: String,
    /// Its name for people, 1–60 characters.
    #[schema(example = "Kiosk pintu utama")]
    pub nama: String,
    /// What it is used as.
    #[schema(example = "kiosk")]
    pub mode: String,
    /// Its devices.
    pub devices: Vec<DeviceReport>,
}

/// A machine as staff see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Machine {
    /// What it said last.
    #[serde(flatten)]
    pub report: MachineReport,
    /// When, RFC 3339.
    pub seen_at: String,
    /// Whether it said so lately.
    pub here: bool,
}

/// All machines.
#[derive(Default)]
pub struct Registry {
    machines: Mutex<BTreeMap<String, (MachineReport, Timestamp)>>,
}

impl Registry {
    /// Takes a report; tells whether it says something new.
    pub fn report(&self, report: MachineReport, now: Timestamp) -> bool {
        let mut machines = self.machines.lock().unwrap_or_else(PoisonError::into_inner);
        if machines.len() >= MOST_MACHINES && !machines.contains_key(&report.machine) {
            let long_ago = now.plus_minutes(-FORGOTTEN_MINUTES);
            machines.retain(|_, (_, seen)| *seen > long_ago);
            if machines.len() >= MOST_MACHINES {
                return false;
            }
        }
        let news = machines
            .get(&report.machine)
            .is_none_or(|(before, seen)| *before != report || now.millis_since(*seen) > SILENT_MILLIS);
        machines.insert(report.machine.clone(), (report, now));
        news
    }

    /// Every machine, by name.
    pub fn machines(&self, zone: Zone, now: Timestamp) -> Vec<Machine> {
        let machines = self.machines.lock().unwrap_or_else(PoisonError::into_inner);
        let view = |(report, seen): &(MachineReport, Timestamp)| Machine {
            report: report.clone(),
            seen_at: seen.rfc3339(zone),
            // The hub speaks of the site's printer only when it prints; it is here while it answers.
            here: report.mode == "hub" || now.millis_since(*seen) <= SILENT_MILLIS,
        };
        machines.values().map(view).collect()
    }
}
