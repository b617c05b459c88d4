//! An admin ends all of today's open numbers at once, and takes that back the same day (seed 1, `POST /api/reset`).

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::queue::{Action, Status, Ticket};
use serde_json::json;

use super::{public, step, tell};
use crate::act::{Act, Caller};
use crate::error::{Code, Result};
use crate::hub::Hub;
use crate::queue::events::{QueueUpdated, TicketEvent};
use crate::queue::store::resets::{self, Ended};
use crate::queue::store::{numbers, steps, tickets};
use crate::queue::wire::desk::{Reset, Restored};

/// Ends today's open numbers: who is being served is done, the others are cancelled. Numbering goes on, so that no number is given
/// twice on a day.
///
/// # Errors
/// No right; a database error.
pub async fn reset(hub: &Arc<Hub>, caller: Caller) -> Result<Reset> {
    hub.act(caller, |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let open = tickets::open_tickets(act.sql(), act.day())?;
        let id = resets::begin(act.sql(), act.day(), act.now())?;
        let mut done = Reset::default();
        for before in open {
            let after = if before.stage.status == Status::Serving {
                done.selesai += 1;
                step(act, &before, Action::Finish)?
            } else {
                done.batal += 1;
                step(act, &before, Action::Cancel)?
            };
            resets::remember(act.sql(), id, &before, &after)?;
        }
        act.audit(
            "queue.reset",
            "day",
            None::<&()>,
            Some(&json!({ "selesai": done.selesai, "batal": done.batal })),
        )?;
        Ok(done)
    })
    .await
}

/// Takes the day's last reset back: each number stands again where it stood. Who has been called or returned since is left
/// alone; who was at a counter where somebody else is now waits at their old place.
///
/// # Errors
/// No right, nothing to take back; a database error.
pub async fn undo_reset(hub: &Arc<Hub>, caller: Caller) -> Result<Restored> {
    hub.act(caller, |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let id = resets::last(act.sql(), act.day())?.ok_or(Code::NothingReset)?;
        let mut dikembalikan = 0;
        for ended in resets::ended(act.sql(), id)? {
            let present = tickets::ticket(act.sql(), ended.ticket, act.day())?;
            let as_left = |ticket: &Ticket| ticket.stage.finished.is_some_and(|at| at.order == ended.order);
            if let Some(present) = present.filter(as_left) {
                restore(act, &present, ended)?;
                dikembalikan += 1;
            }
        }
        resets::undone(act.sql(), id, act.now())?;
        act.audit("queue.reset_undo", "day", None::<&()>, Some(&json!({ "dikembalikan": dikembalikan })))?;
        Ok(Restored { dikembalikan })
    })
    .await
}

fn restore(act: &mut Act<'_, '_>, present: &Ticket, ended: Ended) -> Result<()> {
    let mut after = present.taken_back(ended.before);
    if let Some(loket) = after.stage.counter.filter(|_| after.stage.status.at_counter())
        && tickets::at_counter(act.sql(), loket, act.day())?.is_some()
    {
        after.stage.give_way();
    }
    tickets::save_ticket(act.sql(), &after, act.by().staff_id())?;
    steps::forget(act.sql(), after.id)?;
    let waits = i32::from(after.waits());
    let waiting_count = numbers::count_waiting(act.sql(), after.stage.service, act.day(), waits)?;
    let news = TicketEvent { ticket: public(act, &after)?, waiting_count, speech: Vec::new() };
    tell(act, &after, &QueueUpdated(news))
}
