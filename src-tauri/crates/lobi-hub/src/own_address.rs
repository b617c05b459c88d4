//! By which of its addresses other machines reach this one. A PC has many: the card of the network, a VPN, virtual machines, a
//! phone on its USB port. A QR code with the wrong one leads nowhere.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer holds: asking the system for its cards is slow.
const HOLDS: Duration = Duration::from_secs(2);

/// Beginnings of the names of cards that lead to no visitor's phone: bridges of containers and virtual machines, VPNs.
const ELSEWHERE: [&str; 26] = [
    "docker",
    "br-",
    "virbr",
    "veth",
    "vboxnet",
    "vmnet",
    "vnet",
    "lxc",
    "cni",
    "flannel",
    "podman",
    "tun",
    "tap",
    "wg",
    "ppp",
    "utun",
    "zt",
    "tailscale",
    "nordlynx",
    "vethernet",
    "virtualbox",
    "vmware",
    "zerotier",
    "openvpn",
    "wireguard",
    "hamachi",
];

/// An address of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The card's name, as the system calls it.
    pub name: String,
    /// One of its addresses.
    pub ip: IpAddr,
}

impl Card {
    /// Whether a phone in the waiting room could be on its other side.
    pub fn leads_elsewhere(&self) -> bool {
        let name = self.name.to_lowercase();
        ELSEWHERE.iter().any(|own| name.starts_with(own)) || name.contains("wsl") || name.contains("virtual")
    }
}

/// What the system says of itself.
#[derive(Clone, Default)]
struct System {
    cards: Vec<Card>,
    /// The address of the default route.
    routed: Option<IpAddr>,
}

/// This machine's addresses, and by which of them others came.
#[derive(Default)]
pub struct OwnAddress {
    known: Mutex<Option<(Instant, System)>>,
    arrived: Mutex<HashMap<IpAddr, u64>>,
}

impl OwnAddress {
    /// The address that machines on the network reach a hub by that listens at `listening`.
    pub fn reachable(&self, listening: SocketAddr) -> String {
        let ip = if listening.ip().is_unspecified() { self.best() } else { listening.ip() };
        format!("http://{}", SocketAddr::new(ip, listening.port()))
    }

    /// The addresses that a hub which listens at `listening` may be reached by, the likeliest first.
    pub fn all(&self, listening: SocketAddr) -> Vec<Card> {
        if !listening.ip().is_unspecified() {
            return vec![Card { name: String::new(), ip: listening.ip() }];
        }
        let System { cards, routed } = self.system();
        let arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
        let mut cards: Vec<Card> = cards.into_iter().filter(|card| rank(&card.ip) <= 4).collect();
        cards.sort_by_key(|card| order(card, routed, &arrived));
        cards
    }

    /// Whether that is this machine itself.
    pub fn is_own(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        peer == Ipv4Addr::LOCALHOST
            || peer == Ipv6Addr::LOCALHOST
            || self.system().cards.iter().any(|card| card.ip == peer)
    }

    /// Somebody connected to this address of ours.
    pub fn note(&self, peer: IpAddr, own: IpAddr) {
        let (peer, own) = (peer.to_canonical(), own.to_canonical());
        // This machine reaches itself by any of its addresses: that says nothing about others.
        if peer != own && !peer.is_loopback() {
            let mut arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
            // A machine has a handful of addresses.
            if arrived.len() < 64 || arrived.contains_key(&own) {
                *arrived.entry(own).or_default() += 1;
            }
        }
    }

