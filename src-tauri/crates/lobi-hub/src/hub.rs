//! What is open while the hub runs: the database, the board in memory, the live feed, the clock.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use lobi_core::queue::Board;
use lobi_core::time::{ServiceDay, Timestamp};
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;

use crate::announcements::Turns;
use crate::clock::{Clock, SystemClock};
use crate::db::{Change, DataFolder, Db, DbError, Event, OnceKey, StartError, WriteTx, idempotency};
use crate::devices::{self, Machine, MachineReport, Registry};
use crate::error::Result;
use crate::live::Live;
use crate::settings::Site;
use crate::staff::{Guard, StaffMember};
use crate::{db, discovery, queue, settings};

/// What a hub needs to open.
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// Serves the built UI from this folder instead of the one inside the program.
    pub ui: Option<PathBuf>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// A hub on that folder with the computer's clock.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Config { data: data.into(), ui: None, clock: Arc::new(SystemClock) }
    }
}

/// An open hub.
pub struct Hub {
    /// Durable state.
    pub db: Db,
    /// The feed to every screen.
    pub live: Live,
    /// The clock at the edge.
    pub clock: Arc<dyn Clock>,
    /// Slows down password guessing.
    pub guard: Guard,
    /// Which TV speaks in each room.
    pub turns: Turns,
    /// What every machine says about its devices.
    pub devices: Registry,
    /// The data folder's path: recordings that replace the voice pack lie in it.
    pub data: PathBuf,
    /// The folder of the UI, when it is not the embedded one.
    pub ui: Option<PathBuf>,
    listening: OnceLock<SocketAddr>,
    board: Arc<RwLock<Board>>,
    site: RwLock<Arc<Site>>,
    _folder: DataFolder,
}

/// Who acts, when, and under which idempotency key.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// The key that makes a repeat harmless.
    pub once: Option<OnceKey>,
}

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A visitor: kiosk, phone, booking page.
    Public,
    /// Somebody signed in.
    Staff(StaffMember),
    /// The hub itself: schedule, first set-up, demo.
    System,
}

impl Actor {
    /// The name in the audit trail.
    pub fn name(&self) -> String {
        match self {
            Actor::Public => "public".into(),
            Actor::Staff(staff) => format!("staff:{}", staff.id),
            Actor::System => "system".into(),
        }
    }
}

impl Caller {
    /// The hub itself, at `now`.
    pub fn system(now: Timestamp) -> Self {
        Caller { actor: Actor::System, now, once: None }
    }
}

impl Hub {
    /// Opens the data folder and loads today's board. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] with a sentence for the person who starts the hub.
    pub async fn open(config: Config) -> Result<Arc<Hub>, StartError> {
        let folder = DataFolder::lock(&config.data)?;
        let now = config.clock.now();
        let nothing_yet = ServiceDay::due(Timestamp(0), lobi_core::time::Zone::Wib, 0);
        let board = Arc::new(RwLock::new(Board::new(nothing_yet, [])));
        let (committed, to_publish) = unbounded_channel();
        let on_commit = {
            let board = Arc::clone(&board);
            move |events: Vec<Event>| {
                show(&board, &events);
                // The feed ends with the hub; until then somebody listens.
                let _ = committed.send(events);
            }
        };
        let db = Db::open(&folder, now, queue::store::NUMBERS, on_commit)?;
        let (site, today, recent) = db
            .read(|sql| {
                Ok::<_, DbError>((
                    settings::store::site(sql)?,
                    queue::store::board(sql)?,
                    db::events::latest(sql, Live::REPLAYED)?,
                ))
            })
            .await
            .map_err(|error| StartError::reading(&folder, &error))?;
        *board.write().unwrap_or_else(PoisonError::into_inner) = today;
        let live = Live::start(site.zone, &recent, to_publish);
        let hub = Hub {
            db,
            live,
            clock: config.clock,
            guard: Guard::default(),
            turns: Turns::default(),
            devices: Registry::default(),
            data: config.data,
            listening: OnceLock::new(),
            ui: config.ui,
            board,
            site: RwLock::new(Arc::new(site)),
            _folder: folder,
        };
        Ok(Arc::new(hub))
    }

    /// The board of the service day. Hold it briefly: the writer waits for it.
    pub fn board(&self) -> RwLockReadGuard<'_, Board> {
        self.board.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site's own facts.
    pub fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_site(&self, site: Site) {
        self.live.set_zone(site.zone);
        *self.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
    }

    /// Tells the hub where it answers; the first telling counts.
    pub fn listens_at(&self, address: SocketAddr) {
        let _ = self.listening.set(address);
    }

    /// The address that phones and other machines reach this hub by, without a slash at the end.
    pub fn address(&self) -> String {
        let site = self.site();
        if !site.public_address.is_empty() {
            return site.public_address.clone();
        }
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 4040));
        discovery::reachable(self.listening.get().copied().unwrap_or(nowhere))
    }

    /// A machine's word about its devices; staff hear what is new.
    pub fn report_devices(&self, report: MachineReport) {
        let now = self.clock.now();
        if self.devices.report(report, now) {
            self.live.pass(devices::CHANNEL, "DevicesChanged", json!({ "machines": self.machines() }), now);
        }
    }

    /// Every machine with its devices.
    pub fn machines(&self) -> Vec<Machine> {
        self.devices.machines(self.site().zone, self.clock.now())
    }

    /// One action: one write transaction, answered once it is on disk; under an idempotency key only once.
    ///
    /// # Errors
    /// What `work` returns, or a database error.
    pub async fn act<T>(
        self: &Arc<Self>,
        caller: Caller,
        work: impl FnOnce(&mut WriteTx<'_>, &Hub, &Caller) -> Result<T> + Send + 'static,
    ) -> Result<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    {
        let hub = Arc::clone(self);
        let run = move |tx: &mut WriteTx<'_>| {
            idempotency::once(tx, caller.once.as_ref(), caller.now, |tx| work(tx, &hub, &caller))
        };
        self.db.write(run).await
    }

    /// Stops in good order: queued work is finished and the file closed.
    pub fn close(&self) {
        self.live.stop();
        self.db.close();
    }
}

/// Brings committed events onto the board.
fn show(board: &RwLock<Board>, events: &[Event]) {
    if events.is_empty() {
        return;
    }
    let mut board = board.write().unwrap_or_else(PoisonError::into_inner);
    for event in events {
        match &event.change {
            Change::Ticket { ticket, called } => board.put(ticket.clone(), *called),
            Change::Day(day) => board.start_day(*day),
            Change::Service(service) => board.put_service(service.clone()),
            Change::None => {}
        }
        board.seq = event.seq;
    }
}
