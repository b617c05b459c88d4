//! Which names the hub answers to. A web page elsewhere that points its own name at the hub's address (DNS rebinding) would
//! otherwise read the hub with a visitor's browser.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

use super::App;
use super::proxy::without_port;

/// Whether it was asked by one of the hub's own names.
pub fn asked_by_own_name(hub: &App, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    // A request without a host comes from a program, never from a browser.
    host.is_none_or(|host| is_own(host, &hub.site().public_address))
}

/// Whether a `Host` header names this hub: any address, `localhost`, a name of this network, or the site's own.
fn is_own(host: &str, public_address: &str) -> bool {
    let name = without_port(host);
    // An address cannot be made to point elsewhere.
    if name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return true;
    }
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let own =
        public_address.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    // Names without a dot and `.local` are never looked up on the internet.
    name == "localhost"
        || name.ends_with(".local")
        || (!name.is_empty() && !name.contains('.'))
        || name == without_port(own).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hub_answers_to_its_own_names_only() {
        for host in [
            "192.168.1.5:4040",
            "192.168.1.5",
            "[fd00::5]:4040",
            "127.0.0.1:80",
            "localhost:4040",
            "LOCALHOST",
            "lobi-abc.local:4040",
            "hub-puskesmas:4040",
            "antrean.puskesmas.id",
            "antrean.puskesmas.id:443",
        ] {
            assert!(is_own(host, "https://antrean.puskesmas.id"), "{host}");
        }
        for host in [
            "jahat.example",
            "jahat.example:4040",
            "antrean.puskesmas.id.jahat.example",
            "",
            "1.2.3.4.nip.io",
        ] {
            assert!(!is_own(host, "https://antrean.puskesmas.id"), "{host}");
        }
    }
}
