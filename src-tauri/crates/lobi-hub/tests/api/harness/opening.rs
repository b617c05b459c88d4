//! How a test's hub is asked to be: `a_hub().with(clinic()).http(…).at(…).open()`.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use lobi_core::time::Timestamp;
use lobi_hub::clock::{Clock, ManualClock};
use lobi_hub::config::{HttpConfig, LimitsConfig, LiveConfig};
use lobi_hub::{Config, Hub};
use tempfile::TempDir;

use super::TestHub;

/// 2026-11-20 09:00 WITA.
pub const MORNING: Timestamp = Timestamp(1_795_136_400_000);

/// An empty site in the morning, on a folder of its own, that counts nothing; whatever else is wanted is said next.
pub fn a_hub() -> Opening {
    let premises = Premises {
        folder: Arc::new(tempfile::tempdir().unwrap()),
        clock: Arc::new(ManualClock::at(MORNING)),
        http: HttpConfig::default(),
        live: LiveConfig::default(),
        limits: None,
        ui: None,
    };
    Opening { premises, furnishings: Vec::new() }
}

/// What stays the same over a restart.
#[derive(Clone)]
pub(super) struct Premises {
    pub folder: Arc<TempDir>,
    pub clock: Arc<ManualClock>,
    http: HttpConfig,
    live: LiveConfig,
    limits: Option<LimitsConfig>,
    ui: Option<PathBuf>,
}

impl Premises {
    pub fn config(&self) -> Config {
        let testing = Config::for_testing(self.folder.path(), Arc::clone(&self.clock) as Arc<dyn Clock>);
        Config {
            http: self.http,
            live: self.live,
            limits: self.limits,
            ui: self.ui.clone().or(testing.ui.clone()),
            ..testing
        }
    }
}

/// What a hub is filled with once it is open: a clinic, and what later subjects bring.
pub struct Furnishing(Box<dyn FnOnce(Arc<Hub>, Timestamp) -> Placing>);

type Placing = Pin<Box<dyn Future<Output = ()>>>;

impl Furnishing {
    pub fn new<F>(place: impl FnOnce(Arc<Hub>, Timestamp) -> F + 'static) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        Furnishing(Box::new(|hub, now| Box::pin(place(hub, now))))
    }
}

#[must_use]
pub struct Opening {
    premises: Premises,
    furnishings: Vec<Furnishing>,
}

impl Opening {
    pub fn with(mut self, furnishing: Furnishing) -> Self {
        self.furnishings.push(furnishing);
        self
    }

    /// Serves the screens from this folder.
    pub fn ui(mut self, folder: PathBuf) -> Self {
        self.premises.ui = Some(folder);
        self
    }

    pub fn http(mut self, http: HttpConfig) -> Self {
        self.premises.http = http;
        self
    }

    pub fn live(mut self, live: LiveConfig) -> Self {
        self.premises.live = live;
        self
    }

    /// The hub counts what it is asked.
    pub fn limits(mut self, limits: LimitsConfig) -> Self {
        self.premises.limits = Some(limits);
        self
    }

    pub fn at(self, now: Timestamp) -> Self {
        self.premises.clock.set(now);
        self
    }

    pub async fn open(self) -> TestHub {
        let hub = TestHub::start(self.premises).await;
        for Furnishing(place) in self.furnishings {
            place(Arc::clone(hub.hub()), hub.clock.now()).await;
        }
        hub
    }
}
