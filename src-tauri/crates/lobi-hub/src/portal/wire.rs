//! The visitors' portal as they and the desk see it.

use lobi_core::queue::Status;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::queue::wire::ticket::TicketView;
use crate::wire::Poli;

/// A telephone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskCode {
    /// In any usual spelling.
    #[schema(example = "0812-3456-7890")]
    pub no_hp: String,
}

/// How somebody gets their code; the same whether the telephone is known here or not.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CodeAsked {
    /// Where the code is told: `meja`, the registration desk.
    #[schema(example = "meja")]
    pub lewat: String,
    /// For how many minutes it is good.
    pub berlaku_menit: i64,
}

/// The code of a telephone, for the desk to tell whoever it belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskCode {
    /// Six digits.
    #[schema(example = "204815")]
    pub kode: String,
    /// Until when.
    pub sampai: String,
    /// Who is known under that telephone: for a look at their card.
    pub nama: Vec<String>,
}

/// A telephone and its code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortalLogIn {
    /// In any usual spelling.
    #[schema(example = "0812-3456-7890")]
    pub no_hp: String,
    /// Six digits, as the desk told them.
    #[schema(example = "204815")]
    pub kode: String,
}

/// A session of the portal.
#[derive(Debug, Serialize, ToSchema)]
pub struct PortalSession {
    /// Send it as `X-Portal: <token>`.
    pub token: String,
    /// When it ends.
    pub sampai: String,
}

/// A number of one's own that is still to come, or under way.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnTicket {
    /// The ticket.
    #[serde(flatten)]
    pub ticket: TicketView,
    /// The name that it was taken in.
    #[schema(required)]
    pub nama: Option<String>,
}

/// A visit of one's own that is over.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnVisit {
    /// The service day.
    #[schema(example = "2026-11-20")]
    pub tanggal: String,
    /// The number.
    pub nomor_antrean: String,
    /// The service that gave it.
    pub poli: Poli,
    /// The name that it was taken in.
    #[schema(required)]
    pub nama: Option<String>,
    /// How it ended.
    pub status: Status,
    /// The code of the number.
    pub kode: String,
    /// The stars that one gave.
    #[schema(required, minimum = 1, maximum = 5)]
    pub bintang: Option<u8>,
    /// Whether it can still be judged.
    pub bisa_diulas: bool,
}

/// What somebody sees of their own.
#[derive(Debug, Serialize, ToSchema)]
pub struct Portal {
    /// The telephone; only its last four digits.
    #[schema(example = "•••• 7890")]
    pub no_hp: String,
    /// Who is known under it.
    pub keluarga: Vec<String>,
    /// Numbers of today and of later days, the next one first.
    pub tiket: Vec<OwnTicket>,
    /// Visits that are over, the newest first.
    pub riwayat: Vec<OwnVisit>,
    /// The last event that this answer contains.
    pub seq: i64,
}

/// What somebody thinks of their visit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveReview {
    /// The code of the number.
    #[schema(example = "7K3M9QX2AB")]
    pub kode: String,
    /// 1–5.
    #[schema(minimum = 1, maximum = 5)]
    pub bintang: u8,
    /// In their words, at most 500 characters.
    #[serde(default)]
    pub komentar: String,
}

/// It was written down.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Reviewed {
    /// 1–5.
    pub bintang: u8,
}

/// A review as staff read it: no name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewView {
    /// When.
    pub waktu: String,
    /// 1–5.
    pub bintang: u8,
    /// In the visitor's words.
    pub komentar: String,
    /// The number.
    pub nomor_antrean: String,
    /// Where they were last.
    pub poli: Poli,
}

/// Reviews of a stretch of days.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reviews {
    /// The newest first.
    pub ulasan: Vec<ReviewView>,
    /// The mean of the stars with one decimal; nothing without any.
    #[schema(required)]
    pub rata: Option<f64>,
    /// How many of one star, of two …
    pub bintang: [u32; 5],
    /// This page, from 1.
    pub page: usize,
    /// Reviews per page.
    pub per_page: usize,
    /// Reviews in all.
    pub total: usize,
    /// The address of the next page, if there is one.
    #[schema(required)]
    pub next: Option<String>,
}
