//! What is told about voices.

use lobi_core::speech::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::live::audience::{Audience, Told};

/// The clip of a word changed: screens that speak ask for their clips again.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct VoiceUpdated {
    /// The language of the word.
    pub bahasa: Language,
    /// The clip's name.
    #[schema(example = "layanan-umum")]
    pub klip: String,
}

impl Told for VoiceUpdated {
    const KIND: &'static str = "VoiceUpdated";

    fn audience(&self) -> Audience {
        Audience::Everybody
    }
}
