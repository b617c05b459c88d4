//! A hub as its program runs it ([`Serving`]: listening, doing its jobs and its housekeeping; on a loopback address,
//! which is announced to nobody), on a folder of its own, with a clock that the test holds. `a_hub().with(clinic()).open()`
//! opens one; `hub.visitor`, `hub.rina` … ask it.
//!
//! Housekeeping looks at the clock as the hub opens and then every half a minute of real time: a test that moves the clock and
//! wants the hub to notice without being asked calls [`TestHub::housekeeping`].

mod actor;
mod answer;
mod clinic;
mod memory;
mod opening;

use std::sync::Arc;
use std::time::Duration;

use lobi_hub::clock::{Clock, ManualClock};
use lobi_hub::serving::Serving;
use lobi_hub::{Hub, house, routines};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use actor::Actor;
pub use answer::{Answer, answer};
pub use clinic::{PASSWORD, add_colleague, clinic, set_up_site};
pub use memory::memory_is_what_a_restart_rebuilds;
use opening::Premises;
pub use opening::{MORNING, a_hub};

pub struct TestHub {
    premises: Premises,
    pub folder: Arc<TempDir>,
    pub clock: Arc<ManualClock>,
    pub address: String,
    /// Somebody on the network who is signed in nowhere: a kiosk, a TV, a phone.
    pub visitor: Actor,
    /// Of Umum and Lansia.
    pub rina: Actor,
    /// Of Gigi.
    pub dewi: Actor,
    pub admin: Actor,
    /// Nothing once the hub was stopped.
    hub: Option<Arc<Hub>>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl TestHub {
    async fn start(premises: Premises) -> Self {
        let serving = once_the_folder_is_free(&premises).await;
        let (hub, address) = (Arc::clone(&serving.hub), serving.address.to_string());
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(serving.until(async {
            let _ = stopped.await;
        }));
        let visitor = Actor::visitor(&address);
        let staff = |name| visitor.who_is(name);
        TestHub {
            folder: Arc::clone(&premises.folder),
            clock: Arc::clone(&premises.clock),
            rina: staff("rina"),
            dewi: staff("dewi"),
            admin: staff("admin"),
            hub: Some(hub),
            stop: Some(stop),
            premises,
            address,
            visitor,
            serving,
        }
    }

    /// The hub itself, for what cannot be asked from outside.
    pub fn hub(&self) -> &Arc<Hub> {
        self.hub.as_ref().unwrap()
    }

    /// Stops the hub in good order and opens the same folder again, asked to be the same; sessions go on.
    pub async fn restart(mut self) -> Self {
        let hub = self.hub.take().unwrap();
        memory_is_what_a_restart_rebuilds(&hub);
        let _ = self.stop.take().unwrap().send(());
        (&mut self.serving).await.unwrap();
        alone(hub).await;
        let mut again = Self::start(self.premises.clone()).await;
        for (actor, before) in
            [(&mut again.rina, &self.rina), (&mut again.dewi, &self.dewi), (&mut again.admin, &self.admin)]
        {
            *actor = before.at(&again.address);
        }
        again
    }

    /// A fresh session of somebody, beside any other: for tests about sessions.
    pub async fn log_in(&self, username: &str) -> Actor {
        let actor = self.visitor.who_is(username);
        actor.token().await;
        actor
    }

    /// A visitor on another machine: this computer has all of 127.0.0.0/8.
    pub fn machine(&self, last: u8) -> Actor {
        Actor::visitor_from(&self.address, [127, 0, 0, last].into())
    }

    /// What the hub does by itself every half a minute.
    pub async fn housekeeping(&self) {
        routines::step(self.hub(), &house::ROUTINES, self.clock.now()).await;
    }

    pub fn clock_later_millis(&self, millis: i64) {
        self.clock.set(self.clock.now().plus_millis(millis));
    }

    pub fn later(&self, minutes: i64) {
        self.clock.set(self.clock.now().plus_minutes(minutes));
    }
}

/// A process that another test is just starting holds every open file of this one until it has become itself, the lock of a
/// folder too: whoever opens the folder again at that moment finds it in use.
async fn once_the_folder_is_free(premises: &Premises) -> Serving {
    for _ in 0..200 {
        match Serving::start(([127, 0, 0, 1], 0).into(), premises.config()).await {
            Err(told) if told.contains("sedang dipakai") => {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            started => return started.unwrap(),
        }
    }
    panic!("somebody keeps the folder of the hub that stopped");
}

/// Waits until nobody else has a handle on the hub: its folder's lock is free then. Nothing tells of that moment, so it is
/// looked for, and has an end.
async fn alone(hub: Arc<Hub>) {
    let gone = async {
        while Arc::strong_count(&hub) > 1 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let gone = tokio::time::timeout(Duration::from_secs(20), gone).await;
    assert!(gone.is_ok(), "somebody keeps a handle on the hub that stopped");
}

impl Drop for TestHub {
    /// Every test ends with the question whether memory and disk say the same.
    fn drop(&mut self) {
        if let Some(hub) = self.hub.take().filter(|_| !std::thread::panicking()) {
            memory_is_what_a_restart_rebuilds(&hub);
        }
    }
}
