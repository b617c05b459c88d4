//! Who acts: a visitor, somebody of the staff, or the hub itself.

use super::permission::Permission;
use super::right::{Reach, allows};
use super::role::Role;
use crate::queue::ServiceId;

/// Somebody of the staff, as their account stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Row id.
    pub id: i64,
    /// Sign-in name.
    pub username: String,
    /// Name shown to colleagues.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Own services.
    pub services: Vec<ServiceId>,
    /// The password was set by somebody else and has to be changed first: until then nothing else is allowed.
    pub must_change: bool,
}

impl Member {
    /// Whether they may do that there.
    pub fn may(&self, permission: Permission, reach: Reach) -> bool {
        allows(&self.roles, &self.services, permission, reach)
    }
}

/// Another program with a key to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Row id.
    pub id: i64,
    /// What it was given for.
    pub name: String,
    /// What it may do, in every service.
    pub permissions: Vec<Permission>,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A visitor: kiosk, phone, booking page. May what is open to everybody, nothing that needs a right.
    Public,
    /// Somebody signed in.
    Staff(Member),
    /// Another program.
    Key(ApiKey),
    /// The hub itself: schedule, first set-up, demonstration. May everything.
    System,
}

impl Actor {
    /// The name in events and audit: `staff:3`, `key:1`.
    pub fn name(&self) -> String {
        match self {
            Actor::Public => "public".into(),
            Actor::Staff(member) => format!("staff:{}", member.id),
            Actor::Key(key) => format!("key:{}", key.id),
            Actor::System => "system".into(),
        }
    }

    /// Whether they may do that there.
    pub fn may(&self, permission: Permission, reach: Reach) -> bool {
        match self {
            Actor::System => true,
            Actor::Public => false,
            Actor::Staff(member) => member.may(permission, reach),
            Actor::Key(key) => key.permissions.contains(&permission),
        }
    }

    /// The account's row id, if it is somebody of the staff.
    pub fn staff_id(&self) -> Option<i64> {
        match self {
            Actor::Staff(member) => Some(member.id),
            Actor::Public | Actor::Key(_) | Actor::System => None,
        }
    }
}
