//! Priority classes: the site's list, and who is given one.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::memory::Change;
use lobi_core::queue::{self, Action, Class, ClassId, Service, TicketId};
use serde_json::json;

use super::manage::free_slug;
use super::{act_on_ticket, class_of, not_now, permission, public, tell, ticket};
use crate::act::{Act, Caller};
use crate::error::{Refusal, Result};
use crate::hub::Hub;
use crate::queue::events::{QueueUpdated, TicketEvent};
use crate::queue::store::{classes, numbers, tickets};
use crate::queue::wire::ticket::TicketAnswer;
use crate::site::events::SiteUpdated;

/// How many a site may have: a screen's worth.
const MOST_CLASSES: usize = 20;

/// Adds a class or replaces the one with the same slug; one without a slug gets that of its name. `id` in the input is ignored.
///
/// # Errors
/// No right, classes enough; a database error.
pub async fn set_class(hub: &Arc<Hub>, caller: Caller, class: Class) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let known = classes::classes(act.sql())?;
        let taken = |slug: &str| Ok(known.iter().any(|one| one.slug == slug));
        let slug = if class.slug.is_empty() { free_slug(&class.nama, taken)? } else { class.slug.clone() };
        let class = Class { slug, ..class };
        let before = known.iter().find(|one| one.slug == class.slug);
        if before.is_none() && known.len() >= MOST_CLASSES {
            return Err(Refusal::invalid([("slug", "too_many")]).into());
        }
        let id = classes::save_class(act.sql(), &class)?;
        let class = Class { id, ..class };
        let subject = format!("class:{}", class.slug);
        act.audit("class.set", &subject, before.map(facts).as_ref(), Some(&facts(&class)))?;
        act.tell(&SiteUpdated::default(), [Change::Queue(queue::Change::Class(Box::new(class)))])
    })
    .await
}

/// What the audit trail keeps of a class.
fn facts(class: &Class) -> serde_json::Value {
    let Class { nama, nama_en, icon, warna, rule, kiosk, active, .. } = class;
    json!({ "nama": nama, "nama_en": nama_en, "icon": icon, "warna": warna.name(), "rule": rule, "kiosk": kiosk, "active": active })
}

/// The class that whoever acts may give somebody at that service: what visitors may not say themselves is for the staff.
pub(super) fn class_to_give(act: &Act<'_, '_>, slug: &str, service: &Service) -> Result<ClassId> {
    let class = classes::class(act.sql(), slug)?.filter(|class| class.active);
    let class = class.ok_or_else(|| Refusal::invalid([("kelas", "class_unknown")]))?;
    if !class.kiosk && !act.by().may(Permission::RegisterVisitor, Reach::Service(service.id)) {
        return Err(Refusal::invalid([("kelas", "class_by_staff")]).into());
    }
    Ok(class.id)
}

/// Gives one of today's numbers a class, or takes it away: its place in line follows.
///
/// # Errors
/// No such ticket or class, not the caller's service, a visit that is over; a database error.
pub async fn classify(
    hub: &Arc<Hub>,
    caller: Caller,
    id: TicketId,
    kelas: Option<String>,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let before = ticket(act, id, permission(Action::Classify))?;
        let class = match &kelas {
            None => None,
            Some(slug) => {
                let service = super::service(act, before.stage.service)?;
                Some(class_to_give(act, slug, &service)?)
            }
        };
        let after = match before.classed(class) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        tickets::save_class(act.sql(), &after)?;
        let was = class_of(act, &before)?.map(|class| class.slug);
        act.audit(
            "queue.class",
            &format!("ticket:{}", id.0),
            Some(&json!({ "kelas": was })),
            Some(&json!({ "kelas": kelas })),
        )?;
        let waiting_count = numbers::count_waiting(act.sql(), after.stage.service, act.day(), 0)?;
        let news = TicketEvent { ticket: public(act, &after)?, waiting_count, speech: Vec::new() };
        tell(act, &after, &QueueUpdated(news))?;
        Ok((after, None))
    })
    .await
}
