//! Staff: accounts, passwords, sessions.

pub mod actions;
mod guard;
pub mod passwords;
pub mod routes;
pub mod store;

use lobi_core::queue::ServiceId;
use lobi_core::staff::Role;

pub use guard::Guard;

/// Somebody signed in, as their account stands now.
#[derive(Clone, Debug)]
pub struct StaffMember {
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
}
