//! A report as JSON. Durations are minutes with one decimal; definitions stand in `lobi_core::reports`.

use std::collections::BTreeMap;

use lobi_core::queue::{CaraDaftar, ClassId, ServiceId};
use lobi_core::reports::figures::Durations;
use lobi_core::reports::queue::{Counts, Group, Report};
use lobi_core::time::{ServiceDay, Zone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::queue::wire::classes::Kelas;
use crate::wire::Poli;

/// Numbers by how they ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsView {
    /// All that were given.
    total: usize,
    /// Done.
    selesai: usize,
    /// Called and not come.
    dilewati: usize,
    /// Cancelled.
    batal: usize,
    /// Still open: waiting or at a counter.
    terbuka: usize,
}

impl From<Counts> for CountsView {
    fn from(Counts { total, selesai, dilewati, batal, terbuka }: Counts) -> Self {
        CountsView { total, selesai, dilewati, batal, terbuka }
    }
}

/// One service: its numbers, and the visits that were finished there.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceReport {
    /// Which.
    poli: Poli,
    #[serde(flatten)]
    counts: CountsView,
    /// How long its numbers waited, from being taken to the first call.
    tunggu: Durations,
    /// How long visits took there, from serving (or the call) to the end.
    layan: Durations,
    /// How many visits were finished there, also of numbers that another service gave.
    tahap: usize,
}

/// One counter.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterReport {
    /// Its number.
    loket: u32,
    /// Visits that were finished there, and how long they took.
    layan: Durations,
}

/// One hour of the site's clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct HourReport {
    /// 0–23.
    jam: usize,
    /// Numbers that were taken.
    ambil: usize,
    /// Numbers that were called for the first time.
    panggil: usize,
    /// How long those waited that were taken in this hour.
    tunggu: Durations,
}

/// One day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayReport {
    /// The service day.
    #[schema(example = "2026-11-24")]
    tanggal: String,
    #[serde(flatten)]
    counts: CountsView,
    /// How long its numbers waited.
    tunggu: Durations,
    /// How long its visits took.
    layan: Durations,
}

/// One priority class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassReport {
    /// Which; nothing: the numbers without one.
    #[schema(required)]
    kelas: Option<Kelas>,
    #[serde(flatten)]
    counts: CountsView,
    /// How long its numbers waited.
    tunggu: Durations,
    /// How long its visits took.
    layan: Durations,
}

/// How many registered so.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayReport {
    /// From afar or on the spot.
    cara_daftar: CaraDaftar,
    /// How many.
    total: usize,
}

/// The queue's part of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueReport {
    #[serde(flatten)]
    counts: CountsView,
    /// How long numbers waited, from being taken to the first call; numbers that were never called are left out.
    tunggu: Durations,
    /// How long visits took, from serving (or the call) to the end; of more than six hours, forgotten ones, left out.
    layan: Durations,
    /// By the service that gave the number.
    per_poli: Vec<ServiceReport>,
    /// By counter.
    per_loket: Vec<CounterReport>,
    /// By hour, all 24.
    per_jam: Vec<HourReport>,
    /// By priority class, in the site's order; numbers without one first.
    per_kelas: Vec<ClassReport>,
    /// By how people registered.
    per_cara_daftar: Vec<WayReport>,
    /// By day.
    per_hari: Vec<DayReport>,
    /// When the first number was taken.
    #[schema(required)]
    pertama: Option<String>,
    /// When the last number was taken.
    #[schema(required)]
    terakhir: Option<String>,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportAnswer {
    /// The first service day.
    #[schema(example = "2026-11-24")]
    dari: String,
    /// The last service day.
    #[schema(example = "2026-11-24")]
    sampai: String,
    /// The queue.
    antrean: QueueReport,
}

impl ReportAnswer {
    /// What was counted, with the names of services.
    pub fn new(
        (from, until): (ServiceDay, ServiceDay),
        report: Report,
        names: Names<'_>,
        zone: Zone,
    ) -> Self {
        ReportAnswer {
            dari: from.to_string(),
            sampai: until.to_string(),
            antrean: queue(report, names, zone),
        }
    }
}

/// What services and priority classes are called, in the site's order.
pub type Names<'a> = (&'a [(ServiceId, Poli)], &'a [(ClassId, Kelas)]);

fn queue(report: Report, (names, class_names): Names<'_>, zone: Zone) -> QueueReport {
    let Report { all, mut services, counters, hours, ways, classes, days, first_and_last } = report;
    let Group { counts, waits, visits } = all;
    // In the site's order; a service where nothing happened says nothing.
    let per_poli = names.iter().filter_map(|(id, poli)| {
        let Group { counts, waits, visits } = services.remove(id)?;
        let (poli, tahap) = (poli.clone(), visits.jumlah);
        Some(ServiceReport { poli, counts: counts.into(), tunggu: waits, layan: visits, tahap })
    });
    let per_jam = hours.into_iter().enumerate().map(|(jam, hour)| HourReport {
        jam,
        ambil: hour.taken,
        panggil: hour.called,
        tunggu: hour.waits,
    });
    QueueReport {
        per_poli: per_poli.collect(),
        per_loket: counters
            .into_iter()
            .map(|(counter, layan)| CounterReport { loket: counter.0, layan })
            .collect(),
        per_jam: per_jam.collect(),
        per_kelas: classes_of(classes, class_names),
        per_cara_daftar: ways
            .into_iter()
            .map(|(cara_daftar, total)| WayReport { cara_daftar, total })
            .collect(),
        per_hari: days_of(days),
        pertama: first_and_last.map(|(first, _)| first.rfc3339(zone)),
        terakhir: first_and_last.map(|(_, last)| last.rfc3339(zone)),
        counts: counts.into(),
        tunggu: waits,
        layan: visits,
    }
}

fn classes_of(mut classes: BTreeMap<Option<ClassId>, Group>, names: &[(ClassId, Kelas)]) -> Vec<ClassReport> {
    let named = names.iter().map(|(id, kelas)| (Some(*id), Some(kelas.clone())));
    let all = std::iter::once((None, None)).chain(named);
    let row = |(id, kelas)| {
        let Group { counts, waits, visits } = classes.remove(&id)?;
        Some(ClassReport { kelas, counts: counts.into(), tunggu: waits, layan: visits })
    };
    all.filter_map(row).collect()
}

fn days_of(days: BTreeMap<ServiceDay, Group>) -> Vec<DayReport> {
    let day = |(day, Group { counts, waits, visits }): (ServiceDay, Group)| DayReport {
        tanggal: day.to_string(),
        counts: counts.into(),
        tunggu: waits,
        layan: visits,
    };
    days.into_iter().map(day).collect()
}
