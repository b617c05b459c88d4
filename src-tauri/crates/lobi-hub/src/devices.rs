//! The devices of all machines of the site: who has what, and what is wrong with it.

pub mod printer;
mod registry;
pub mod routes;

pub use registry::{DeviceKind, DeviceReport, DeviceState, Machine, MachineReport, Registry};

/// The staff's channel that hears every change.
pub const CHANNEL: &str = "devices";
