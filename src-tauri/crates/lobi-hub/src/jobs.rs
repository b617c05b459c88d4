//! Durable jobs: enqueued in the transaction that needs them, run after it, tried again with growing pauses, and given up
//! loudly where an admin sees it. Each kind is one row of `house.rs`, and none waits for another.

use std::sync::Arc;
use std::time::Duration;

use lobi_core::time::Timestamp;
use tokio::task::JoinSet;

use crate::db::jobs::{self as rows, Job, More};
use crate::db::{DbError, WriteTx};
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
    /// How many of them run at once.
    pub at_once: usize,
    /// Whether there is more to do about the same thing when it has just been done: what came while it ran, and found it running.
    pub more: More,
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

/// Runs jobs until the hub stops.
pub async fn run(hub: Arc<Hub>, kinds: &'static [JobKind]) {
    let mut stopping = hub.live.stopping();
    let wake = hub.db.jobs_wait();
    if let Err(error) = recover(&hub).await {
        tracing::error!(%error, "jobs that were cut off could not be looked at");
    }
    let mut under_way = UnderWay::new(kinds);
    loop {
        let pause = match under_way.begin_due(&hub).await {
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
            true = under_way.one_ends() => {}
            () = until_true(&mut stopping) => break,
        }
    }
    // Whoever has begun ends; what is cut off all the same is done again at the next start.
    while under_way.one_ends().await {}
}

/// Runs everything that is due; tells when the next is.
///
/// # Errors
/// A database error; what is due stays due.
pub async fn run_due(hub: &Arc<Hub>, kinds: &'static [JobKind]) -> Result<Option<Timestamp>> {
    let mut under_way = UnderWay::new(kinds);
    loop {
        let next = under_way.begin_due(hub).await?;
        if !under_way.one_ends().await {
            return Ok(next);
        }
    }
}

/// Jobs that run.
struct UnderWay {
    kinds: &'static [JobKind],
    /// Each tells its kind when it ends.
    running: JoinSet<String>,
    /// Their kinds.
    names: Vec<String>,
}

impl UnderWay {
    fn new(kinds: &'static [JobKind]) -> Self {
        UnderWay { kinds, running: JoinSet::new(), names: Vec::new() }
    }

    /// Begins everything that is due, of each kind as many as run at once; tells when the next is due of those that could begin.
    async fn begin_due(&mut self, hub: &Arc<Hub>) -> Result<Option<Timestamp>> {
        loop {
            let full = self.full();
            let asked = full.clone();
            let next = hub.db.read(move |sql| rows::next_due(sql, &asked)).await?;
            let now = hub.now();
            if *hub.live.stopping().borrow() || next.is_none_or(|due| due > now) {
                return Ok(next);
            }
            let Some(job) = hub.db.write(move |tx| rows::take_due(tx.sql(), now, &full)).await? else {
                continue;
            };
            let (hub, kinds, kind) = (Arc::clone(hub), self.kinds, job.kind.clone());
            self.names.push(kind.clone());
            self.running.spawn(async move {
                if let Err(error) = run_one(&hub, kinds, job).await {
                    tracing::error!(%error, kind, "how a job ended could not be written; it is done again at the next start");
                }
                kind
            });
        }
    }

    /// The kinds of which no other may begin now.
    fn full(&self) -> Vec<&'static str> {
        let running = |name: &str| self.names.iter().filter(|running| *running == name).count();
        self.kinds.iter().filter(|kind| running(kind.name) >= kind.at_once).map(|kind| kind.name).collect()
    }

    /// Waits until one ends; false when none runs.
    async fn one_ends(&mut self) -> bool {
        match self.running.join_next().await {
            None => false,
            Some(ended) => {
                // What a job does runs in a task of its own: this one does not panic.
                let ended = ended.unwrap_or_default();
                if let Some(at) = self.names.iter().position(|name| *name == ended) {
                    self.names.swap_remove(at);
                }
                true
            }
        }
    }
}

async fn run_one(hub: &Arc<Hub>, kinds: &'static [JobKind], job: Job) -> Result<()> {
    let (id, about) = (job.id, job.about.clone());
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
            let more = known.map(|kind| kind.more);
            let ended = move |tx: &mut WriteTx<'_>| match more {
                Some(more) if more(tx.sql(), &about, now)? => rows::anew(tx.sql(), id, now),
                _ => rows::done(tx.sql(), id),
            };
            hub.db.write(ended).await?;
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
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(())
}
