//! Patients where they meet the queue: a number for somebody, visits, whether somebody has a number.

use lobi_core::queue::{CaraDaftar, Status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ticket::{LiveTicket, TicketView};
use crate::people::visitor::Typed;
use crate::people::wire::PatientView;
use crate::wire::Poli;

/// What is sent to take a number for a patient (seed 1).
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPatient {
    /// Name, 1–100 characters.
    #[schema(example = "Siti Rahmawati")]
    pub nama: String,
    /// The service's slug.
    #[schema(example = "umum")]
    pub poli: String,
    /// NIK: 16 digits with a real date of birth.
    pub nik: Option<String>,
    /// BPJS number: 13 digits.
    pub no_bpjs: Option<String>,
    /// Telephone in any usual Indonesian spelling.
    pub no_hp: Option<String>,
    /// `1990-08-17` or `17-08-1990`.
    pub tgl_lahir: Option<String>,
    /// `L` or `P`.
    pub jenis_kelamin: Option<String>,
    /// One line, at most 300 characters.
    pub alamat: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// From afar or on the spot (the default).
    pub cara_daftar: Option<CaraDaftar>,
    /// Whether the machine that asks will print the ticket.
    pub cetak: Option<bool>,
}

impl NewPatient {
    /// What was told about the person.
    pub fn typed(&self) -> Typed {
        let NewPatient { nama, nik, no_bpjs, no_hp, tgl_lahir, jenis_kelamin, alamat, email, .. } = self;
        Typed {
            nama: Some(nama.clone()),
            nik: nik.clone(),
            no_bpjs: no_bpjs.clone(),
            no_hp: no_hp.clone(),
            tgl_lahir: tgl_lahir.clone(),
            jenis_kelamin: jenis_kelamin.clone(),
            alamat: alamat.clone(),
            email: email.clone(),
        }
    }
}

/// Who it is, as far as who asks may know.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum WhoIsIt {
    /// Staff see the record.
    Known(Box<PatientView>),
    /// Everybody else hears what they told, and nothing that was known before.
    Told(ToldPatient),
}

/// A patient as they told themselves.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToldPatient {
    /// Name.
    pub nama: String,
}

/// A patient with a number.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientTicket {
    /// Who it is.
    pub patient: WhoIsIt,
    /// Their number.
    pub ticket: TicketView,
}

/// A past or present visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitView {
    /// The service day.
    #[schema(example = "2026-11-20")]
    pub tanggal: String,
    /// The number.
    #[schema(example = "A013")]
    pub nomor_antrean: String,
    /// The service that gave it.
    pub poli: Poli,
    /// The name that was said for it.
    #[schema(required)]
    pub nama: Option<String>,
    /// How it ended, or where it stands.
    pub status: Status,
    /// When it was taken.
    pub created_at: String,
    /// When it ended.
    #[schema(required)]
    pub finished_at: Option<String>,
}

/// A patient's visits.
#[derive(Debug, Serialize, ToSchema)]
pub struct Visits {
    /// The newest first, at most a hundred.
    pub visits: Vec<VisitView>,
}

/// Whether somebody has an active number (seed 1).
#[derive(Debug, Serialize, ToSchema)]
pub struct ActiveAnswer {
    /// Whether they have.
    pub active: bool,
    /// Which it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<LiveTicket>,
}

/// What is to be otherwise about a patient: details, or `{"status":"selesai"}`, which ends their visit (seed 1). What is left out
/// stays; empty takes away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePatient {
    /// Name, 1–100 characters.
    pub nama: Option<String>,
    /// NIK: 16 digits with a real date of birth.
    pub nik: Option<String>,
    /// BPJS number: 13 digits.
    pub no_bpjs: Option<String>,
    /// `1990-08-17` or `17-08-1990`.
    pub tgl_lahir: Option<String>,
    /// `L` or `P`.
    pub jenis_kelamin: Option<String>,
    /// Telephone in any usual Indonesian spelling.
    pub no_hp: Option<String>,
    /// One line, at most 300 characters.
    pub alamat: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Whether staff had the person's papers before them.
    pub diperiksa: Option<bool>,
    /// `selesai` ends the visit of the patient's active number.
    pub status: Option<EndVisit>,
}

/// The only state that a patient is given by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndVisit {
    /// The visit is over.
    Selesai,
}
