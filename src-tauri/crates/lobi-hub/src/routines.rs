//! What happens by itself, every half a minute and after every commit that told something: the routines of `house.rs`, in
//! small, bounded steps.

use std::sync::Arc;
use std::time::Duration;

use lobi_core::time::Timestamp;

use crate::error::Result;
use crate::http::serve::until_true;
use crate::hub::Hub;

/// A small, bounded step of housekeeping: no visitor ever waits for it.
pub struct Routine {
    /// Its name in the log.
    pub name: &'static str,
    /// Does it once.
    pub step: fn(Arc<Hub>, Timestamp) -> Step,
}

/// A routine's step under way.
pub type Step = std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send>>;

const EVERY: Duration = Duration::from_secs(30);

/// Runs until the hub stops.
pub async fn run(hub: Arc<Hub>, routines: &'static [Routine]) {
    let mut stopping = hub.live.stopping();
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => step(&hub, routines, hub.now()).await,
            () = until_true(&mut stopping) => return,
        }
    }
}

/// Takes the steps that follow what happens, after every commit that told something, until the hub stops. Commits that come
/// meanwhile are followed together.
pub async fn follow(hub: Arc<Hub>, followers: &'static [Routine]) {
    let mut stopping = hub.live.stopping();
    let mut happened = hub.live.happened();
    loop {
        step(&hub, followers, hub.now()).await;
        tokio::select! {
            Ok(()) = happened.changed() => {}
            () = until_true(&mut stopping) => return,
        }
    }
}

/// One round of all routines at `now`. One that fails is tried again next time and holds no other up.
pub async fn step(hub: &Arc<Hub>, routines: &[Routine], now: Timestamp) {
    for routine in routines {
        if let Err(error) = (routine.step)(Arc::clone(hub), now).await {
            tracing::warn!(routine = routine.name, %error, "housekeeping failed, it will be tried again");
        }
    }
}
