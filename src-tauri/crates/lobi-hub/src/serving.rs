//! A hub at work: opened, listening, found on the network, stopped in good order. The windowless program and the
//! desktop program that is the hub itself both run it from here.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::config::{Config, HttpConfig, LiveConfig};
use crate::discovery::Announced;
use crate::hub::Hub;
use crate::texts::text;
use crate::{house, http, jobs, router, routines};

/// How often the hub looks whether the site has another name.
const LOOK_FOR_NAME: Duration = Duration::from_secs(5);

/// Files that the hub itself keeps open, the database above all.
const OWN_FILES: usize = 128;

/// A hub that answers; it does so until [`Serving::until`] ends.
pub struct Serving {
    /// The hub.
    pub hub: Arc<Hub>,
    /// Where it answers.
    pub address: SocketAddr,
    listener: TcpListener,
    announced: JoinHandle<()>,
    housekeeping: JoinHandle<()>,
    following: JoinHandle<()>,
    jobs: JoinHandle<()>,
}

impl Serving {
    /// Opens the data folder and listens.
    ///
    /// # Errors
    /// A sentence for the person who starts it: the address or the folder is taken, the data cannot be opened.
    pub async fn start(listen: SocketAddr, config: Config) -> Result<Serving, String> {
        if config.limits.is_none() {
            // Without budgets the first machine that floods it stops the whole site.
            if !listen.ip().to_canonical().is_loopback() {
                return Err(text("hub_start", "LIMITS_OFF", &[("address", &listen.to_string())]));
            }
            tracing::warn!("LOBI_LIMITS=off: nothing is counted, for benches and tests only");
        }
        let config = fitting(config, open_files());
        // The port first: a hub that cannot be reached must not touch data.
        let taken = |error: std::io::Error| {
            let values = [("address", listen.to_string()), ("reason", error.to_string())];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            text("hub_start", "ADDRESS_IN_USE", &values)
        };
        let listener = http::serve::listen(listen).map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        let hub = house::open(config).await.map_err(|error| error.sentence())?;
        hub.listens_at(address);
        let announced = tokio::spawn(keep_announced(hub.clone(), address));
        let housekeeping = tokio::spawn(routines::run(hub.clone(), &house::ROUTINES));
        let following = tokio::spawn(routines::follow(hub.clone(), &house::FOLLOWERS));
        let jobs = tokio::spawn(jobs::run(hub.clone(), &house::JOBS));
        Ok(Serving { hub, address, listener, announced, housekeeping, following, jobs })
    }

    /// Answers until `asked_to_stop` is done; then requests under way are finished and the file is closed.
    pub async fn until(self, asked_to_stop: impl Future<Output = ()> + Send + 'static) {
        let Serving { hub, listener, announced, housekeeping, following, jobs, .. } = self;
        let stopping = {
            let hub = hub.clone();
            async move {
                asked_to_stop.await;
                tracing::info!("stopping: requests under way are finished");
                hub.live.stop();
            }
        };
        let limits = hub.config.http;
        let arrived = |peer, own| hub.own_address.note(peer, own);
        http::serve::serve(listener, router::router(hub.clone()), limits, arrived, stopping).await;
        let _ = announced.await;
        hub.live.drained().await;
        let _ = housekeeping.await;
        let _ = following.await;
        let _ = jobs.await;
        let _ = tokio::task::spawn_blocking(move || hub.close()).await;
    }
}

/// As many connections as the system lets this program open, and of those a part for listening: who asks finds a place
/// however many listen.
fn fitting(config: Config, files: Option<u64>) -> Config {
    let files = files.and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX);
    let connections = config.http.connections.min(files.saturating_sub(OWN_FILES).max(16));
    let listening = config.live.connections.min(connections / 4 * 3);
    if (connections, listening) != (config.http.connections, config.live.connections) {
        tracing::warn!(
            connections,
            listening,
            "fewer connections than configured fit into the limit of open files"
        );
    }
    let http = HttpConfig { connections, ..config.http };
    let live = LiveConfig { connections: listening, ..config.live };
    Config { http, live, ..config }
}

/// How many files this program may have open.
fn open_files() -> Option<u64> {
    #[cfg(unix)]
    return rlimit::Resource::NOFILE.get_soft().ok();
    #[cfg(not(unix))]
    None
}

/// Says on the network that the hub is here, under the name that the site has by now, until the hub stops. Without
/// multicast machines need its typed address.
async fn keep_announced(hub: Arc<Hub>, address: SocketAddr) {
    let mut stopping = hub.live.stopping();
    let mut known = None;
    let mut announced = None;
    loop {
        let site = hub.site();
        if known.as_ref() != Some(&site.name) {
            // The old name says goodbye before the new one is told.
            drop(announced.take());
            announced = Announced::start(address, &site.id, &site.name)
                .inspect_err(|error| tracing::warn!(%error, "mDNS does not work here; machines need the hub's address"))
                .ok()
                .flatten();
            known = Some(site.name.clone());
        }
        tokio::select! {
            () = http::serve::until_true(&mut stopping) => break,
            () = tokio::time::sleep(LOOK_FOR_NAME) => {}
        }
    }
    let _ = tokio::task::spawn_blocking(move || drop(announced)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_leave_room_for_requests_whatever_the_system_allows() {
        let fitted = |files| {
            let Config { http, live, .. } = fitting(Config::new("nowhere"), files);
            (http.connections, live.connections)
        };
        let usual = Config::new("nowhere");
        assert_eq!(fitted(None), (usual.http.connections, usual.live.connections));
        assert_eq!(fitted(Some(65_536)), fitted(None));
        assert_eq!(fitted(Some(1_024)), (896, 672));
        assert_eq!(fitted(Some(64)), (16, 12));
    }
}
