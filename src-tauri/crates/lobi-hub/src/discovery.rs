//! Being found on the network: the hub says where it is by mDNS, machines ask who is there. A typed address always
//! works too, because some networks block multicast.

use std::net::{IpAddr, SocketAddr};

use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};
use serde::Serialize;

use crate::own_address::rank;

/// What hubs are announced as.
pub const SERVICE: &str = "_lobi._tcp.local.";
/// How often the hub looks whether the router gave it another address, in seconds.
const LOOK_FOR_NEW_ADDRESS: u32 = 2;

/// An announced hub; it is taken back when this is dropped.
pub struct Announced {
    daemon: ServiceDaemon,
    fullname: String,
}

impl Announced {
    /// Announces a hub that listens at `listening` with the site's name and id. Loopback is announced to nobody.
    ///
    /// # Errors
    /// When multicast cannot be used here; the hub works without, machines then need its typed address.
    pub fn start(
        listening: SocketAddr,
        site_id: &str,
        site_name: &str,
    ) -> Result<Option<Self>, mdns_sd::Error> {
        if listening.ip().is_loopback() {
            return Ok(None);
        }
        let daemon = ServiceDaemon::new()?;
        daemon.set_ip_check_interval(LOOK_FOR_NEW_ADDRESS)?;
        let properties = [("id", site_id), ("name", site_name), ("version", env!("CARGO_PKG_VERSION"))];
        let host = format!("lobi-{}.local.", site_id.to_lowercase());
        // A DNS label holds 63 bytes; the whole name is in the properties.
        let instance = format!("Lobi {site_id}");
        let port = listening.port();
        let service = if listening.ip().is_unspecified() {
            ServiceInfo::new(SERVICE, &instance, &host, "", port, &properties[..])?.enable_addr_auto()
        } else {
            ServiceInfo::new(SERVICE, &instance, &host, listening.ip(), port, &properties[..])?
        };
        let fullname = service.get_fullname().to_owned();
        daemon.register(service)?;
        Ok(Some(Announced { daemon, fullname }))
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        // Says goodbye, so that lists elsewhere lose it at once; a hub that crashed times out there instead.
        if let Ok(gone) = self.daemon.unregister(&self.fullname) {
            let _ = gone.recv_timeout(std::time::Duration::from_millis(500));
        }
        let _ = self.daemon.shutdown();
    }
}

/// A hub that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundHub {
    /// The site's id: stays when the address changes.
    pub id: String,
    /// The facility's name.
    pub name: String,
    /// The hub's version.
    pub version: String,
    /// Where it answers, best first: `http://192.168.1.5:4040`.
    pub addresses: Vec<String>,
}

/// Asks the network for hubs until it is dropped.
pub struct Finder {
    daemon: ServiceDaemon,
    events: mdns_sd::Receiver<ServiceEvent>,
}

impl Finder {
    /// Begins to ask.
    ///
    /// # Errors
    /// When multicast cannot be used here.
    pub fn start() -> Result<Self, mdns_sd::Error> {
        let daemon = ServiceDaemon::new()?;
        daemon.set_ip_check_interval(LOOK_FOR_NEW_ADDRESS)?;
        let events = daemon.browse(SERVICE)?;
        Ok(Finder { daemon, events })
    }

    /// Waits for the next news: a hub that is there (again, or with other addresses), or the id of one that went.
    pub async fn next(&self) -> Option<Result<FoundHub, String>> {
        loop {
            match self.events.recv_async().await.ok()? {
                ServiceEvent::ServiceResolved(service) => {
                    if let Some(hub) = found(&service) {
                        return Some(Ok(hub));
                    }
                }
                ServiceEvent::ServiceRemoved(_, fullname) => return Some(Err(id_in(&fullname))),
                _ => {}
            }
        }
    }
}

impl Drop for Finder {
    fn drop(&mut self) {
        let _ = self.daemon.shutdown();
    }
}

fn id_in(fullname: &str) -> String {
    let instance = fullname.split('.').next().unwrap_or_default();
    instance.trim_start_matches("Lobi ").to_owned()
}

fn found(service: &ResolvedService) -> Option<FoundHub> {
    let property = |key: &str| service.get_property_val_str(key).unwrap_or_default().to_owned();
    let mut ips: Vec<IpAddr> = service.addresses.iter().map(mdns_sd::ScopedIp::to_ip_addr).collect();
    ips.sort_by_key(|ip| (rank(ip), *ip));
    ips.dedup();
    let addresses: Vec<String> =
        ips.into_iter().map(|ip| format!("http://{}", SocketAddr::new(ip, service.port))).collect();
    (!addresses.is_empty()).then(|| FoundHub {
        id: property("id"),
        name: property("name"),
        version: property("version"),
        addresses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hub_on_the_own_machine_is_announced_to_nobody() {
        let announced = Announced::start(SocketAddr::from(([127, 0, 0, 1], 4040)), "SITE", "Puskesmas");
        assert!(announced.unwrap().is_none());
    }
}
