//! What a visitor tells about themselves, or staff about a patient.

use lobi_core::people::details::{self, Sex};
use lobi_core::people::identity::BadIdentity;
use lobi_core::people::{BpjsNumber, Name, Nik, Phone};
use lobi_core::time::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::record::Details;
use crate::fields::Fields;

/// What was told; all of it optional.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Name.
    pub nama: Option<Name>,
    /// Nomor Induk Kependudukan.
    pub nik: Option<Nik>,
    /// BPJS card number.
    pub no_bpjs: Option<BpjsNumber>,
    /// Date of birth.
    pub tgl_lahir: Option<Date>,
    /// Sex.
    pub jenis_kelamin: Option<Sex>,
    /// Telephone.
    pub no_hp: Option<Phone>,
    /// Address.
    pub alamat: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The same as it was typed; empty counts as not told.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct Typed {
    /// Name, 1–100 characters.
    pub nama: Option<String>,
    /// 16 digits.
    #[schema(example = "7371115708900001")]
    pub nik: Option<String>,
    /// 13 digits.
    pub no_bpjs: Option<String>,
    /// `1990-08-17` or `17-08-1990`.
    pub tgl_lahir: Option<String>,
    /// `L` or `P`.
    pub jenis_kelamin: Option<String>,
    /// Telephone in any usual spelling.
    pub no_hp: Option<String>,
    /// One line, at most 300 characters.
    pub alamat: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

impl Typed {
    /// Checks all of it; `fields` learns what is wrong.
    pub fn check(self, fields: &mut Fields, today: Date) -> Visitor {
        Visitor {
            nama: fields.parsed(self.nama, "nama", "nama", Name::parse),
            nik: fields.parsed_or(self.nik, "nik", Nik::parse, nik_sentence),
            no_bpjs: fields.parsed(self.no_bpjs, "no_bpjs", "no_bpjs", BpjsNumber::parse),
            tgl_lahir: fields
                .parsed(self.tgl_lahir, "tgl_lahir", "tgl_lahir", |text| details::birth_date(text, today)),
            jenis_kelamin: fields.parsed(self.jenis_kelamin, "jenis_kelamin", "jenis_kelamin", |text| {
                Sex::named(text.trim()).ok_or(())
            }),
            no_hp: fields.parsed(self.no_hp, "no_hp", "no_hp", Phone::parse),
            alamat: fields.parsed(self.alamat, "alamat", "alamat", details::address),
            email: fields.parsed(self.email, "email", "email", details::email),
        }
    }
}

/// The sentence that says what is wrong with a NIK.
fn nik_sentence(wrong: BadIdentity) -> &'static str {
    match wrong {
        BadIdentity::NikDate => "nik_date",
        BadIdentity::NikRegion => "nik_region",
        BadIdentity::NikSerial => "nik_serial",
        _ => "nik",
    }
}

impl From<&Visitor> for Details {
    fn from(visitor: &Visitor) -> Self {
        fn text<T: AsRef<str>>(value: &Option<T>) -> Option<String> {
            value.as_ref().map(|value| value.as_ref().to_owned())
        }
        Details {
            nama: text(&visitor.nama),
            nik: text(&visitor.nik),
            no_bpjs: text(&visitor.no_bpjs),
            tgl_lahir: visitor.tgl_lahir.map(|born| born.to_string()),
            jenis_kelamin: visitor.jenis_kelamin,
            no_hp: text(&visitor.no_hp),
            alamat: visitor.alamat.clone(),
            email: visitor.email.clone(),
        }
    }
}
