//! The days on which the house is closed, and what the calendar says of a moment.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::site::{self, Holidays};
use lobi_core::time::Timestamp;
use serde_json::json;

use crate::act::{Act, Caller};
use crate::error::Result;
use crate::hub::Hub;
use crate::site::events::SiteUpdated;
use crate::site::store;

/// Makes these the site's holidays. Every screen hears `SiteUpdated`.
///
/// # Errors
/// No right; a database error.
pub async fn set_holidays(hub: &Arc<Hub>, caller: Caller, holidays: Holidays) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = store::holidays::holidays(act.sql())?;
        store::holidays::save_holidays(act.sql(), &holidays)?;
        // What changed, not a hundred lines.
        let lost = |from: &Holidays, to: &Holidays| {
            let gone = from.iter().filter(|(date, name)| to.get(date) != Some(name));
            json!(gone.map(|(date, name)| format!("{date} {name}")).collect::<Vec<_>>())
        };
        let (old, new) = (lost(&before, &holidays), lost(&holidays, &before));
        act.audit("site.holidays", "site", Some(&old), Some(&new))?;
        act.tell(&SiteUpdated::default(), [Change::Site(site::Change::Holidays(holidays))])
    })
    .await
}

/// The site's holidays, inside an action, and when the service day ends.
///
/// # Errors
/// A database error.
pub fn calendar(act: &Act<'_, '_>) -> Result<(Holidays, Timestamp)> {
    let stored = store::stored_day(act.sql())?;
    let day_ends = stored.day.ends(stored.zone, stored.starts_at.minutes());
    Ok((store::holidays::holidays(act.sql())?, day_ends))
}
