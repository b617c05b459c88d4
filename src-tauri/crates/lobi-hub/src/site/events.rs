//! What is told about the site.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::live::audience::{Audience, Told};

/// The site's facts, a service or a counter changed: screens ask for them again.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct SiteUpdated {
    /// The service that changed; nothing when it was the site itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "umum")]
    pub poli: Option<String>,
    /// The counter that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loket: Option<u32>,
}

impl Told for SiteUpdated {
    const KIND: &'static str = "SiteUpdated";

    fn audience(&self) -> Audience {
        Audience::Everybody
    }
}

/// A new service day began.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayStarted {
    /// The day.
    #[schema(example = "2026-11-20")]
    pub service_day: String,
    /// What the old day left open and how it was ended: numbers by their new state.
    #[schema(example = json!({"selesai": 1, "batal": 3}))]
    pub closed: BTreeMap<String, usize>,
    /// How many numbers of the old day go on waiting or being served.
    pub kept: usize,
}

impl Told for DayStarted {
    const KIND: &'static str = "DayStarted";

    fn audience(&self) -> Audience {
        Audience::Everybody
    }
}
