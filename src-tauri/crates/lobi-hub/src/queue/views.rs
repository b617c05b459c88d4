//! The queue of the day as screens see it, made from the state in memory.

use lobi_core::memory::Memory;
use lobi_core::queue::{CounterNumber, Ticket};
use lobi_core::time::Timestamp;

use super::wire::ticket::{LiveTicket, TicketView};
use super::wire::visitor::Display;

/// The display of one service, or of all.
pub fn display_of(memory: &Memory, slug: Option<&str>) -> Display {
    let (board, zone) = (&memory.queue, memory.site.zone);
    let wanted = |id| slug.is_none_or(|slug| board.service(id).is_some_and(|service| service.slug == slug));
    let live = |tickets: Vec<&Ticket>| {
        tickets.into_iter().filter_map(|ticket| LiveTicket::on_board(ticket, board, zone)).collect()
    };
    Display {
        current: live(board.current(wanted)),
        recent: live(board.recent(wanted)),
        waiting_count: board.counts(wanted).waiting,
        seq: memory.seq,
    }
}

/// Who is at the counter.
pub fn current_at(memory: &Memory, counter: u32) -> Option<LiveTicket> {
    let ticket = memory.queue.at_counter(CounterNumber(counter))?;
    LiveTicket::on_board(ticket, &memory.queue, memory.site.zone)
}

/// A ticket with its place in line and what to expect.
pub fn ticket_view(memory: &Memory, ticket: &Ticket, now: Timestamp) -> Option<TicketView> {
    let board = &memory.queue;
    let public = LiveTicket::on_board(ticket, board, memory.site.zone)?;
    let ahead = board.ahead_of(ticket);
    let estimate = ahead.and_then(|ahead| board.estimate(ticket.stage.service, ahead, now));
    Some(TicketView::new(public, ticket, ahead, estimate))
}
