//! `/api/devices`: machines report, staff look.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Machine, MachineReport};
use crate::http::auth::SignedIn;
use crate::http::body::Body;
use crate::http::{ApiError, App};

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
    responses((status = 204, description = "Heard"), ApiError))]
pub async fn report(State(hub): State<App>, body: Body<MachineReport>) -> Result<StatusCode, ApiError> {
    let report = body.value;
    let long = |text: &str, most: usize| text.trim().is_empty() || text.chars().count() > most;
    let mut wrong = Vec::new();
    if long(&report.machine, 64) {
        wrong.push(("machine", "name_64"));
    }
    if long(&report.nama, 60) {
        wrong.push(("nama", "name_64"));
    }
    if long(&report.mode, 20) {
        wrong.push(("mode", "name_64"));
    }
    let faults = report.devices.iter().filter_map(|device| device.fault.as_deref());
    if report.devices.len() > MOST_DEVICES || faults.into_iter().any(|fault| long(fault, 40)) {
        wrong.push(("devices", "name_64"));
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    hub.report_devices(report);
    Ok(StatusCode::NO_CONTENT)
}

/// Every machine with its devices.
#[utoipa::path(get, path = "/api/devices", tag = "staff", security(("bearer" = [])),
    responses((status = 200, body = Machines), ApiError))]
pub async fn machines(State(hub): State<App>, _staff: SignedIn) -> Json<Machines> {
    Json(Machines { machines: hub.machines() })
}
