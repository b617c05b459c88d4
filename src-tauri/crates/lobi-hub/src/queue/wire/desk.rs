//! What staff send and see: counters, the day's list, who is next.

use lobi_core::queue::CounterState;
use lobi_core::queue::next::Reason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::classes::Kelas;
use super::ticket::{LiveTicket, TicketView};
use crate::live::presence::Seated;
use crate::wire::Poli;

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
    /// Which of the staff sit there now, the first one first.
    pub petugas: Vec<Seated>,
    /// Who is there now.
    #[schema(required)]
    pub current: Option<LiveTicket>,
    /// Whether somebody is to be expected there.
    pub keadaan: CounterState,
    /// Why it pauses; empty otherwise.
    pub alasan: String,
    /// Since when it is open, paused or closed; nothing: since the day began.
    #[schema(required)]
    pub sejak: Option<String>,
}

/// Why a counter pauses.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// For colleagues and the record, 1–100 characters.
    #[schema(example = "Istirahat")]
    pub alasan: String,
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
    /// The visitor's record, where they are known.
    #[schema(required)]
    pub pasien: Option<i64>,
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
    /// Its priority class.
    #[schema(required)]
    pub kelas: Option<Kelas>,
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
    /// The address of the next page, if there is one.
    #[schema(required)]
    pub next: Option<String>,
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
    /// Why somebody who waits is called before their turn, for the record; at most 200 characters. Needed unless it is their turn.
    #[schema(example = "Harus segera ke IGD")]
    pub alasan: Option<String>,
}

/// Where a visitor is sent: to a service, to a counter, or to a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The slug of an open service; with a counter or a person: what they wait for there, where that is not clear.
    #[schema(example = "farmasi")]
    pub poli: Option<String>,
    /// The counter that alone calls them.
    pub loket: Option<u32>,
    /// The sign-in name of who alone calls them, at the counter where they sit now.
    pub petugas: Option<String>,
    /// Why, for the record; at most 200 characters.
    #[serde(default)]
    #[schema(example = "Perlu obat")]
    pub alasan: String,
}

/// Which counter takes over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Its number.
    #[schema(example = 2)]
    pub ke: u32,
}

/// The word that ends all of today's open numbers.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResetWish {
    /// `RESET`, so that no finger does it by itself.
    #[schema(example = "RESET")]
    pub konfirmasi: String,
}

/// How many numbers were ended.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Reset {
    /// Who was being served is done.
    pub selesai: usize,
    /// Who waited or was called is cancelled.
    pub batal: usize,
}

/// How many numbers stand again where they stood.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Restored {
    /// Those that nobody has touched since.
    pub dikembalikan: usize,
}
