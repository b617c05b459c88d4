//! Durable jobs: enqueued in the transaction that needs them, run after it, tried again with growing pauses, and given up
//! loudly where an admin sees it. Each kind is one row of `house.rs`.

use std::sync::Arc;
use std::time::Duration;

use lobi_core::time::Timestamp;

use crate::db::jobs::{self as rows, Job};
use crate::error::Result;
use crate::http::serve::until_true;
use crate::hub::Hub;

/// A kind of job.
pub struct JobKind {
    /// Its name.
    pub name: &'static str,
    /// How often it is tried before it is given up.
    pub tries: u32,
    /// The longest pause between two tries, in seconds.
    pub longest_pause: i64,
    /// Does it once. One that was tried may have happened already: its last fault says whether it was cut off or failed.
    pub run: fn(Arc<Hub>, Job) -> Run,
}

/// A job under way.
pub type Run = std::pin::Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// Why a job did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Worth another try.
    Again(String),
    /// Another try would fail as well: given up, for an admin to see.
    Final(String),
    /// It failed, and whoever it concerns knows already: nothing is left to do.
    Told(String),
}

/// The longest pause between two looks: a clock that jumps must not put a job off for ever.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// The pause after the first failure in seconds; it doubles with each.
const FIRST_PAUSE: i64 = 5;

/// Runs jobs until the hub stops, one after the other.
pub async fn run(hub: Arc<Hub>, kinds: &'static [JobKind]) {
    let mut stopping = hub.live.stopping();
    let wake = hub.db.jobs_wait();
    if let Err(error) = recover(&hub).await {
        tracing::error!(%error, "jobs that were cut off could not be looked at");
    }
    loop {
        let pause = match run_due(&hub, kinds).await {
            Ok(next) => next.map_or(LOOK_EVERY, |due| {
                let millis = due.millis_since(hub.now()).unsigned_abs();
                Duration::from_millis(millis).clamp(Duration::from_millis(10), LOOK_EVERY)
            }),
            Err(error) => {
                tracing::warn!(%error, "jobs could not be read, they are tried again");
                Duration::from_secs(1)
            }
        };
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(pause) => {}
            () = until_true(&mut stopping) => return,
        }
    }
}

/// Runs everything that is due; tells when the next is.
///
/// # Errors
/// A database error; what is due stays due.
pub async fn run_due(hub: &Arc<Hub>, kinds: &[JobKind]) -> Result<Option<Timestamp>> {
    while !*hub.live.stopping().borrow() {
        let now = hub.now();
        let none_due = hub.db.read(rows::next_due).await?.is_none_or(|due| due > now);
        if none_due {
            break;
        }
        let Some(job) = hub.db.write(move |tx| rows::take_due(tx.sql(), now)).await? else { break };
        run_one(hub, kinds, job).await?;
    }
    Ok(hub.db.read(rows::next_due).await?)
}

async fn run_one(hub: &Arc<Hub>, kinds: &[JobKind], job: Job) -> Result<()> {
    let id = job.id;
    let tries = job.tries + 1;
    let known = kinds.iter().find(|kind| kind.name == job.kind);
    let (ended, kind) = match known {
        None => (Err(Fault::Final("unknown kind".into())), job.kind.clone()),
        Some(kind) => {
            let name = job.kind.clone();
            // A task of its own: a job that panics is a job that failed.
            let ended = tokio::spawn((kind.run)(Arc::clone(hub), job)).await;
            let ended = ended.unwrap_or_else(|_| Err(Fault::Again("panicked".into())));
            (ended.map_err(|fault| last_try(fault, tries, kind.tries)), name)
        }
    };
    let now = hub.now();
    match ended {
        Ok(()) => {
            hub.db.write(move |tx| rows::done(tx.sql(), id)).await?;
            hub.job_ends.tell(id, &Ok(()));
        }
        Err(Fault::Again(why)) => {
            let longest = known.map_or(FIRST_PAUSE, |kind| kind.longest_pause);
            let pause = FIRST_PAUSE.saturating_mul(1 << tries.min(16).saturating_sub(1)).min(longest);
            tracing::info!(kind, why, pause, "a job failed and is tried again");
            let due = now.plus_millis(pause * 1_000);
            hub.db.write(move |tx| rows::again(tx.sql(), id, due, &why)).await?;
        }
        Err(Fault::Told(why)) => {
            hub.db.write(move |tx| rows::done(tx.sql(), id)).await?;
            hub.job_ends.tell(id, &Err(why));
        }
        Err(Fault::Final(why)) => {
            tracing::error!(kind, why, "a job was given up");
            let told = Err(why.clone());
            hub.db.write(move |tx| rows::give_up(tx.sql(), id, &why)).await?;
            hub.job_ends.tell(id, &told);
        }
    }
    Ok(())
}

/// After the last try there is no other.
fn last_try(fault: Fault, tries: u32, most: u32) -> Fault {
    match fault {
        Fault::Again(why) if tries >= most => Fault::Final(why),
        other => other,
    }
}

/// What was running when the hub ended is due again.
async fn recover(hub: &Arc<Hub>) -> Result<()> {
    let now = hub.now();
    hub.db
        .write(move |tx| {
            for job in rows::interrupted(tx.sql())? {
                tracing::warn!(kind = job.kind, about = job.about, "a job was cut off and is done again");
                rows::again(tx.sql(), job.id, now, "interrupted")?;
            }
            Ok::<_, crate::db::DbError>(())
        })
        .await?;
    Ok(())
}
