//! "This PC is the hub": the hub runs inside this program, in the same process, on the same data folder as the service
//! would use.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinHandle;

use crate::from_hub::{Config, Serving, text};
use crate::hub::finder::site_at;
use crate::hub::transport::Transport;
use crate::machine::file::usual_folders;
use crate::machine::settings::HubPlace;

/// The port on which hubs answer.
pub const PORT: u16 = 4040;

/// The hub that runs here, if one does.
#[derive(Default)]
pub struct Hosting {
    /// Held while a hub is being started or stopped, which takes its time.
    running: Mutex<Option<Running>>,
    /// What is known without waiting for that.
    runs: AtomicBool,
}

struct Running {
    /// Where it answers on this machine.
    url: String,
    /// The site's id.
    id: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Hosting {
    /// Whether the hub runs in this program. Never waits: a window asks when it is closed. A hub that is just being
    /// started does not run yet.
    pub fn runs(&self) -> bool {
        self.runs.load(Ordering::Acquire)
    }

    /// Goes to the hub that `place` names; starts it where it is to run here, stops one that is not to run any more.
    ///
    /// # Errors
    /// A sentence for the person in front of the screen when the hub cannot run here.
    pub async fn connect(&self, transport: &Transport, place: &HubPlace) -> Result<(), String> {
        let mut running = self.running.lock().await;
        if !place.here {
            self.stop(&mut running).await;
            transport.go_to(&place.url, &place.id);
            return Ok(());
        }
        if running.is_none() {
            match Running::start(place).await {
                Ok(started) => *running = Some(started),
                // A second mode beside the first on the hub's own PC: the hub is here all the same.
                Err(sentence) => {
                    let url = served_already(place).ok_or_else(|| sentence.clone())?;
                    // Also when nobody answers yet: that is where the hub will be.
                    if !place.id.is_empty() {
                        transport.go_to(&url, &place.id);
                    }
                    site_at(&url).await.ok().filter(|site| site.id == place.id).ok_or(sentence)?;
                }
            }
        }
        if let Some(running) = running.as_ref() {
            self.runs.store(true, Ordering::Release);
            transport.go_to(&running.url, &running.id);
        }
        Ok(())
    }

    /// Stops the hub in good order.
    pub async fn close(&self) {
        self.stop(&mut *self.running.lock().await).await;
    }

    async fn stop(&self, running: &mut Option<Running>) {
        if let Some(hub) = running.take() {
            let _ = hub.stop.send(());
            let _ = hub.serving.await;
        }
        self.runs.store(false, Ordering::Release);
    }
}

impl Running {
    async fn start(place: &HubPlace) -> Result<Running, String> {
        let listen = address(place)?;
        let data = if place.data.is_empty() { usual_data() } else { PathBuf::from(&place.data) };
        let config = Config::read(data, std::env::vars()).map_err(|error| error.to_string())?;
        let serving = Serving::start(listen, config).await?;
        let here = SocketAddr::from(([127, 0, 0, 1], serving.address.port()));
        let address = if serving.address.ip().is_unspecified() { here } else { serving.address };
        let (stop, stopped) = oneshot::channel::<()>();
        let id = serving.hub.site().id.clone();
        let serving = tokio::spawn(serving.until(async {
            let _ = stopped.await;
        }));
        Ok(Running { url: format!("http://{address}"), id, stop, serving })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::finder::Neighbours;

    fn here(folder: &tempfile::TempDir, listen: &str) -> HubPlace {
        let data = folder.path().join("hub").display().to_string();
        HubPlace { here: true, data, listen: listen.into(), ..HubPlace::default() }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn this_pc_becomes_the_hub_and_a_second_mode_finds_it_there() {
        let folder = tempfile::tempdir().unwrap();
        let (first, transport) = (Hosting::default(), Transport::new(Neighbours::default()));
        first.connect(&transport, &here(&folder, "127.0.0.1:0")).await.unwrap();
        assert!(first.runs());
        let (url, id) = transport.place();
        assert_eq!(site_at(&url).await.unwrap().id, id);

        let (second, way) = (Hosting::default(), Transport::new(Neighbours::default()));
        let listen = url.trim_start_matches("http://");
        let same = HubPlace { id: id.clone(), ..here(&folder, listen) };
        second.connect(&way, &same).await.unwrap();
        assert_eq!((second.runs(), way.place()), (false, (url.clone(), id.clone())));
        // Somebody else's hub at that address is not ours.
        let other = HubPlace { id: "ANOTHER".into(), ..here(&folder, listen) };
        assert!(second.connect(&way, &other).await.is_err());

        let elsewhere = HubPlace { url: "http://192.0.2.1:4040/".into(), ..HubPlace::default() };
        first.connect(&transport, &elsewhere).await.unwrap();
        assert_eq!((first.runs(), transport.place().0.as_str()), (false, "http://192.0.2.1:4040"));
        assert!(site_at(&url).await.is_err(), "it was stopped");
    }

    /// The window's thread asks this when a window is closed; it used to wait until a hub had been started.
    #[tokio::test]
    async fn whether_a_hub_runs_is_known_without_waiting_for_one_that_is_being_started() {
        let hosting = Hosting::default();
        let _being_started = hosting.running.lock().await;
        assert!(!hosting.runs());
    }
}
