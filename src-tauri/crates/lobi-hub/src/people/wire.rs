//! A patient's record as staff see it.

use lobi_core::people::Nik;
use lobi_core::people::details::{Mismatch, Sex, mismatches};
use lobi_core::time::{Date, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::record::{Details, Record};

/// A patient's record, for staff.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PatientView {
    /// Its id in routes.
    pub id: i64,
    /// The number of the record: made by the hub, never given twice.
    #[schema(example = "000042")]
    pub no_rm: String,
    /// Name.
    #[schema(required)]
    pub nama: Option<String>,
    /// Nomor Induk Kependudukan.
    #[schema(required)]
    pub nik: Option<String>,
    /// BPJS card number.
    #[schema(required)]
    pub no_bpjs: Option<String>,
    /// Date of birth.
    #[schema(required, example = "1990-08-17")]
    pub tgl_lahir: Option<String>,
    /// Sex.
    #[schema(required)]
    pub jenis_kelamin: Option<Sex>,
    /// Telephone, E.164.
    #[schema(required, example = "+6281234567890")]
    pub no_hp: Option<String>,
    /// Address.
    #[schema(required)]
    pub alamat: Option<String>,
    /// E-mail address.
    #[schema(required)]
    pub email: Option<String>,
    /// When staff last had the person's papers before them; nothing: all this is only what somebody told.
    #[schema(required)]
    pub diperiksa_at: Option<String>,
    /// When the record was begun.
    pub created_at: String,
    /// The record that this one is part of.
    #[schema(required)]
    pub bagian_dari: Option<i64>,
    /// What the NIK says otherwise than the details: a reason to look at the card again.
    pub peringatan: Vec<Mismatch>,
}

impl PatientView {
    /// A record with its times in this zone.
    pub fn new(record: Record, zone: Zone) -> Self {
        let Record { id, no_rm, details, checked_at, created_at, merged_into } = record;
        let peringatan = doubts(&details);
        let Details { nama, nik, no_bpjs, tgl_lahir, jenis_kelamin, no_hp, alamat, email } = details;
        PatientView {
            id: id.0,
            no_rm,
            nama,
            nik,
            no_bpjs,
            tgl_lahir,
            jenis_kelamin,
            no_hp,
            alamat,
            email,
            diperiksa_at: checked_at.map(|at| at.rfc3339(zone)),
            created_at: created_at.rfc3339(zone),
            bagian_dari: merged_into.map(|into| into.0),
            peringatan,
        }
    }
}

fn doubts(details: &Details) -> Vec<Mismatch> {
    let Some(Ok(nik)) = details.nik.as_deref().map(Nik::parse) else { return Vec::new() };
    let born = details.tgl_lahir.as_deref().and_then(|born| born.parse::<Date>().ok());
    mismatches(&nik, born, details.jenis_kelamin)
}

/// One patient.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PatientAnswer {
    /// The record.
    pub patient: PatientView,
}

/// A page of patients.
#[derive(Debug, Serialize, ToSchema)]
pub struct Patients {
    /// The likeliest first; where nothing is looked for, the newest.
    pub patients: Vec<PatientView>,
    /// This page, from 1.
    pub page: usize,
    /// Patients per page.
    pub per_page: usize,
    /// How many there are, or how many may be meant (at most 500).
    pub total: usize,
    /// The address of the next page, if there is one.
    #[schema(required)]
    pub next: Option<String>,
}

/// What was done to a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Noted {
    /// When, in the site's zone.
    pub at: String,
    /// Who: a colleague's or a program's name; nothing: the visitor, or the hub itself.
    #[schema(required)]
    pub oleh: Option<String>,
    /// `correct`, `complete`, `check`, `uncheck`, `merge`, `merged`, `unmerge`, `unmerged`.
    pub apa: String,
    /// What stood there before, by field.
    pub sebelum: std::collections::BTreeMap<String, String>,
    /// What stands there since, by field.
    pub sesudah: std::collections::BTreeMap<String, String>,
}

/// What was done to a record, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    /// At most a hundred.
    pub riwayat: Vec<Noted>,
}
