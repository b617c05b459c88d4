//! "This PC is the hub": the hub runs inside this program, in the same process, on the same data folder as the service
//! would use.

use std::net::SocketAddr;
use std::path::PathBuf;

use lobi_hub::Config;
use lobi_hub::serving::Serving;
use lobi_hub::texts::text;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::machine::{HubPlace, usual_folders};

/// The hub that runs here.
pub struct Hosting {
    /// Where it answers on this machine.
    pub url: String,
    /// The site's id.
    pub id: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

/// The port on which hubs answer.
pub const PORT: u16 = 4040;

impl Hosting {
    /// Starts the hub.
    ///
    /// # Errors
    /// A sentence for the person in front of the screen: the folder is served already, the port is taken, …
    pub async fn start(place: &HubPlace) -> Result<Hosting, String> {
        let listen = address(place)?;
        let data = if place.data.is_empty() { usual_data() } else { PathBuf::from(&place.data) };
        let serving = Serving::start(listen, Config::new(data)).await?;
        let here = SocketAddr::from(([127, 0, 0, 1], serving.address.port()));
        let address = if serving.address.ip().is_unspecified() { here } else { serving.address };
        let (stop, stopped) = oneshot::channel::<()>();
        let id = serving.hub.site().id.clone();
        let serving = tokio::spawn(serving.until(async {
            let _ = stopped.await;
        }));
        Ok(Hosting { url: format!("http://{address}"), id, stop, serving })
    }

    /// Stops the hub in good order.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.serving.await;
    }
}

/// Where a hub that runs here listens.
fn address(place: &HubPlace) -> Result<SocketAddr, String> {
    if place.listen.is_empty() {
        return Ok(SocketAddr::from(([0, 0, 0, 0], PORT)));
    }
    place.listen.parse().map_err(|_| text("shell", "bad_listen", &[("address", &place.listen)]))
}

/// Where another program of this machine may be serving the same hub: its first mode, or the service.
pub fn served_already(place: &HubPlace) -> Option<String> {
    let listening = address(place).ok()?;
    let here = SocketAddr::from(([127, 0, 0, 1], listening.port()));
    Some(format!("http://{}", if listening.ip().is_unspecified() { here } else { listening }))
}

/// Where a hub of this user keeps its data.
fn usual_data() -> PathBuf {
    usual_folders().map_or_else(|| PathBuf::from("lobi-data"), |folders| folders.data_dir().join("hub"))
}
