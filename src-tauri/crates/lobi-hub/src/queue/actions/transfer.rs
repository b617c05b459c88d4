//! A visitor is sent on: the number stays, the line is another.

use std::sync::Arc;

use lobi_core::queue::{Action, Status, TicketId};
use serde_json::json;

use super::{act_on_ticket, not_now, permission, public, service, tell, ticket};
use crate::act::Caller;
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::events::QueueTransferred;
use crate::queue::store::{lines, numbers, services, steps, tickets};
use crate::queue::wire::ticket::TicketAnswer;

/// Sends one of today's numbers on to another service, at the end of its line. Whoever was being served is done here.
/// `alasan`: why, for the record; may be empty.
///
/// # Errors
/// No such ticket or service, not the caller's service, a closed service, a cancelled number; a database error.
pub async fn transfer(
    hub: &Arc<Hub>,
    caller: Caller,
    id: TicketId,
    poli: String,
    alasan: String,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        let before = ticket(act, id, permission(Action::Transfer))?;
        let from = service(act, before.stage.service)?;
        let to = services::service(act.sql(), &poli)?.filter(|service| !service.retired);
        let to = to.ok_or_else(|| Refusal::no_service(&poli))?;
        if to.id == from.id {
            return Err(Refusal::invalid([("poli", "transfer_same")]).into());
        }
        if !to.open {
            return Err(Refusal::from(Code::ServiceClosed).with("poli", &to.nama).into());
        }
        let order = lines::next_order(act.sql())?;
        let after = match before.transferred(to.id, order, act.moment()?) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
        steps::remember(act.sql(), &before, Action::Transfer.name(), act.now())?;
        if before.stage.status == Status::Waiting {
            numbers::count_waiting(act.sql(), from.id, act.day(), -1)?;
        }
        let waiting_count = numbers::count_waiting(act.sql(), to.id, act.day(), 1)?;
        let (old, new) = (json!({ "poli": from.slug }), json!({ "poli": to.slug, "alasan": alasan }));
        act.audit("queue.transfer", &format!("ticket:{}", id.0), Some(&old), Some(&new))?;
        let news = QueueTransferred { ticket: public(act, &after)?, waiting_count, dari: (&from).into() };
        tell(act, &after, &news)?;
        Ok((after, None))
    })
    .await
}
