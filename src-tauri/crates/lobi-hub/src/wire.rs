//! Shapes that several subjects show in the same way.

use lobi_core::queue::Service;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A service as tickets and people name it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Poli {
    /// Its name in addresses and channels.
    #[schema(example = "umum")]
    pub slug: String,
    /// The letter its numbers begin with.
    #[schema(example = "A")]
    pub kode: String,
    /// Its name.
    #[schema(example = "Poli Umum")]
    pub nama: String,
}

impl From<&Service> for Poli {
    fn from(service: &Service) -> Self {
        Poli { slug: service.slug.clone(), kode: service.kode.clone(), nama: service.nama.clone() }
    }
}
