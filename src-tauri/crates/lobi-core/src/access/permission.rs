//! What somebody may be allowed to do. The names of seed 0 §4 first; each later subject adds its own.

use crate::names::named;

named! {
    /// A right to do something.
    pub enum Permission {
        /// See the numbers of today.
        ViewDashboard = "view-dashboard",
        /// Call a number, and let a called one be served.
        CallQueue = "call-queue",
        /// Skip who did not come, take them back, send them on, cancel.
        SkipQueue = "skip-queue",
        /// Call again.
        RecallQueue = "recall-queue",
        /// End a visit.
        FinishQueue = "finish-queue",
        /// Give a visitor a number at a desk, also a second one.
        RegisterVisitor = "register-visitor",
        /// See the queue of the own services.
        ViewOwnPoliQueue = "view-own-poli-queue",
        /// See reports.
        ViewReports = "view-reports",
        /// See patients, their visits and their history.
        ViewPatients = "view-patients",
        /// Begin and correct the records of patients, make two of them one.
        ManagePatients = "manage-patients",
        /// Speak to the whole room.
        Announce = "announce",
        /// See every machine with its devices.
        ViewDevices = "view-devices",
        /// See and end the own session; carried by every account.
        OwnSession = "own-session",
        /// Change the site: name, printer, services, counters.
        ManageSite = "manage-site",
        /// Add colleagues and change what they may do.
        ManageStaff = "manage-staff",
        /// Connect other programs: keys to the API, and what they are told.
        ManageKeys = "manage-keys",
        /// See what the hub does by itself, and decide when it asks: clock, jobs that were given up.
        ManageHub = "manage-hub",
    }
}
