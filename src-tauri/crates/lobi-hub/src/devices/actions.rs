//! Machines report, staff look. Nothing of it is kept: machines say it again every minute.

use lobi_core::devices::machines::{MachineReport, Seen};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{CHANGED, CHANNEL};
use crate::hub::Hub;

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

/// A machine's word about its devices; staff hear what is new.
pub fn report(hub: &Hub, report: MachineReport) {
    let news = hub.passing.machines().report(report, hub.now());
    if news {
        hub.pass(CHANNEL, CHANGED, json!({ "machines": machines(hub) }));
    }
}

/// Every machine with its devices, by name.
pub fn machines(hub: &Hub) -> Vec<Machine> {
    let (zone, now) = (hub.site().zone, hub.now());
    let view = |seen: &Seen| Machine {
        report: seen.report.clone(),
        seen_at: seen.at.rfc3339(zone),
        here: seen.here(now),
    };
    hub.passing.machines().all().map(view).collect()
}
