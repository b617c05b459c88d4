//! What is told about accounts and sessions: never to the public.

use lobi_core::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;

use crate::live::audience::{Audience, Told};

/// The channel of those who manage the staff.
pub const STAFF: &str = "staff";

/// Somebody signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignedIn {
    /// Sign-in name.
    pub username: String,
}

impl Told for SignedIn {
    const KIND: &'static str = "SignedIn";

    fn audience(&self) -> Audience {
        Audience::Staff(Permission::ManageStaff, STAFF.into())
    }
}

/// One of somebody's sessions ended: live connections of theirs look whether it was their own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignedOut {
    /// Sign-in name.
    pub username: String,
}

impl Told for SignedOut {
    const KIND: &'static str = "SignedOut";

    fn audience(&self) -> Audience {
        Audience::One(self.username.clone())
    }
}

/// A colleague was added.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StaffAdded {
    /// Sign-in name.
    pub username: String,
}

impl Told for StaffAdded {
    const KIND: &'static str = "StaffAdded";

    fn audience(&self) -> Audience {
        Audience::Staff(Permission::ManageStaff, STAFF.into())
    }
}
