//! What is open while the hub runs: the database, the state in memory, the live feed, the clock. Knows no subject.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use lobi_core::memory::Memory;
use lobi_core::site::Site;
use lobi_core::site::day::LastSeen;
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::Connection;
use tokio::sync::mpsc::unbounded_channel;

use crate::act::Today;
use crate::config::Config;
use crate::db::{Commit, DataFolder, Db, StartError, events};
use crate::hashing::Hashing;
use crate::hooks::Hooks;
use crate::job_ends::JobEnds;
use crate::limits::Limits;
use crate::live::{Committed, Live};
use crate::outgoing::Outgoing;
use crate::own_address::OwnAddress;
use crate::passing::Passing;
use crate::reached::Reached;

/// An open hub.
pub struct Hub {
    /// How it was asked to be.
    pub config: Config,
    /// What the subjects hang into it.
    pub hooks: &'static Hooks,
    /// Durable state.
    pub db: Db,
    /// The feed to every screen.
    pub live: Live,
    /// Who waits for the end of which job.
    pub job_ends: JobEnds,
    /// What is true only while the hub runs.
    pub passing: Passing,
    /// The door to other machines.
    pub outgoing: Outgoing,
    /// The line for password hashes.
    pub hashing: Hashing,
    /// How much anybody may ask.
    pub limits: Limits,
    listening: OnceLock<SocketAddr>,
    /// By which of its addresses others come.
    pub own_address: OwnAddress,
    /// By which of them a phone really opened a page.
    pub reached: Reached,
    memory: Arc<RwLock<Memory>>,
    /// How often memory had to be built anew because a change could not be taken in.
    rebuilt: Arc<AtomicU64>,
    /// When the clock was last believed while the hub ran; 0: not yet.
    seen: AtomicI64,
    _folder: DataFolder,
}

impl Hub {
    /// Opens the data folder and builds the state in memory. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] with a sentence for the person who starts the hub.
    pub async fn open(config: Config, hooks: &'static Hooks) -> Result<Arc<Hub>, StartError> {
        let folder = DataFolder::lock(&config.data)?;
        let now = config.clock.now();
        let (committed, to_publish) = unbounded_channel();
        let memory = Arc::new(RwLock::new(Memory::default()));
        let rebuilt = Arc::new(AtomicU64::new(0));
        let on_commit = {
            let (memory, rebuilt) = (Arc::clone(&memory), Arc::clone(&rebuilt));
            move |sql: &Connection, commit: Commit| {
                let Commit { events, changes, .. } = commit;
                if let Some(last) = events.last() {
                    let seq = last.seq;
                    take_in(&memory, &rebuilt, sql, hooks, |memory| memory.apply(seq, changes));
                }
                let zone = read(&memory).site.zone;
                // The feed ends with the hub; until then somebody listens.
                let _ = committed.send(Committed { events, zone });
            }
        };
        let db = Db::open(&folder, &config.db, now, hooks.numbers, on_commit)?;
        let (built, recent) = db
            .read(move |sql| Ok(((hooks.rebuild)(sql)?, events::latest(sql, Live::REPLAYED)?)))
            .await
            .map_err(|error| StartError::reading(folder.newest_backup(), &error))?;
        let zone = built.site.zone;
        *memory.write().unwrap_or_else(PoisonError::into_inner) = built;
        let live = Live::start(config.live, zone, &recent, to_publish);
        Ok(Arc::new(Hub {
            job_ends: JobEnds::default(),
            db,
            live,
            hooks,
            passing: Passing::default(),
            outgoing: Outgoing::default(),
            hashing: Hashing::default(),
            limits: Limits::new(config.limits, config.live.connections),
            listening: OnceLock::new(),
            own_address: OwnAddress::default(),
            reached: Reached::default(),
            memory,
            rebuilt,
            seen: AtomicI64::new(0),
            config,
            _folder: folder,
        }))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.config.clock.now()
    }

