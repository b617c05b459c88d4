//! What clients see of the queue. Times are RFC 3339 with the site's offset.

use lobi_core::queue::next::Reason;
use lobi_core::queue::{Board, Paper, PaperState, Service, Status, Ticket};
use lobi_core::speech::Spoken;
use lobi_core::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A service as tickets name it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Poli {
    /// Its name in addresses and channels.
    #[schema(example = "umum")]
    pub slug: String,
    /// The letter its numbers begin with.
    #[schema(example = "A")]
    pub kode: String,
    /// Its name.
    #[schema(example = "Poli Umum")]
    pub nama: String,
}

impl From<&Service> for Poli {
    fn from(service: &Service) -> Self {
        Poli { slug: service.slug.clone(), kode: service.kode.clone(), nama: service.nama.clone() }
    }
}

/// A ticket on public boards and channels: no personal data, no code.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LiveTicket {
    /// Its id in staff routes.
    pub id: i64,
    /// The number as printed and called.
    #[schema(example = "A013")]
    pub nomor_antrean: String,
    /// What the visitor waits for.
    pub poli: Poli,
    /// Where it stands.
    pub status: Status,
    /// The counter it was called to.
    #[schema(required)]
    pub loket: Option<u32>,
    /// When the number was given.
    #[schema(example = "2026-11-20T09:42:00+08:00")]
    pub created_at: String,
    /// When it was called.
    #[schema(required)]
    pub called_at: Option<String>,
    /// When serving began.
    #[schema(required)]
    pub served_at: Option<String>,
    /// When it ended.
    #[schema(required)]
    pub finished_at: Option<String>,
    /// How many times it was called again.
    pub recalls: u32,
    /// What became of its paper.
    pub paper: PaperView,
}

/// What became of a ticket's paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaperView {
    /// Where it stands.
    pub state: PaperState,
    /// Why the last try failed: a printer's fault code.
    #[schema(required, example = "out_of_paper")]
    pub fault: Option<String>,
    /// How many copies (SALINAN) followed the first paper.
    pub copies: u32,
}

impl From<&Paper> for PaperView {
    fn from(paper: &Paper) -> Self {
        PaperView { state: paper.state, fault: paper.fault.clone(), copies: paper.copies }
    }
}

impl LiveTicket {
    /// The public face of a ticket of that service.
    pub fn new(ticket: &Ticket, service: &Service, zone: Zone) -> Self {
        let written = |at: Option<Timestamp>| at.map(|at| at.rfc3339(zone));
        LiveTicket {
            id: ticket.id.0,
            nomor_antrean: service.number(ticket.number),
            poli: service.into(),
            status: ticket.status,
            loket: ticket.counter.map(|counter| counter.0),
            created_at: ticket.created_at.rfc3339(zone),
            called_at: written(ticket.called_at),
            served_at: written(ticket.served_at),
            finished_at: written(ticket.finished_at),
            recalls: ticket.recalls,
            paper: (&ticket.paper).into(),
        }
    }
}

/// What an event about a ticket says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TicketEvent {
    /// The ticket after it.
    pub ticket: LiveTicket,
    /// How many wait for its service now.
    pub waiting_count: u32,
    /// How a call sounds, one sentence per language; only with `QueueCalled` and `QueueRecalled`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speech: Vec<Spoken>,
}

/// A ticket as its holder and staff see it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TicketView {
    /// What everybody may see.
    #[serde(flatten)]
    pub public: LiveTicket,
    /// Unguessable; whoever has the paper has it. Part of the address `/t/{code}`.
    #[schema(example = "7K3M9QX2AB")]
    pub code: String,
    /// Place in the line, 1 = next; nothing unless it waits.
    #[schema(required)]
    pub position: Option<usize>,
    /// Expected wait; nothing when there is too little to say.
    #[schema(required)]
    pub estimated_wait_minutes: Option<u32>,
}

impl TicketView {
    /// A ticket with `ahead` people before it, if it waits.
    pub fn new(
        public: LiveTicket,
        ticket: &Ticket,
        ahead: Option<usize>,
        board: &Board,
        now: Timestamp,
    ) -> Self {
        TicketView {
            public,
            code: ticket.code.clone(),
            position: ahead.map(|ahead| ahead + 1),
            estimated_wait_minutes: ahead.and_then(|ahead| board.estimate(ticket.service, ahead, now)),
        }
    }

    /// A ticket of the board, with its place there.
    pub fn on_board(ticket: &Ticket, board: &Board, zone: Zone, now: Timestamp) -> Option<Self> {
        let public = LiveTicket::new(ticket, board.service(ticket.service)?, zone);
        Some(TicketView::new(public, ticket, board.ahead_of(ticket), board, now))
    }
}

/// One ticket.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TicketAnswer {
    /// The ticket.
    pub ticket: TicketView,
}

