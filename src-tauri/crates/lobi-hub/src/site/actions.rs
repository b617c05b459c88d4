//! Changing the site's facts.

pub mod holidays;

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::site::{self, Late, Online, Site, SpeechStyle};
use serde_json::json;

use super::events::SiteUpdated;
use super::store;
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;

/// Changes the site's facts: `change` gets them as they stand in this very transaction, so that two admins who change
/// different things at once both keep theirs. `seen_version`: the version that the admin looked at; when it is no longer the
/// present one, nothing is changed and the admin is told. Every screen hears `SiteUpdated`.
///
/// # Errors
/// No right; changed meanwhile; what `change` refuses; a database error.
pub async fn change_site(
    hub: &Arc<Hub>,
    caller: Caller,
    seen_version: Option<i64>,
    change: impl FnOnce(Site) -> Result<Site, Refusal> + Send + 'static,
) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = store::site(act.sql())?;
        if seen_version.is_some_and(|seen| seen != before.version) {
            return Err(Code::ChangedMeanwhile.into());
        }
        let after = change(before.clone())?;
        save(act, &before, after)
    })
    .await
}

/// Sets the site's facts inside an action; id and version stay the file's own.
///
/// # Errors
/// A database error.
pub fn set_site(act: &mut Act<'_, '_>, site: Site) -> Result<()> {
    let before = store::site(act.sql())?;
    save(act, &before, site)
}

fn save(act: &mut Act<'_, '_>, before: &Site, after: Site) -> Result<()> {
    let after = Site { id: before.id.clone(), epoch: before.epoch, version: before.version + 1, ..after };
    store::save_site(act.sql(), &after)?;
    act.audit("site.change", "site", Some(&facts(before)), Some(&facts(&after)))?;
    let other_day = (after.zone, after.day_starts_at) != (before.zone, before.day_starts_at);
    act.tell(&SiteUpdated::default(), [Change::Site(site::Change::Facts(Box::new(after)))])?;
    if other_day { act.look_at_day_again() } else { Ok(()) }
}

/// What the audit trail keeps: not the picture itself.
fn facts(site: &Site) -> serde_json::Value {
    json!({
        "name": site.name, "city": site.city, "zone": site.zone, "day_starts_at": site.day_starts_at,
        "info_id": site.info_id, "info_en": site.info_en,
        "demo": site.demo, "speech": site.speech, "public_address": site.public_address,
        "logo": site.logo.as_ref().map(String::len), "printer": site.printer, "late": site.late,
    })
}

/// How calls sound, inside an action.
///
/// # Errors
/// A database error.
pub fn speech_style(act: &Act<'_, '_>) -> Result<SpeechStyle> {
    Ok(store::speech_style(act.sql())?)
}

/// What happens about people who do not come, inside an action.
///
/// # Errors
/// A database error.
pub fn lateness(act: &Act<'_, '_>) -> Result<Late> {
    Ok(store::lateness(act.sql())?)
}

/// How numbers are taken from afar, inside an action.
///
/// # Errors
/// A database error.
pub fn online(act: &Act<'_, '_>) -> Result<Online> {
    Ok(store::online(act.sql())?)
}
