//! A hub at work: opened, listening, found on the network, stopped in good order. The windowless program and the
//! desktop program that is the hub itself both run it from here.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::discovery::Announced;
use crate::hub::Hub;
use crate::texts::text;
use crate::{house, http, jobs, router, routines};

/// How often the hub looks whether the site has another name.
const LOOK_FOR_NAME: Duration = Duration::from_secs(5);

/// A hub that answers; it does so until [`Serving::until`] ends.
pub struct Serving {
    /// The hub.
    pub hub: Arc<Hub>,
    /// Where it answers.
    pub address: SocketAddr,
    listener: TcpListener,
    announced: JoinHandle<()>,
    housekeeping: JoinHandle<()>,
    jobs: JoinHandle<()>,
}

impl Serving {
    /// Opens the data folder and listens.
    ///
    /// # Errors
    /// A sentence for the person who starts it: the address or the folder is taken, the data cannot be opened.
    pub async fn start(listen: SocketAddr, config: Config) -> Result<Serving, String> {
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
        let jobs = tokio::spawn(jobs::run(hub.clone(), &house::JOBS));
        Ok(Serving { hub, address, listener, announced, housekeeping, jobs })
    }

    /// Answers until `asked_to_stop` is done; then requests under way are finished and the file is closed.
    pub async fn until(self, asked_to_stop: impl Future<Output = ()> + Send + 'static) {
        let Serving { hub, listener, announced, housekeeping, jobs, .. } = self;
        let stopping = {
            let hub = hub.clone();
            async move {
                asked_to_stop.await;
                tracing::info!("stopping: requests under way are finished");
                hub.live.stop();
            }
        };
        let limits = hub.config.http;
        http::serve::serve(listener, router::router(hub.clone()), limits, stopping).await;
        let _ = announced.await;
        hub.live.drained().await;
        let _ = housekeeping.await;
        let _ = jobs.await;
        let _ = tokio::task::spawn_blocking(move || hub.close()).await;
    }
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
