//! The one question about rights: may somebody with these roles do that there?

use super::permission::Permission;
use super::role::Role;
use crate::queue::ServiceId;

/// What an action touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The site as a whole, or nothing in particular.
    Site,
    /// This service.
    Service(ServiceId),
}

/// Whether somebody with these roles and own services may do that there: admins everything everywhere, a front desk what it
/// carries everywhere, others what their roles carry in their own services.
pub fn allows(roles: &[Role], own: &[ServiceId], permission: Permission, reach: Reach) -> bool {
    let mut carrying = roles.iter().filter(|role| role.carries(permission));
    match reach {
        Reach::Site => carrying.next().is_some() || permission == Permission::OwnSession,
        Reach::Service(service) => carrying.any(|role| role.everywhere() || own.contains(&service)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UMUM: ServiceId = ServiceId(1);
    const GIGI: ServiceId = ServiceId(2);

    #[test]
    fn a_petugas_calls_in_the_own_services_only_and_an_admin_everywhere() {
        let may = |roles: &[Role], own: &[ServiceId], service| {
            allows(roles, own, Permission::CallQueue, Reach::Service(service))
        };
        assert!(may(&[Role::Petugas], &[UMUM], UMUM));
        assert!(!may(&[Role::Petugas], &[UMUM], GIGI));
        assert!(may(&[Role::Admin], &[], GIGI));
        assert!(!may(&[], &[UMUM], UMUM), "services without a role give nothing");
    }

    #[test]
    fn a_front_desk_serves_every_service_with_what_it_carries_and_no_more() {
        let may =
            |roles: &[Role], permission, service| allows(roles, &[UMUM], permission, Reach::Service(service));
        assert!(may(&[Role::PenerimaTamu], Permission::RegisterVisitor, GIGI));
        assert!(!may(&[Role::PenerimaTamu], Permission::CallQueue, UMUM));
        let both = [Role::PenerimaTamu, Role::Petugas];
        assert!(may(&both, Permission::CallQueue, UMUM) && !may(&both, Permission::CallQueue, GIGI));
    }

    #[test]
    fn the_site_is_the_admins() {
        let may = |roles: &[Role], permission| allows(roles, &[UMUM], permission, Reach::Site);
        assert!(may(&[Role::Admin], Permission::ManageSite));
        assert!(!may(&[Role::Petugas], Permission::ManageSite));
        assert!(!may(&[], Permission::ViewDashboard));
        assert!(may(&[], Permission::OwnSession), "whoever is signed in may sign out");
    }
}