    /// The state in memory. Hold it briefly: the writer waits for it.
    pub fn memory(&self) -> RwLockReadGuard<'_, Memory> {
        read(&self.memory)
    }

    /// The site's own facts.
    pub fn site(&self) -> Arc<Site> {
        Arc::clone(&self.memory().site)
    }

    /// How often the state in memory had to be built anew.
    pub fn times_rebuilt(&self) -> u64 {
        self.rebuilt.load(Ordering::Relaxed)
    }

    /// When the clock was last believed.
    pub fn last_seen(&self) -> LastSeen {
        match self.seen.load(Ordering::Relaxed) {
            0 => LastSeen::BeforeStart,
            at => LastSeen::Running(Timestamp(at)),
        }
    }

    /// Looks at the clock: believed unless it asks for a day that is doubted. Tells that day.
    ///
    /// # Errors
    /// A database error.
    pub async fn look_at_clock(&self, now: Timestamp) -> Result<Option<ServiceDay>, crate::db::DbError> {
        let (today, seen) = (self.hooks.day.today, self.last_seen());
        let Today { doubted, .. } = self.db.read(move |sql| today(sql, now, seen)).await?;
        if doubted.is_none() {
            self.seen.store(now.0, Ordering::Relaxed);
        }
        Ok(doubted)
    }

    /// Tells the hub where it answers; the first telling counts.
    pub fn listens_at(&self, address: SocketAddr) {
        let _ = self.listening.set(address);
    }

    /// Where it answers; nothing before it does.
    pub fn listening(&self) -> Option<SocketAddr> {
        self.listening.get().copied()
    }

    /// The address that phones and other machines reach this hub by, without a slash at the end.
    pub fn address(&self) -> String {
        let site = self.site();
        if !site.public_address.is_empty() {
            return site.public_address.clone();
        }
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 4040));
        self.own_address.reachable(self.listening().unwrap_or(nowhere))
    }

    /// Tells what is true only now and is not kept, on one channel.
    pub fn pass(&self, channel: &str, kind: &str, data: impl serde::Serialize) {
        let zone = self.site().zone;
        self.live.pass(channel, kind, data, self.now(), zone);
    }

    /// Stops in good order: queued work is finished and the file closed.
    pub fn close(&self) {
        self.live.stop();
        self.db.close();
    }
}

fn read(memory: &RwLock<Memory>) -> RwLockReadGuard<'_, Memory> {
    memory.read().unwrap_or_else(PoisonError::into_inner)
}

/// Brings a commit into memory. What cannot be taken in is a fault of ours, never a reason to stop: memory is then built
/// anew from disk.
fn take_in(
    memory: &RwLock<Memory>,
    rebuilt: &AtomicU64,
    sql: &Connection,
    hooks: &Hooks,
    apply: impl FnOnce(&mut Memory),
) {
    let mut memory = memory.write().unwrap_or_else(PoisonError::into_inner);
    if catch_unwind(AssertUnwindSafe(|| apply(&mut memory))).is_ok() {
        return;
    }
    rebuilt.fetch_add(1, Ordering::Relaxed);
    match (hooks.rebuild)(sql) {
        Ok(fresh) => {
            tracing::error!("a change could not be taken in; the state in memory was built anew from disk");
            *memory = fresh;
        }
        Err(error) => tracing::error!(%error, "the state in memory is stale: it could not be built anew"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static HOOKS: Hooks = Hooks {
        numbers: crate::db::Numbers { given: |_| unreachable!("not asked here"), not_again: |_, _| Ok(()) },
        rebuild: |_| Ok(Memory { seq: 7, ..Memory::default() }),
        day: crate::act::DayHooks {
            today: |_, _, _| unreachable!("not asked here"),
            roll: |_, _| unreachable!("not asked here"),
        },
        whose: |_, _, _| unreachable!("not asked here"),
        whose_key: |_, _, _| unreachable!("not asked here"),
        outward: &[],
        called: |_, _| unreachable!("not asked here"),
    };

    #[test]
    fn memory_that_cannot_take_a_change_in_is_built_anew_from_disk() {
        let (memory, rebuilt) = (RwLock::new(Memory::default()), AtomicU64::new(0));
        let sql = Connection::open_in_memory().unwrap();
        take_in(&memory, &rebuilt, &sql, &HOOKS, |memory| {
            memory.seq = 99;
            panic!("half done");
        });
        assert_eq!((read(&memory).seq, rebuilt.load(Ordering::Relaxed)), (7, 1));
        take_in(&memory, &rebuilt, &sql, &HOOKS, |memory| memory.seq = 8);
        assert_eq!((read(&memory).seq, rebuilt.load(Ordering::Relaxed)), (8, 1), "the lock is usable");
    }
}
