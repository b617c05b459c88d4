//! Behind a proxy on this machine (nginx, Caddy): who really asked, and by which name. What a proxy adds is believed only from
//! this machine itself; whoever connects from elsewhere could write anything.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
pub(super) const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Who asks: the last address that a proxy on this machine names, or whoever connected.
pub fn asker(peer: Option<SocketAddr>, headers: &HeaderMap) -> IpAddr {
    let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else { return IpAddr::from([0, 0, 0, 0]) };
    let named = text(headers, &FORWARDED_FOR).and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    named.filter(|_| peer.is_loopback()).unwrap_or(peer)
}

/// Whether a page of that `Origin` is the hub's own: asked by the same name, by the name that a proxy on this machine heard,
/// or by the address that an admin wrote down. Programs send no origin.
pub fn is_own_page(headers: &HeaderMap, peer: IpAddr, public_address: &str) -> bool {
    let Some(origin) = text(headers, &header::ORIGIN) else { return true };
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let page = with_port(scheme, authority);
    let heard = text(headers, &FORWARDED_HOST).filter(|_| peer.is_loopback());
    let names = [text(headers, &header::HOST), heard];
    let asked = names.into_iter().flatten().any(|name| {
        // A proxy often hands on the bare name, without the port that the browser used.
        with_port(scheme, name) == page
            || !has_port(name) && peer.is_loopback() && name == without_port(authority)
    });
    let known = public_address.split_once("://").map(|(scheme, rest)| {
        let authority = rest.split('/').next().unwrap_or_default();
        with_port(scheme, authority)
    });
    asked || known.is_some_and(|known| known == page)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Name and port, the port that the scheme means where none is written.
fn with_port(scheme: &str, authority: &str) -> String {
    let authority = authority.to_ascii_lowercase();
    match scheme {
        _ if has_port(&authority) => authority,
        "https" | "wss" => format!("{authority}:443"),
        _ => format!("{authority}:80"),
    }
}

fn has_port(authority: &str) -> bool {
    authority.rsplit_once(':').is_some_and(|(name, port)| {
        !port.is_empty()
            && port.bytes().all(|b| b.is_ascii_digit())
            && (!name.contains(':') || name.ends_with(']'))
    })
}

/// The name alone.
pub(super) fn without_port(authority: &str) -> &str {
    if has_port(authority) {
        authority.rsplit_once(':').map_or(authority, |(name, _)| name)
    } else {
        authority
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 9));

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn own(peer: IpAddr, public: &str, pairs: &[(&'static str, &str)]) -> bool {
        is_own_page(&headers(pairs), peer, public)
    }

    #[test]
    fn a_page_is_the_hubs_own_by_every_name_that_a_proxy_makes_of_it() {
        // Asked directly.
        assert!(own(THERE, "", &[("origin", "http://192.168.1.5:4040"), ("host", "192.168.1.5:4040")]));
        assert!(own(THERE, "", &[("origin", "http://hub"), ("host", "hub:80")]));
        // nginx: proxy_set_header Host $host, on 443 and on another port.
        assert!(own(HERE, "", &[("origin", "https://antrean.id"), ("host", "antrean.id")]));
        assert!(own(HERE, "", &[("origin", "https://antrean.id"), ("host", "antrean.id:443")]));
        assert!(own(HERE, "", &[("origin", "https://antrean.id:8443"), ("host", "antrean.id")]));
        // nginx without it: the name of the upstream, and what it heard beside it.
        let upstream = ("host", "127.0.0.1:4040");
        let heard = ("x-forwarded-host", "antrean.id");
        assert!(own(HERE, "", &[("origin", "https://antrean.id"), upstream, heard]));
        // A proxy on another machine: the address that the admin wrote down.
        for public in ["https://antrean.id", "https://antrean.id:443", "https://antrean.id/antrean"] {
            assert!(own(THERE, public, &[("origin", "https://antrean.id"), ("host", "10.0.0.7:4040")]));
        }
    }

    #[test]
    fn a_page_from_elsewhere_stays_one() {
        let foreign = ("origin", "https://jahat.example");
        for peer in [HERE, THERE] {
            assert!(!own(peer, "https://antrean.id", &[foreign, ("host", "antrean.id")]));
            assert!(!own(peer, "", &[foreign, ("host", "127.0.0.1:4040")]));
            assert!(!own(peer, "", &[foreign]));
        }
        // Whoever connects from elsewhere may write what they like.
        assert!(!own(THERE, "", &[foreign, ("host", "hub"), ("x-forwarded-host", "jahat.example")]));
        // Another service of the same machine is another page.
        assert!(!own(THERE, "", &[("origin", "http://192.168.1.5:8080"), ("host", "192.168.1.5:4040")]));
        assert!(!own(THERE, "", &[("origin", "null"), ("host", "192.168.1.5:4040")]));
    }

    #[test]
    fn who_asked_is_who_the_proxy_of_this_machine_names() {
        let peer = |ip| Some(SocketAddr::new(ip, 5));
        let named = headers(&[("x-forwarded-for", "1.1.1.1, 192.168.1.44")]);
        assert_eq!(asker(peer(HERE), &named), IpAddr::from([192, 168, 1, 44]));
        assert_eq!(asker(peer(THERE), &named), THERE, "anybody could write that");
        assert_eq!(asker(peer(HERE), &HeaderMap::new()), HERE);
        assert_eq!(asker(peer(HERE), &headers(&[("x-forwarded-for", "unknown")])), HERE);
        assert_eq!(asker(None, &named), IpAddr::from([0, 0, 0, 0]));
    }
}
