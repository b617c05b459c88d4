//! What visitors send and see: services, displays, a number by itself.

use lobi_core::queue::{CaraDaftar, CounterState, Status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::classes::Kelas;
use super::ticket::LiveTicket;
use crate::wire::Poli;

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
    /// Whether a NIK that is possible but unlikely (born tomorrow, no such regency) is answered with `NIK_DOUBTED`, so that
    /// somebody looks at the card again. Without it such a NIK is taken: the person may be right.
    pub periksa_nik: Option<bool>,
    /// Staff of the service give a person who has a number of it another one.
    pub nomor_kedua: Option<bool>,
    /// Staff take the number for a patient whom they know, by the id of the record.
    pub pasien: Option<i64>,
    /// The slug of a priority class; visitors may say those that the site lets them, staff all.
    #[schema(example = "lansia")]
    pub kelas: Option<String>,
    /// The day that the number is for, within the site's horizon; left out: today. Whoever takes one for a later day checks in when
    /// they come.
    #[schema(example = "2026-11-23")]
    pub tanggal: Option<String>,
    /// The slug of a way through the building that passes the service, given by staff; left out: the one that all its numbers go,
    /// if there is one.
    #[schema(example = "periksa-dan-obat")]
    pub alur: Option<String>,
    /// The version of the consent text that the visitor agreed to (page `/daftar`); kept with the number.
    pub persetujuan: Option<String>,
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
    /// Why it gives no number at this hour; nothing: it does.
    #[schema(required)]
    pub tutup: Option<ShutService>,
}

/// Why an open service gives no number just now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShutService {
    /// What keeps it shut.
    pub sebab: Sebab,
    /// The holiday's name.
    #[schema(required)]
    pub libur: Option<String>,
    /// When it gives numbers again; nothing: not within two months.
    #[schema(required)]
    pub buka_lagi: Option<String>,
}

/// What keeps a service shut.
#[derive(Debug, Serialize, ToSchema)]
pub enum Sebab {
    /// Its hours.
    #[serde(rename = "jam")]
    Hours,
    /// A holiday.
    #[serde(rename = "libur")]
    Holiday,
    /// All numbers of the day are given.
    #[serde(rename = "kuota")]
    Quota,
}

/// The open services.
#[derive(Debug, Serialize, ToSchema)]
pub struct Services {
    /// In the site's order; those that give no number at this hour as well.
    pub services: Vec<OpenService>,
    /// The priority classes that visitors may say of themselves.
    pub kelas: Vec<Kelas>,
    /// The last day for which a number can be taken.
    #[schema(example = "2026-11-27")]
    pub sampai: String,
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

/// A counter as the room sees it: nobody's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisplayCounter {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub nama: String,
    /// What it serves.
    pub poli: Vec<Poli>,
    /// Whether somebody is to be expected there.
    pub keadaan: CounterState,
    /// Why it pauses; empty otherwise.
    pub alasan: String,
}

/// The counters of the room.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisplayCounters {
    /// By number.
    pub loket: Vec<DisplayCounter>,
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
