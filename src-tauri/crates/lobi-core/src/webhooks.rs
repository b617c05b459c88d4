//! Telling other programs what happened: which machines may be told, and how long one is tried that does not answer.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::names::named;
use crate::time::Timestamp;

named! {
    /// How it stands with telling one thing.
    pub enum DeliveryState {
        /// It is to be told, now or later.
        Due = "due",
        /// It arrived.
        Done = "done",
        /// It did not, and is tried no more.
        GivenUp = "given_up",
    }
}

/// How long an event is tried to be told, in days.
pub const TRIED_DAYS: i64 = 3;
/// The pause after the first failure in seconds; it doubles with each.
const FIRST_PAUSE: i64 = 5;
/// The longest pause in seconds: whoever mends their program is told within the hour.
pub const LONGEST_PAUSE: i64 = 3_600;

/// When what could not be told at `now` is tried again, after so many tries; nothing: it is given up, three days after it
/// happened.
pub fn next_try(happened: Timestamp, now: Timestamp, tries: u32) -> Option<Timestamp> {
    let pause = FIRST_PAUSE.saturating_mul(1 << tries.clamp(1, 20).saturating_sub(1)).min(LONGEST_PAUSE);
    let next = now.plus_millis(pause * 1_000);
    (next <= happened.plus_minutes(TRIED_DAYS * 24 * 60)).then_some(next)
}

/// Where a machine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the internet.
    Internet,
    /// On the site's own network, or this machine.
    Lan,
    /// Nowhere that a request should go: an address of many, of a link, of a cloud's own services, or one that hides another.
    Nowhere,
}

/// Where the machine with that address stands. The special blocks are those of IANA's registries (RFC 6890 and after).
pub fn place(ip: IpAddr) -> Place {
    match ip.to_canonical() {
        IpAddr::V4(ip) => place_v4(ip),
        IpAddr::V6(ip) => place_v6(ip),
    }
}

fn place_v4(ip: Ipv4Addr) -> Place {
    let [a, b, c, _] = ip.octets();
    match (a, b) {
        // Carriers' own networks (RFC 6598): Tailscale lives there as well.
        (100, 64..=127) => Place::Lan,
        _ if ip.is_loopback() || ip.is_private() => Place::Lan,
        // This network, benchmarks (RFC 2544), protocol assignments, relays of 6to4, and all from 224 on
        (0, _) | (198, 18..=19) | (224.., _) => Place::Nowhere,
        (192, 0) if c == 0 => Place::Nowhere,
        (192, 88) if c == 99 => Place::Nowhere,
        _ if ip.is_link_local() || ip.is_documentation() => Place::Nowhere,
        _ => Place::Internet,
    }
}

fn place_v6(ip: Ipv6Addr) -> Place {
    let [a, b, ..] = ip.segments();
    match a {
        _ if ip.is_loopback() => Place::Lan,
        0xfc00..=0xfdff => Place::Lan,
        // Teredo, ORCHID and documentation; 6to4, which hides an IPv4 address
        0x2001 if b < 0x200 || b == 0xdb8 => Place::Nowhere,
        0x2002 => Place::Nowhere,
        0x2000..=0x3fff => Place::Internet,
        _ => Place::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_for_three_days_in_growing_pauses_of_an_hour_at_most() {
        let happened = Timestamp(1_000_000);
        let (mut now, mut tries, mut pauses) = (happened, 0, Vec::new());
        loop {
            tries += 1;
            let Some(next) = next_try(happened, now, tries) else { break };
            pauses.push(next.millis_since(now) / 1_000);
            now = next;
        }
        assert_eq!(pauses[..11], [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600]);
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]), "{pauses:?}");
        let hours = now.millis_since(happened) / 3_600_000;
        assert!((71..=72).contains(&hours), "the last try is {hours} hours after it happened");
        assert_eq!(next_try(happened, happened, u32::MAX).unwrap().millis_since(happened), 3_600_000);
    }

    #[test]
    fn every_kind_of_address_is_known_for_what_it_is() {
        let all = |place: Place, addresses: &[&str]| {
            for address in addresses {
                assert_eq!(super::place(address.parse().unwrap()), place, "{address}");
            }
        };
        all(
            Place::Internet,
            &["8.8.8.8", "103.10.4.2", "100.63.0.1", "192.0.1.1", "2404:6800::1", "2001:200::1"],
        );
        all(
            Place::Lan,
            &[
                "127.0.0.1",
                "10.0.0.5",
                "172.16.3.1",
                "172.31.0.1",
                "192.168.1.5",
                "100.64.0.1",
                "::1",
                "fd00::5",
            ],
        );
        // An IPv4 address in an IPv6 one is what it is
        all(Place::Lan, &["::ffff:192.168.1.5", "::ffff:127.0.0.1"]);
        all(
            Place::Nowhere,
            &[
                "0.0.0.0",
                "169.254.169.254",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "192.88.99.1",
                "::",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:c0a8:105::1",
                "64:ff9b::c0a8:105",
                "::ffff:169.254.169.254",
                "fec0::1",
            ],
        );
    }
}
