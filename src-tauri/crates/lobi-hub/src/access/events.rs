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

/// Something about a colleague's account changed: names, rights, password, or whether it may sign in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StaffChanged {
    /// Sign-in name.
    pub username: String,
}

impl Told for StaffChanged {
    const KIND: &'static str = "StaffChanged";

    fn audience(&self) -> Audience {
        Audience::Staff(Permission::ManageStaff, STAFF.into())
    }
}

/// A key for another program was given or taken back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeysChanged {
    /// What it is called.
    pub nama: String,
}

impl Told for KeysChanged {
    const KIND: &'static str = "KeysChanged";

    fn audience(&self) -> Audience {
        Audience::Staff(Permission::ManageKeys, STAFF.into())
    }
}
