//! What an admin decides about work that the hub gave up.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};

use crate::act::Caller;
use crate::error::Result;
use crate::hub::Hub;

/// What becomes of a job that was given up.
#[derive(Clone, Copy, Debug)]
pub enum Decision {
    /// It is tried again.
    Retry,
    /// It is forgotten.
    Dismiss,
}

/// Tries a job that was given up again, or forgets it.
///
/// # Errors
/// No right; no such job; a database error.
pub async fn decide(hub: &Arc<Hub>, caller: Caller, id: i64, decision: Decision) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageHub, Reach::Site)?;
        let (deed, (kind, about)) = match decision {
            Decision::Retry => ("job.retry", act.retry_job(id)?),
            Decision::Dismiss => ("job.dismiss", act.dismiss_job(id)?),
        };
        act.audit(deed, &format!("job {id}"), None::<&()>, Some(&(kind, about)))
    })
    .await
}