    fn best(&self) -> IpAddr {
        let System { cards, routed } = self.system();
        choose(&cards, routed, &self.arrived.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn system(&self) -> System {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.as_ref().is_none_or(|(at, _)| at.elapsed() >= HOLDS) {
            *known = Some((Instant::now(), System { cards: cards(), routed: routed() }));
        }
        known.as_ref().map(|(_, system)| system.clone()).unwrap_or_default()
    }
}

/// As [`OwnAddress::reachable`], for a program that serves nobody yet.
pub fn reachable(listening: SocketAddr) -> String {
    OwnAddress::default().reachable(listening)
}

fn cards() -> Vec<Card> {
    let cards = if_addrs::get_if_addrs().unwrap_or_default().into_iter();
    cards.filter(|card| !card.is_loopback()).map(|card| Card { ip: card.ip(), name: card.name }).collect()
}

/// The address that this machine would send from to the rest of the world. Nothing is sent.
fn routed() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is kept for documents (RFC 5737): the default route leads there.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|own| own.ip()).filter(|ip| !ip.is_unspecified() && !ip.is_loopback())
}

/// The best of them: the one by which most came; else the one of the default route, unless that is a VPN's; else the most
/// ordinary one.
fn choose(cards: &[Card], routed: Option<IpAddr>, arrived: &HashMap<IpAddr, u64>) -> IpAddr {
    let best = cards.iter().min_by_key(|card| order(card, routed, arrived));
    best.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |card| card.ip)
}

/// What makes one come before another.
fn order(card: &Card, routed: Option<IpAddr>, arrived: &HashMap<IpAddr, u64>) -> impl Ord + use<> {
    let came = arrived.get(&card.ip).copied().unwrap_or(0);
    let distant = rank(&card.ip) > 3;
    (
        came == 0,
        u64::MAX - came,
        card.leads_elsewhere(),
        distant,
        routed != Some(card.ip),
        rank(&card.ip),
        card.ip,
    )
}

