//! What is told about patients: that something about one changed, and only to those who may see it.

use lobi_core::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;

use super::record::PersonId;
use crate::live::audience::{Audience, Told};

/// The channel of those who see patients.
pub const PATIENTS: &str = "patients";

/// A patient's record was begun, changed, or made part of another. Who it is says only the record itself.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PatientUpdated {
    /// The record.
    #[schema(value_type = i64)]
    pub id: PersonId,
}

impl Told for PatientUpdated {
    const KIND: &'static str = "PatientUpdated";

    fn audience(&self) -> Audience {
        Audience::Staff(Permission::ViewPatients, PATIENTS.into())
    }
}
