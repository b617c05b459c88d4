//! Roles, and the permissions that each carries (seed 0 §4).

use super::permission::Permission;
use crate::names::named;

named! {
    /// A staff member's role.
    pub enum Role {
        /// Everything, in every service.
        Admin = "admin",
        /// The queue of the own services.
        Petugas = "petugas",
        /// A doctor: calls and sees the own patients.
        Dokter = "dokter",
        /// A teacher or another host: receives guests.
        Guru = "guru",
        /// The front desk: gives numbers of every service, takes numbers out of the line and back, prints.
        PenerimaTamu = "penerima_tamu",
        /// The pharmacy's counter.
        Apoteker = "apoteker",
    }
}

impl Role {
    /// Whether the role carries the permission.
    pub fn carries(self, permission: Permission) -> bool {
        match self {
            Role::Admin => true,
            Role::Petugas | Role::Dokter | Role::Apoteker => PETUGAS.contains(&permission),
            Role::PenerimaTamu => FRONT_DESK.contains(&permission),
            Role::Guru => permission == Permission::OwnSession,
        }
    }

    /// Whether what the role carries holds in every service, not only in the own ones: a front desk serves the whole house.
    pub fn everywhere(self) -> bool {
        matches!(self, Role::Admin | Role::PenerimaTamu)
    }
}

const PETUGAS: [Permission; 13] = [
    Permission::ViewDashboard,
    Permission::CallQueue,
    Permission::SkipQueue,
    Permission::RecallQueue,
    Permission::FinishQueue,
    Permission::ViewOwnPoliQueue,
    Permission::ViewReports,
    Permission::Announce,
    Permission::ViewDevices,
    Permission::RegisterVisitor,
    Permission::ViewPatients,
    Permission::ManagePatients,
    Permission::OwnSession,
];

const FRONT_DESK: [Permission; 9] = [
    Permission::ViewDashboard,
    Permission::SkipQueue,
    Permission::ViewOwnPoliQueue,
    Permission::Announce,
    Permission::ViewDevices,
    Permission::RegisterVisitor,
    Permission::ViewPatients,
    Permission::ManagePatients,
    Permission::OwnSession,
];

/// The names of all permissions of somebody with these roles; an admin has `*` as well, which stands for every one.
pub fn permissions(roles: &[Role]) -> Vec<&'static str> {
    let carried = |permission: &Permission| roles.iter().any(|role| role.carries(*permission));
    let mut names: Vec<&str> = Permission::ALL.into_iter().filter(carried).map(Permission::name).collect();
    if roles.contains(&Role::Admin) {
        names.push("*");
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_admin_has_every_permission() {
        assert!(permissions(&[Role::Admin]).contains(&"*"));
        assert!(!permissions(&[Role::Petugas]).contains(&"*"));
        assert!(permissions(&[]).is_empty());
    }

    #[test]
    fn a_petugas_has_what_seed_0_lists() {
        let names = permissions(&[Role::Petugas]);
        for name in [
            "view-dashboard",
            "call-queue",
            "skip-queue",
            "recall-queue",
            "finish-queue",
            "view-own-poli-queue",
            "view-reports",
        ] {
            assert!(names.contains(&name), "{name}");
        }
    }
}
