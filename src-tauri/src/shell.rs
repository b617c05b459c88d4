//! What the running program holds: this machine's settings, its way to the hub, its devices. Nothing here knows windows.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::devices::printer::Printing;
use crate::devices::viewing::Viewing;
use crate::devices::voice::Voice;
use crate::hub::finder::Neighbours;
use crate::hub::hosting::Hosting;
use crate::hub::live::Live;
use crate::hub::transport::Transport;
use crate::machine::settings::{HubPlace, Machine};
use crate::machine::settled::Settled;

/// What every command may reach.
pub struct Shell {
    /// This machine.
    pub settings: Arc<Settled>,
    /// The hubs on this network.
    pub neighbours: Neighbours,
    /// The way to the hub.
    pub transport: Arc<Transport>,
    /// Live connections of pages.
    pub live: Live,
    /// The hub, where it runs in this program.
    pub hosting: Hosting,
    /// The printer.
    pub printing: Printing,
    /// The voice.
    pub voice: Voice,
    /// The camera, while a window looks through it.
    pub viewing: Viewing,
    /// Whether this program is to begin anew once it has ended in good order.
    pub begin_anew: AtomicBool,
}

impl Shell {
    /// A machine with these settings that is connected to no hub yet.
    pub fn new(settings: Settled) -> Shell {
        let neighbours = Neighbours::default();
        Shell {
            printing: Printing::new(settings.machine().printer),
            settings: Arc::new(settings),
            transport: Transport::new(neighbours.clone()),
            neighbours,
            live: Live::default(),
            hosting: Hosting::default(),
            voice: Voice::default(),
            viewing: Viewing::default(),
            begin_anew: AtomicBool::new(false),
        }
    }

    /// This machine as it is now.
    pub fn machine(&self) -> Machine {
        self.settings.machine()
    }

    /// Goes to the hub that `place` names, which may be to run here; pages connect anew.
    ///
    /// # Errors
    /// A sentence for the person in front of the screen when the hub cannot run here.
    pub async fn connect(&self, place: &HubPlace) -> Result<(), String> {
        self.hosting.connect(&self.transport, place).await?;
        self.live.close_all();
        Ok(())
    }

    /// Ends what a window used that is gone: its camera and its live connections.
    pub fn forget_window(&self) {
        self.viewing.close();
        self.live.close_all();
    }
}
