//! The job that tells another program what waits for it, oldest first.

use std::sync::Arc;

use lobi_core::webhooks::LONGEST_PAUSE;

use super::actions::tell::tell;
use super::record::{Delivery, Webhook};
use super::{due, store};
use crate::db::jobs::Job;
use crate::error::Result;
use crate::http::serve::until_true;
use crate::hub::Hub;
use crate::jobs::{Fault, JobKind, Run};

/// After so many failures in a row the other program rests.
const IN_A_ROW: u32 = 3;

/// Tells a program what is due. While it does not answer it rests, longer and longer; what it refuses holds nothing else up.
pub const TELL: JobKind = JobKind {
    name: due::TELL,
    tries: u32::MAX,
    longest_pause: LONGEST_PAUSE,
    at_once: 4,
    more: store::any_due,
    run: |hub, job| -> Run { Box::pin(run(hub, job)) },
};

async fn run(hub: Arc<Hub>, job: Job) -> Result<(), Fault> {
    let Ok(id) = job.about.parse::<i64>() else { return Err(Fault::Final("no webhook".into())) };
    let mut stopping = hub.live.stopping();
    let again = |error: crate::error::Error| Fault::Again(error.to_string());
    let (mut failed, mut after) = (0, 0);
    // Read anew for each: it may have been changed or removed meanwhile.
    while let Some((hook, delivery)) = next(&hub, id, after).await.map_err(again)? {
        after = delivery.id;
        // A hub that stops waits for nobody else: what was not noted is told again.
        let tried = tokio::select! {
            tried = tell(&hub, &hook, delivery) => tried.map_err(again)?,
            () = until_true(&mut stopping) => return Err(Fault::Again("stopping".into())),
        };
        let Some(fault) = &tried.fault else {
            failed = 0;
            continue;
        };
        failed += 1;
        if tried.nobody_there() || failed == IN_A_ROW {
            return Err(Fault::Again(fault.clone()));
        }
    }
    Ok(())
}

async fn next(hub: &Arc<Hub>, id: i64, after: i64) -> Result<Option<(Webhook, Delivery)>> {
    let now = hub.now();
    let found = hub.db.read(move |sql| {
        let Some(hook) = store::by_id(sql, id)?.filter(|hook| hook.active) else { return Ok(None) };
        Ok(store::next_delivery(sql, id, now, after)?.map(|delivery| (hook, delivery)))
    });
    Ok(found.await?)
}
