//! A patient's record: what is known about a person.

use std::fmt;

use lobi_core::people::details::Sex;
use lobi_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A record's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub i64);

/// The details of a person, each in its checked form; nothing where nobody knows it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nama: Option<String>,
    /// Nomor Induk Kependudukan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nik: Option<String>,
    /// BPJS card number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_bpjs: Option<String>,
    /// Date of birth, YYYY-MM-DD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tgl_lahir: Option<String>,
    /// Sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jenis_kelamin: Option<Sex>,
    /// Telephone, E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_hp: Option<String>,
    /// Address, one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alamat: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Who somebody is never reaches a log by accident.
impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Details(hidden)")
    }
}

impl Details {
    /// Goes through all of them beside those of another: `keep(own, other)` gives what stays of each.
    pub fn beside(
        &self,
        other: &Details,
        keep: impl Fn(&Option<String>, &Option<String>) -> Option<String>,
    ) -> Details {
        let sex = |sex: Option<Sex>| sex.map(|sex| sex.name().to_owned());
        Details {
            nama: keep(&self.nama, &other.nama),
            nik: keep(&self.nik, &other.nik),
            no_bpjs: keep(&self.no_bpjs, &other.no_bpjs),
            tgl_lahir: keep(&self.tgl_lahir, &other.tgl_lahir),
            jenis_kelamin: keep(&sex(self.jenis_kelamin), &sex(other.jenis_kelamin))
                .and_then(|name| Sex::named(&name)),
            no_hp: keep(&self.no_hp, &other.no_hp),
            alamat: keep(&self.alamat, &other.alamat),
            email: keep(&self.email, &other.email),
        }
    }

    /// What stands here and otherwise there.
    pub fn unlike(&self, other: &Details) -> Details {
        self.beside(other, |own, other| own.clone().filter(|_| own != other))
    }

    /// What stands here and there not at all.
    pub fn beyond(&self, other: &Details) -> Details {
        self.beside(other, |own, other| own.clone().filter(|_| other.is_none()))
    }

    /// These, and where nothing stands, the other's.
    pub fn or(&self, other: &Details) -> Details {
        self.beside(other, |own, other| own.clone().or_else(|| other.clone()))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Details::default()
    }
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its row id.
    pub id: PersonId,
    /// The number that its paper bears.
    pub no_rm: String,
    /// What is known.
    pub details: Details,
    /// When staff last had the person's papers before them; nothing: it is only what somebody told.
    pub checked_at: Option<Timestamp>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The record that it became part of.
    pub merged_into: Option<PersonId>,
}
