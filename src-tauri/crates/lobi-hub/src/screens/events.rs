//! What is told about TVs.

use serde::Serialize;
use utoipa::ToSchema;

use crate::live::audience::{Audience, Told};

/// What a TV shows was said anew: that TV asks for it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScreenUpdated {
    /// The TV's own name for itself; empty: all of them.
    pub machine: String,
}

impl Told for ScreenUpdated {
    const KIND: &'static str = "ScreenUpdated";

    fn audience(&self) -> Audience {
        Audience::Everybody
    }
}