/// What a visitor sends to get a number.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The service's slug.
    #[schema(example = "umum")]
    pub poli: String,
    /// Name, 1–100 characters.
    pub nama: Option<String>,
    /// NIK: 16 digits with a real date of birth.
    #[schema(example = "7371115708900001")]
    pub nik: Option<String>,
    /// BPJS number: 13 digits.
    pub no_bpjs: Option<String>,
    /// Telephone in any usual Indonesian spelling.
    #[schema(example = "0812-3456-7890")]
    pub no_hp: Option<String>,
    /// From afar or on the spot (the default).
    pub cara_daftar: Option<CaraDaftar>,
    /// Whether the machine that asks will print the ticket: its paper is then `queued` until it reports.
    pub cetak: Option<bool>,
}

/// How a visitor registered.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CaraDaftar {
    /// From afar.
    Online,
    /// On the spot.
    #[default]
    Offline,
}

impl CaraDaftar {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            CaraDaftar::Online => "online",
            CaraDaftar::Offline => "offline",
        }
    }
}

/// A service that gives numbers now.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenService {
    /// Its name in addresses and channels.
    pub slug: String,
    /// The letter its numbers begin with.
    pub kode: String,
    /// Its name in Indonesian.
    pub nama: String,
    /// Its name in English.
    pub nama_en: String,
    /// A lucide icon name.
    pub icon: String,
    /// Whether its visitors are called before others.
    pub priority: bool,
    /// How many wait.
    pub waiting_count: usize,
    /// Expected wait of somebody who comes now; nothing when there is too little to say.
    #[schema(required)]
    pub estimated_wait_minutes: Option<u32>,
}

/// The open services.
#[derive(Debug, Serialize, ToSchema)]
pub struct Services {
    /// In the site's order.
    pub services: Vec<OpenService>,
    /// The last event that this answer contains.
    pub seq: i64,
}

/// What a TV shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Display {
    /// Called or at a counter now, newest call first.
    pub current: Vec<LiveTicket>,
    /// The last five called, newest first.
    pub recent: Vec<LiveTicket>,
    /// How many wait.
    pub waiting_count: usize,
    /// The last event that this answer contains.
    pub seq: i64,
}

/// A ticket as anybody may ask for it by number.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueStatus {
    /// The number.
    pub nomor_antrean: String,
    /// What it waits for.
    pub poli: Poli,
    /// Where it stands.
    pub status: Status,
    /// Place in the line, 1 = next.
    #[schema(required)]
    pub position: Option<usize>,
    /// Expected wait; nothing when there is too little to say.
    #[schema(required)]
    pub estimated_wait_minutes: Option<u32>,
    /// The counter it was called to.
    #[schema(required)]
    pub loket: Option<u32>,
    /// When it was called.
    #[schema(required)]
    pub called_at: Option<String>,
}

/// A counter that staff can sit at.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterView {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub nama: String,
    /// What it serves.
    pub services: Vec<Poli>,
    /// Whether you may call there.
    pub allowed: bool,
    /// Who is there now.
    #[schema(required)]
    pub current: Option<LiveTicket>,
}

/// All counters.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counters {
    /// By number.
    pub counters: Vec<CounterView>,
}

/// A ticket in the staff's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardTicket {
    /// The ticket.
    #[serde(flatten)]
    pub ticket: TicketView,
    /// The visitor's name, if told.
    #[schema(required)]
    pub nama: Option<String>,
    /// How the visitor registered.
    pub cara_daftar: String,
    /// Whether its service has priority.
    pub priority: bool,
}

/// Counts of the own services today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    /// Done.
    pub selesai: usize,
    /// Waiting.
    pub menunggu: usize,
    /// Called or at a counter.
    pub dipanggil: usize,
    /// Skipped and not returned.
    pub dilewati: usize,
    /// Mean length of the recent visits in minutes.
    #[schema(required)]
    pub rata_rata_menit: Option<f64>,
}

/// Who is called next at the counter asked for, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct Upcoming {
    /// The ticket's id.
    pub id: i64,
    /// Its number.
    pub nomor_antrean: String,
    /// Why it.
    pub reason: Reason,
    /// How many regular numbers are still called before the waiting priority one.
    pub regular_before_priority: u32,
}

/// A page of the own services' tickets today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dashboard {
    /// Waiting ones first, in the order of their numbers' age; then the others, newest first.
    pub tickets: Vec<DashboardTicket>,
    /// Counts.
    pub stats: Stats,
    /// Who is next at `loket`; nothing when nobody waits or no counter was named.
    #[schema(required)]
    pub upcoming: Option<Upcoming>,
    /// This page, from 1.
    pub page: usize,
    /// Tickets per page.
    pub per_page: usize,
    /// Tickets in all.
    pub total: usize,
    /// The next page, if there is one.
    #[schema(required)]
    pub next: Option<usize>,
    /// The last event that this answer contains.
    pub seq: i64,
}

/// The counter that calls.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallNext {
    /// Its number.
    pub loket: u32,
}

/// Where to call a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallTicket {
    /// The counter; may be left out when calling again, or when only one counter can be meant.
    pub loket: Option<u32>,
}
