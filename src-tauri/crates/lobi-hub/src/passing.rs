//! What is true only while the hub runs: machines that report, voices that speak, passwords that were guessed. Never on disk.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lobi_core::access::guessing::Guesses;
use lobi_core::devices::machines::Machines;
use lobi_core::speech::voices::Voices;
use lobi_core::time::Timestamp;
use lobi_devices::printer::escpos::EscposPrinter;

/// Sessions and keys whose use is noted at once.
const USES: usize = 10_000;

/// The states, each behind its own lock; none is held across an await.
#[derive(Default)]
pub struct Passing {
    machines: Mutex<Machines>,
    voices: Mutex<Voices>,
    guesses: Mutex<Guesses<std::net::IpAddr>>,
    used: Mutex<HashMap<[u8; 32], Timestamp>>,
    setup_code: Mutex<Option<(String, Timestamp)>>,
    printer: Arc<tokio::sync::Mutex<Option<EscposPrinter>>>,
    /// Whether an admin chose the site's printer only since the start: then nobody knows yet whether it is one.
    pub printer_is_new: AtomicBool,
}

impl Passing {
    /// What every machine says about its devices.
    pub fn machines(&self) -> MutexGuard<'_, Machines> {
        lock(&self.machines)
    }

    /// Which TV speaks in each room.
    pub fn voices(&self) -> MutexGuard<'_, Voices> {
        lock(&self.voices)
    }

    /// Waits for the turn to print on the site's printer; it is over when the value is dropped. The printer that was used
    /// last is in it, with what was learned of its habits.
    pub async fn printer_turn(&self) -> tokio::sync::OwnedMutexGuard<Option<EscposPrinter>> {
        Arc::clone(&self.printer).lock_owned().await
    }

    /// Notes that the session or key with this digest was used; at most ten thousand of them wait to be written down.
    pub fn note_use(&self, digest: [u8; 32], now: Timestamp) {
        let mut used = lock(&self.used);
        if used.len() < USES || used.contains_key(&digest) {
            used.insert(digest, now);
        }
    }

    /// What was used since this was asked last.
    pub fn take_used(&self) -> Vec<([u8; 32], Timestamp)> {
        std::mem::take(&mut *lock(&self.used)).into_iter().collect()
    }

    /// The code with which a fresh hub is set up from another machine, good until that moment.
    pub fn setup_code(&self) -> MutexGuard<'_, Option<(String, Timestamp)>> {
        lock(&self.setup_code)
    }

    /// Wrong passwords.
    pub fn guesses(&self) -> MutexGuard<'_, Guesses<std::net::IpAddr>> {
        lock(&self.guesses)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
