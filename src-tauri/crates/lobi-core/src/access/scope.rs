//! What other programs ask for by one name: rights that belong together.

use super::permission::Permission;
use crate::names::named;

named! {
    /// Rights that a key is given together.
    pub enum Scope {
        /// See the day's numbers and how it stands.
        QueueRead = "queue:read",
        /// Give numbers, call, serve, skip, finish.
        QueueWrite = "queue:write",
        /// Find patients and see their visits.
        PatientsRead = "patients:read",
    }
}

impl Scope {
    /// The rights that it stands for.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{
            CallQueue, FinishQueue, RecallQueue, RegisterVisitor, SkipQueue, ViewDashboard, ViewOwnPoliQueue,
            ViewPatients,
        };
        match self {
            Scope::QueueRead => &[ViewDashboard, ViewOwnPoliQueue],
            Scope::QueueWrite => &[RegisterVisitor, CallQueue, RecallQueue, SkipQueue, FinishQueue],
            Scope::PatientsRead => &[ViewPatients],
        }
    }
}
