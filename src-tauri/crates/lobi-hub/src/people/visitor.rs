//! What a visitor tells about themselves.

use lobi_core::people::{BpjsNumber, Name, Nik, Phone};

/// What a visitor told about themselves; all of it optional.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Name.
    pub nama: Option<Name>,
    /// Nomor Induk Kependudukan.
    pub nik: Option<Nik>,
    /// BPJS card number.
    pub no_bpjs: Option<BpjsNumber>,
    /// Telephone.
    pub no_hp: Option<Phone>,
}
