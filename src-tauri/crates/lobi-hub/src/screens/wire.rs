//! What goes over the wire about TVs.

use lobi_core::screens::{Layout, Plan, Theme};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::devices::actions::Machine;

/// What a TV shows, and how.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreenPlan {
    /// How it divides its glass.
    pub layout: Layout,
    /// How it looks.
    pub tema: Theme,
    /// Whether what stands beside the number is larger than usual.
    pub besar: bool,
    /// The services that it tells of, by slug; none: those of its address, or all.
    #[schema(example = json!(["umum", "gigi"]))]
    pub poli: Vec<String>,
}

impl From<Plan> for ScreenPlan {
    fn from(Plan { layout, theme, large, services }: Plan) -> Self {
        ScreenPlan { layout, tema: theme, besar: large, poli: services }
    }
}

impl From<ScreenPlan> for Plan {
    fn from(ScreenPlan { layout, tema, besar, poli }: ScreenPlan) -> Self {
        Plan { layout, theme: tema, large: besar, services: poli }
    }
}

/// A TV of the site.
#[derive(Debug, Serialize, ToSchema)]
pub struct Screen {
    /// Its own name for itself.
    pub machine: String,
    /// Its name for people.
    pub nama: String,
    /// What it said last; nothing while this hub runs.
    #[schema(required)]
    pub keadaan: Option<Machine>,
    /// What it shows, and how.
    pub tampilan: ScreenPlan,
}

/// Every TV that is here, or of which something was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct Screens {
    /// By name.
    pub screens: Vec<Screen>,
}
