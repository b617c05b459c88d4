//! What happens by itself every half a minute: the routines of `house.rs`, in small, bounded steps.

use std::sync::Arc;
use std::time::Duration;

use lobi_core::time::Timestamp;

use crate::http::serve::until_true;
use crate::hub::Hub;

const EVERY: Duration = Duration::from_secs(30);

/// Runs until the hub stops.
pub async fn run(hub: Arc<Hub>) {
    let mut stopping = hub.live.stopping();
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => step(&hub, hub.now()).await,
            () = until_true(&mut stopping) => return,
        }
    }
}

/// One round of all routines at `now`. One that fails is tried again next time and holds no other up.
pub async fn step(hub: &Arc<Hub>, now: Timestamp) {
    for routine in hub.hooks.routines {
        if let Err(error) = (routine.step)(Arc::clone(hub), now).await {
            tracing::warn!(routine = routine.name, %error, "housekeeping failed, it will be tried again");
        }
    }
}
