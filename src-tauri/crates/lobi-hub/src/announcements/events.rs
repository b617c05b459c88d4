//! What is told when somebody announces something.

use lobi_core::speech::Spoken;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::live::audience::{Audience, Told};

/// An announcement as TVs get it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Announcement {
    /// What stands on the screen.
    #[schema(example = "Pengemudi mobil DD 1234 AB, mohon pindahkan kendaraan Anda.")]
    pub teks: String,
    /// What is read aloud: free text, so by an engine, never from clips.
    pub speech: Vec<Spoken>,
}

impl Told for Announcement {
    const KIND: &'static str = "Announcement";

    fn audience(&self) -> Audience {
        Audience::Everybody
    }
}
