//! Who may do what: roles, and the permissions that each role carries (seed 0 §4).

use serde::{Deserialize, Serialize};

/// A staff member's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, in every service.
    Admin,
    /// The queue of the own services.
    Petugas,
}

impl Role {
    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Petugas => "petugas",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Role> {
        [Role::Admin, Role::Petugas].into_iter().find(|role| role.name() == name)
    }
}

/// The permission names that clients show or hide things by, as seed 0 lists them.
const PETUGAS: [&str; 7] = [
    "view-dashboard",
    "call-queue",
    "skip-queue",
    "recall-queue",
    "finish-queue",
    "view-own-poli-queue",
    "view-reports",
];

/// All permissions of somebody with these roles; an admin has `*` as well.
pub fn permissions(roles: &[Role]) -> Vec<&'static str> {
    let mut all = if roles.is_empty() { vec![] } else { PETUGAS.to_vec() };
    if roles.contains(&Role::Admin) {
        all.push("*");
    }
    all
}

/// Whether somebody with these roles may act on a ticket of a service: admins everywhere, others in their own.
pub fn may_act_in<T: PartialEq>(roles: &[Role], own_services: &[T], service: &T) -> bool {
    roles.contains(&Role::Admin) || (roles.contains(&Role::Petugas) && own_services.contains(service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_petugas_acts_in_the_own_services_only_and_an_admin_everywhere() {
        assert!(may_act_in(&[Role::Petugas], &["umum"], &"umum"));
        assert!(!may_act_in(&[Role::Petugas], &["umum"], &"gigi"));
        assert!(may_act_in(&[Role::Admin], &[], &"gigi"));
        assert!(!may_act_in(&[], &["umum"], &"umum"), "services without a role give nothing");
    }

    #[test]
    fn only_an_admin_has_every_permission() {
        assert!(permissions(&[Role::Admin]).contains(&"*"));
        assert!(!permissions(&[Role::Petugas]).contains(&"*"));
        assert!(permissions(&[]).is_empty());
    }
}
