//! Whether phones reach the hub.

use serde::Serialize;
use utoipa::ToSchema;

use crate::hub::Hub;
use crate::reached::authority;

/// So many numbers of a day, and somebody would have scanned one.
const ENOUGH: usize = 10;

/// Whether phones reach the hub by the address that its QR codes hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phones {
    /// Too few numbers were given today to tell.
    Unknown,
    /// One did.
    Reached,
    /// Numbers were given, and no phone ever came: the QR codes may lead nowhere.
    Never,
}

/// Whether phones reach the hub by the address that its QR codes hold.
pub fn phones(hub: &Hub) -> Phones {
    if hub.reached.at(&authority(&hub.address())).is_some() {
        return Phones::Reached;
    }
    let memory = hub.memory();
    // Nobody scans in a demonstration.
    if memory.site.demo || memory.queue.tickets().count() < ENOUGH { Phones::Unknown } else { Phones::Never }
}