/// IPv4 of a private network first, as people know it; link-local addresses, which need a zone, last.
pub fn rank(ip: &IpAddr) -> u8 {
    match ip {
        IpAddr::V4(ip) if ip.is_loopback() => 5,
        IpAddr::V4(ip) if ip.is_link_local() => 4,
        IpAddr::V4(ip) if ip.is_private() => 0,
        IpAddr::V4(_) => 1,
        IpAddr::V6(ip) if (ip.segments()[0] & 0xffc0) == 0xfe80 || ip.is_loopback() => 6,
        IpAddr::V6(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(cards: &[(&str, &str)], routed: &str, arrived: &[(&str, u64)]) -> String {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let cards: Vec<Card> =
            cards.iter().map(|(name, at)| Card { name: (*name).into(), ip: ip(at) }).collect();
        let arrived = arrived.iter().map(|(at, times)| (ip(at), *times)).collect();
        choose(&cards, routed.parse().ok(), &arrived).to_string()
    }

    #[test]
    fn the_card_of_the_network_is_found_among_all_others() {
        let lan = ("eth0", "192.168.1.5");
        for other in [
            ("tun0", "10.8.0.6"),
            ("wg0", "10.7.0.2"),
            ("zt7nnig26", "10.147.17.3"),
            ("tailscale0", "100.101.1.2"),
            ("docker0", "172.17.0.1"),
            ("vboxnet0", "192.168.56.1"),
            ("virbr0", "192.168.122.1"),
            ("vEthernet (WSL)", "172.22.176.1"),
            ("VirtualBox Host-Only Network", "192.168.56.1"),
            ("VMware Network Adapter VMnet8", "192.168.100.1"),
            ("ZeroTier One [8056c2e21c000001]", "10.147.17.3"),
            ("OpenVPN TAP-Windows6", "10.8.0.6"),
        ] {
            for cards in [[lan, other], [other, lan]] {
                // Also where the VPN has taken the default route.
                assert_eq!(chosen(&cards, lan.1, &[]), lan.1, "beside {}", other.0);
                assert_eq!(chosen(&cards, other.1, &[]), lan.1, "behind {}", other.0);
            }
        }
    }

    #[test]
    fn of_two_real_cards_the_one_of_the_default_route_counts() {
        let cards = [("eth0", "10.0.0.9"), ("wlan0", "192.168.43.7"), ("usb0", "172.20.10.2")];
        for (_, ip) in cards {
            assert_eq!(chosen(&cards, ip, &[]), ip);
        }
        assert_eq!(chosen(&cards, "", &[]), "10.0.0.9", "without a route: the first");
    }

    #[test]
    fn where_machines_really_connect_outranks_every_guess() {
        let cards = [("eth0", "192.168.1.5"), ("Ethernet 2", "192.168.77.1"), ("tun0", "10.8.0.6")];
        assert_eq!(chosen(&cards, "192.168.1.5", &[("192.168.77.1", 3)]), "192.168.77.1");
        assert_eq!(chosen(&cards, "192.168.1.5", &[("10.8.0.6", 9), ("192.168.1.5", 2)]), "10.8.0.6");
        assert_eq!(chosen(&cards, "192.168.1.5", &[("192.168.9.9", 50)]), "192.168.1.5", "that card is gone");
    }

    #[test]
    fn what_needs_explaining_comes_last() {
        let cards = [("a", "fe80::1"), ("b", "169.254.3.4"), ("c", "fd00::5"), ("d", "8.8.8.8")];
        assert_eq!(chosen(&cards, "", &[]), "8.8.8.8");
        assert_eq!(chosen(&cards[..3], "169.254.3.4", &[]), "fd00::5");
        assert_eq!(chosen(&[], "", &[]), "127.0.0.1");
    }

    #[test]
    fn a_hub_that_listens_on_one_address_is_reached_there() {
        assert_eq!(reachable(SocketAddr::from(([127, 0, 0, 1], 4040))), "http://127.0.0.1:4040");
        assert_eq!(reachable(SocketAddr::from(([192, 168, 1, 5], 80))), "http://192.168.1.5:80");
        assert_eq!(reachable("[fd00::5]:4040".parse().unwrap()), "http://[fd00::5]:4040");
    }

    #[test]
    fn every_address_that_a_phone_could_use_is_offered_the_likeliest_first() {
        let own = OwnAddress::default();
        let card = |name: &str, ip: &str| Card { name: name.into(), ip: ip.parse().unwrap() };
        let cards = vec![
            card("tun0", "10.8.0.6"),
            card("eth0", "fe80::5"),
            card("wlan0", "192.168.43.7"),
            card("eth0", "192.168.1.5"),
        ];
        let routed = Some("192.168.1.5".parse().unwrap());
        *own.known.lock().unwrap() = Some((Instant::now() + HOLDS * 100, System { cards, routed }));
        let everywhere = "[::]:4040".parse().unwrap();
        let offered =
            |own: &OwnAddress| own.all(everywhere).iter().map(|card| card.ip.to_string()).collect::<Vec<_>>();
        assert_eq!(offered(&own), ["192.168.1.5", "192.168.43.7", "10.8.0.6"]);
        own.note("192.168.43.99".parse().unwrap(), "192.168.43.7".parse().unwrap());
        assert_eq!(offered(&own)[0], "192.168.43.7", "where machines really connect");
        assert_eq!(own.all("10.8.0.6:4040".parse().unwrap()).len(), 1, "it listens only there");
        for (peer, is_own) in [
            ("192.168.1.5", true),
            ("::ffff:10.8.0.6", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("192.168.1.6", false),
        ] {
            assert_eq!(own.is_own(peer.parse().unwrap()), is_own, "{peer}");
        }
    }

    #[test]
    fn only_other_machines_tell_by_which_address_we_are_reached() {
        let own = OwnAddress::default();
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        own.note(ip("127.0.0.1"), ip("127.0.0.1"));
        own.note(ip("192.168.1.5"), ip("192.168.1.5"));
        own.note(ip("192.168.1.44"), ip("::ffff:192.168.1.5"));
        let arrived = own.arrived.lock().unwrap();
        assert_eq!(arrived.iter().collect::<Vec<_>>(), [(&ip("192.168.1.5"), &1)]);
    }
}
