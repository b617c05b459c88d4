//! How today stands, in numbers (seed 1).

use lobi_core::queue::{Status, Ticket};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::Poli;

/// Numbers by where they stand.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Standing {
    /// All.
    pub total: usize,
    /// Waiting.
    pub menunggu: usize,
    /// Called and not there yet.
    pub dipanggil: usize,
    /// At a counter.
    pub sedang_dilayani: usize,
    /// Done.
    pub selesai: usize,
    /// Called and not come.
    pub dilewati: usize,
    /// Cancelled.
    pub batal: usize,
}

impl Standing {
    /// Counts one more.
    pub fn add(&mut self, ticket: &Ticket) {
        self.total += 1;
        let place = match ticket.stage.status {
            Status::Waiting => &mut self.menunggu,
            Status::Called => &mut self.dipanggil,
            Status::Serving => &mut self.sedang_dilayani,
            Status::Done => &mut self.selesai,
            Status::Skipped => &mut self.dilewati,
            Status::Cancelled => &mut self.batal,
        };
        *place += 1;
    }
}

/// One service today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceStanding {
    /// The service that gave the numbers.
    pub poli: Poli,
    /// How many stand where.
    #[serde(flatten)]
    pub standing: Standing,
}

/// One counter today.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterStanding {
    /// Its number.
    pub loket: u32,
    /// How many stand where.
    #[serde(flatten)]
    pub standing: Standing,
}

/// How today stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TodayStats {
    /// The service day.
    #[schema(example = "2026-11-20")]
    pub tanggal: String,
    /// How many stand where.
    #[serde(flatten)]
    pub standing: Standing,
    /// By the service that gave the number, in the site's order.
    pub per_poli: Vec<ServiceStanding>,
    /// By the counter that a number was last called to.
    pub per_loket: Vec<CounterStanding>,
}
