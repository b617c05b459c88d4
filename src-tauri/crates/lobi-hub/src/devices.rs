//! The devices of all machines of the site, and the site's own printer on the network.

pub mod actions;
pub mod routes;
pub mod site_printer;
mod test_page;

/// The staff's channel that hears every change.
pub const CHANNEL: &str = "devices";
/// What a change is called there.
pub const CHANGED: &str = "DevicesChanged";
