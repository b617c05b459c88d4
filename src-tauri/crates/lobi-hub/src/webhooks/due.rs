//! That something is to be told to a program: one job for each program at a time.

use crate::act::Act;
use crate::db::NewJob;
use crate::error::Result;

/// The kind of that job.
pub const TELL: &str = "webhook";

/// Lets a program be told what is due.
///
/// # Errors
/// A database error.
pub fn tell_soon(act: &mut Act<'_, '_>, webhook: i64) -> Result<i64> {
    act.enqueue(&NewJob { kind: TELL, about: &webhook.to_string(), data: "{}".into(), due: act.now() })
}
