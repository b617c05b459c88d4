//! `/api/devices`: machines report, staff look; and test pages.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::devices::machines::{HUB, MachineReport};
use lobi_core::printout::Printout;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::{self, Machine};
use super::{site_printer, test_page};
use crate::error::Refusal;
use crate::fields::{Fields, one_line};
use crate::http::body::Body;
use crate::http::{Answer, ApiError, App};
use crate::texts::text;

/// The most devices that one machine reports.
const MOST_DEVICES: usize = 8;

/// Every machine of the site.
#[derive(Serialize, ToSchema)]
pub struct Machines {
    /// By name.
    pub machines: Vec<Machine>,
}

/// A machine tells how its devices are; again every minute and whenever something changes.
#[utoipa::path(post, path = "/api/devices", operation_id = "report_devices", tag = "site", request_body = MachineReport,
    responses((status = 204, description = "Heard")))]
pub async fn report(State(hub): State<App>, body: Body<MachineReport>) -> Result<StatusCode, ApiError> {
    let mut report = body.value;
    let mut fields = Fields::default();
    let named = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    fields.check(named(&report.machine, 64), "machine", "name_64");
    fields.check(named(&report.nama, 60), "nama", "name_64");
    // Only the hub speaks for the hub.
    fields.check(named(&report.mode, 20) && report.mode != HUB, "mode", "name_64");
    let mut faults = report.devices.iter().filter_map(|device| device.fault.as_deref());
    let faults = faults.all(|fault| named(fault, 40));
    fields.check(report.devices.len() <= MOST_DEVICES && faults, "devices", "name_64");
    fields.check(report.tampil.as_deref().is_none_or(|shown| named(shown, 40)), "tampil", "name_64");
    fields.done()?;
    report.tampil = report.tampil.as_deref().map(one_line);
    for said in [&mut report.machine, &mut report.nama, &mut report.mode] {
        *said = one_line(said);
    }
    for device in &mut report.devices {
        device.fault = device.fault.as_deref().map(one_line);
    }
    actions::report(&hub, report);
    Ok(StatusCode::NO_CONTENT)
}

/// Every machine with its devices.
#[utoipa::path(get, path = "/api/devices", tag = "staff", responses((status = 200, body = Machines)))]
pub async fn machines(State(hub): State<App>) -> Json<Machines> {
    Json(Machines { machines: actions::machines(&hub) })
}

/// Print a test page on the site's network printer.
#[utoipa::path(post, path = "/api/settings/printer/test", tag = "staff",
    responses((status = 204, description = "Printed")))]
pub async fn test_printer(State(hub): State<App>) -> Result<StatusCode, ApiError> {
    let (site, address) = (hub.site(), hub.address());
    let connection = site.printer.as_ref().map(|printer| printer.connection.clone()).unwrap_or_default();
    let facts = vec![
        (text("ticket", "test_printer", &[]), connection),
        (text("ticket", "test_version", &[]), env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let page = test_page::of_test(facts, &site, &address, hub.now());
    // A caller that hangs up does not cut the page off.
    let printing = tokio::spawn(async move { site_printer::print(&hub, page).await });
    printing.await.map_err(|_| ApiError::from(crate::error::Code::Internal))?.map_err(Refusal::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the test page of a machine's own printer says: the machine brings the facts about it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestFacts {
    /// Name and value, at most ten.
    facts: Vec<(String, String)>,
}

/// The test page for a machine's own printer.
#[utoipa::path(post, path = "/api/printouts/test", tag = "site", request_body = TestFacts,
    responses((status = 200, body = Printout)))]
pub async fn own_test_page(
    State(hub): State<App>,
    Body { value: TestFacts { facts }, .. }: Body<TestFacts>,
) -> Answer<Printout> {
    if facts.len() > 10 || facts.iter().any(|(name, value)| name.len() > 100 || value.len() > 200) {
        return Err(Refusal::invalid([("facts", "too_long")]).into());
    }
    let (site, address) = (hub.site(), hub.address());
    Ok(Json(test_page::of_test(facts, &site, &address, hub.now())))
}
