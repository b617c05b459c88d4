//! Where another program answers: an address that somebody typed, checked before it is kept.

use std::net::SocketAddr;

use axum::http::Uri;
use lobi_core::webhooks::{Place, place};

use crate::outgoing::literal;

/// The longest address in bytes.
const LONGEST: usize = 1_000;

/// The address as it is asked for.
///
/// # Errors
/// The sentence (section `fields`) that says what is wrong: it is none, it names a person or a password, it is not `https` although
/// the internet is meant, or leads to a machine that may not be told.
pub fn checked(typed: &str, lan: bool, own: Option<SocketAddr>) -> Result<Uri, &'static str> {
    let typed = typed.trim();
    let uri: Uri = (typed.len() <= LONGEST).then(|| typed.parse().ok()).flatten().ok_or("webhook_url")?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("webhook_url");
    };
    if authority.as_str().contains('@') || authority.host().is_empty() {
        return Err("webhook_url");
    }
    let ip = literal(authority.host());
    let secure = match scheme {
        "https" => true,
        "http" => false,
        _ => return Err("webhook_url"),
    };
    if ip.is_some_and(|ip| place(ip) == Place::Nowhere) {
        return Err("webhook_url");
    }
    if !lan && (!secure || ip.is_some_and(|ip| place(ip) == Place::Lan) || authority.host() == "localhost") {
        return Err("webhook_lan");
    }
    // Without TLS only what stays on the own network.
    if !secure && ip.is_some_and(|ip| place(ip) != Place::Lan) {
        return Err("webhook_https");
    }
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let this_machine = authority.host() == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
    if own.is_some_and(|own| own.port() == port && (this_machine || ip == Some(own.ip()))) {
        return Err("webhook_self");
    }
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_only_where_it_leads_to_somebody_who_may_be_told() {
        let own = Some(SocketAddr::from(([192, 168, 1, 5], 4040)));
        let told = |typed: &str, lan| checked(typed, lan, own).map(|uri| uri.to_string());
        for (typed, lan) in [
            ("https://n8n.klinik.id/webhook/antrean", false),
            ("https://n8n.klinik.id:8443/a?b=c", false),
            ("https://8.8.8.8/x", false),
            ("http://192.168.1.9:5678/webhook/1", true),
            ("http://localhost:5678/", true),
            ("http://n8n.local:5678/", true),
            ("https://10.0.0.3/x", true),
        ] {
            assert!(told(typed, lan).is_ok(), "{typed} {lan}");
        }
        assert_eq!(told("  https://n8n.klinik.id/a  ", false).as_deref(), Ok("https://n8n.klinik.id/a"));
        for (typed, lan, wrong) in [
            ("", false, "webhook_url"),
            ("n8n.klinik.id", false, "webhook_url"),
            ("ftp://n8n.klinik.id/", true, "webhook_url"),
            ("https://rina:rahasia@n8n.klinik.id/", false, "webhook_url"),
            ("https:///x", true, "webhook_url"),
            ("https://169.254.169.254/latest", true, "webhook_url"),
            ("http://n8n.klinik.id/", false, "webhook_lan"),
            ("https://192.168.1.9/", false, "webhook_lan"),
            ("https://localhost/", false, "webhook_lan"),
            ("https://[::1]/", false, "webhook_lan"),
            ("http://8.8.8.8/", true, "webhook_https"),
            ("http://localhost:4040/api/register", true, "webhook_self"),
            ("http://127.0.0.1:4040/", true, "webhook_self"),
            ("http://192.168.1.5:4040/", true, "webhook_self"),
        ] {
            assert_eq!(told(typed, lan).unwrap_err(), wrong, "{typed} {lan}");
        }
        assert_eq!(told(&format!("https://a.id/{}", "x".repeat(2_000)), false).unwrap_err(), "webhook_url");
    }
}
