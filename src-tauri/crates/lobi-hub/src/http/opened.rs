//! Notes that a phone opened a page of its own, by which of the hub's addresses.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};

use super::App;
use super::proxy::FORWARDED_HOST;
use crate::reached::authority;

/// The page of a test by phone; beside it only pages of tickets (`/t/…`) are opened by phones alone.
const TEST_PAGE: &str = "buka";

/// A page was asked for by `peer`. Noted where it is a phone's page, from another machine, by an address of this hub: anything
/// else says nothing about QR codes. Who forges it lights up a tick and no more.
pub fn note(hub: &App, path: &str, peer: IpAddr, headers: &HeaderMap) {
    let of_phones = path == TEST_PAGE || path.strip_prefix("t/").is_some_and(|code| !code.is_empty());
    if !of_phones || hub.own_address.is_own(peer) {
        return;
    }
    let named = headers.get(&FORWARDED_HOST).or_else(|| headers.get(header::HOST));
    let name = named.and_then(|name| name.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    if hub.reached.at(&name).is_none() && leads_here(hub, &name) {
        hub.reached.note(&name, hub.now());
    }
}

/// Whether that is an address of this hub: one of the machine's, or the one that an admin wrote down.
fn leads_here(hub: &App, name: &str) -> bool {
    let Some(listening) = hub.listening() else { return false };
    let mut addresses = hub.own_address.all(listening).into_iter();
    name == authority(&hub.address())
        || addresses.any(|card| name == SocketAddr::new(card.ip, listening.port()).to_string())
}
