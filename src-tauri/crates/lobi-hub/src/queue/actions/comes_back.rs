//! Who was skipped and comes after all joins the line where the site wants it.

use lobi_core::queue::Ticket;
use lobi_core::site::late::Back;

use crate::act::Act;
use crate::error::Result;
use crate::queue::store::lines;
use crate::site::actions::lateness;

/// Gives somebody who comes back their place in line.
pub(super) fn join_line(act: &Act<'_, '_>, ticket: &mut Ticket) -> Result<()> {
    let late = lateness(act)?;
    let behind = match late.kembali {
        Back::Place => return Ok(()),
        Back::After => lines::nth_waiting(act.sql(), ticket.stage.service, act.day(), late.setelah)?,
        Back::End => None,
    };
    ticket.stage.order = match behind {
        // Just before whoever stands behind those: a place is the order, then the older number.
        Some(place) if ticket.id < place.ticket => place.order,
        Some(place) => place.order - 1,
        None => lines::next_order(act.sql())?,
    };
    Ok(())
}
