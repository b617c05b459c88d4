//! A colleague at another counter takes over: the visitor who is there, and whoever waits for that counter alone.

use std::sync::Arc;

use lobi_core::queue::{Action, CounterNumber, Status};
use serde_json::json;

use super::call_next::counter;
use super::pause::opened_by_a_call;
use super::transfer::move_line;
use super::{act_on_ticket, call_speech, not_now, public, tell};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::queue::events::{QueueCalled, QueueUpdated, TicketEvent};
use crate::queue::store::counters::{self, Counter};
use crate::queue::store::{numbers, steps, tickets};
use crate::queue::wire::ticket::TicketAnswer;

/// Hands the visitor of a counter over to another one, with whoever waits for that counter alone. Whoever was called and has not
/// come is called to the other counter.
///
/// # Errors
/// No such counter, nobody is there, the other one is busy, the same, or serves something else, no right; a database error.
pub async fn hand_over(
    hub: &Arc<Hub>,
    caller: Caller,
    from: CounterNumber,
    to: CounterNumber,
) -> Result<TicketAnswer> {
    act_on_ticket(hub, caller, move |act| {
        counter(act, from)?;
        let (old, new) = (known(act, from)?, known(act, to)?);
        let present = tickets::at_counter(act.sql(), from, act.day())?;
        let before = present.ok_or_else(|| Refusal::from(Code::CounterEmpty).with("loket", from.0))?;
        if from == to || !new.services.contains(&before.stage.service) {
            let why = if from == to { "hand_over_same" } else { "counter_serves_other" };
            return Err(Refusal::invalid([("ke", why)]).into());
        }
        if tickets::at_counter(act.sql(), to, act.day())?.is_some() {
            return Err(Refusal::from(Code::CounterBusy).with("loket", to.0).into());
        }
        let after = match before.handed_over(to, act.moment()?) {
            Ok(after) => after,
            Err(refused) => return Err(not_now(act, &before, refused)?.into()),
        };
        opened_by_a_call(act, to)?;
        tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
        steps::remember(act.sql(), &before, Action::HandOver.name(), act.now())?;
        let said = |loket: CounterNumber| json!({ "loket": loket.0 });
        let subject = format!("ticket:{}", before.id.0);
        act.audit("queue.hand_over", &subject, Some(&said(from)), Some(&said(to)))?;
        let waiting_count = numbers::count_waiting(act.sql(), after.stage.service, act.day(), 0)?;
        let mut news = TicketEvent { ticket: public(act, &after)?, waiting_count, speech: Vec::new() };
        if after.stage.status == Status::Called {
            news.speech = call_speech(act, &after)?;
            tell(act, &after, &QueueCalled(news))?;
        } else {
            tell(act, &after, &QueueUpdated(news))?;
        }
        move_line(act, &old, Some(&new))?;
        Ok((after, None))
    })
    .await
}

fn known(act: &Act<'_, '_>, loket: CounterNumber) -> Result<Counter> {
    let not_there = || Refusal::from(Code::CounterNotFound).with("loket", loket.0);
    Ok(counters::counter(act.sql(), loket)?.ok_or_else(not_there)?)
}
