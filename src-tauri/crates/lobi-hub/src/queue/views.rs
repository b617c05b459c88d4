//! The queue of the day as screens see it, made from the state in memory.

use std::collections::HashMap;

use lobi_core::memory::Memory;
use lobi_core::queue::{CounterNumber, Service, ServiceId, Ticket, TicketId};
use lobi_core::site::hours::{Standing, When, Why};
use lobi_core::time::Timestamp;

use super::wire::classes::Kelas;
use super::wire::ticket::{LiveTicket, StageView, TicketView};
use super::wire::visitor::{Display, OpenService, Sebab, Services, ShutService};
use crate::wire::Poli;

/// What visitors choose from at `now`.
pub fn services_of(memory: &Memory, now: Timestamp) -> Services {
    let (board, zone) = (&memory.queue, memory.site.zone);
    let day_ends = memory.day.ends(zone, memory.site.day_starts_at.minutes());
    let when = When { now, zone, holidays: &memory.holidays, day_ends };
    let view = |service: &Service| {
        let waiting_count = board.waiting_count(service.id);
        OpenService {
            slug: service.slug.clone(),
            kode: service.kode.clone(),
            nama: service.nama.clone(),
            nama_en: service.nama_en.clone(),
            icon: service.icon.clone(),
            priority: service.priority,
            waiting_count,
            estimated_wait_minutes: board.estimate(service.id, waiting_count, now),
            tutup: match service.hours.gives(&when, board.given_count(service.id), None) {
                Standing::Open(_) => None,
                Standing::Shut(why, again) => Some(shut(why, again.map(|again| again.rfc3339(zone)))),
            },
        }
    };
    let services = board.services().filter(|service| service.open).map(view).collect();
    let kelas = board.classes().filter(|class| class.active && class.kiosk).map(Kelas::from).collect();
    let sampai = memory.day.plus_days(memory.site.online.hari_ke_depan).to_string();
    Services { services, kelas, sampai, seq: memory.seq }
}

fn shut(why: Why, buka_lagi: Option<String>) -> ShutService {
    let (sebab, libur) = match why {
        Why::Hours => (Sebab::Hours, None),
        Why::Holiday(name) => (Sebab::Holiday, Some(name)),
        Why::Quota => (Sebab::Quota, None),
    };
    ShutService { sebab, libur, buka_lagi }
}

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
    ticket_view_at(memory, ticket, memory.queue.ahead_of(ticket, now), now)
}

/// Views of many tickets: where classes mix the order, each line is walked once, not once a ticket.
pub struct Views<'a> {
    memory: &'a Memory,
    now: Timestamp,
    ahead: HashMap<ServiceId, HashMap<TicketId, usize>>,
}

impl<'a> Views<'a> {
    /// As the memory is at `now`.
    pub fn new(memory: &'a Memory, now: Timestamp) -> Self {
        Views { memory, now, ahead: HashMap::new() }
    }

    /// One of them.
    pub fn view(&mut self, ticket: &Ticket) -> Option<TicketView> {
        let (board, service, now) = (&self.memory.queue, ticket.stage.service, self.now);
        let ahead = if ticket.waits() && board.has_classes(service) {
            let walked = || board.order(service, now).zip(0..).map(|(place, ahead)| (place.ticket, ahead));
            self.ahead.entry(service).or_insert_with(|| walked().collect()).get(&ticket.id).copied()
        } else {
            board.ahead_of(ticket, now)
        };
        ticket_view_at(self.memory, ticket, ahead, now)
    }
}

fn ticket_view_at(
    memory: &Memory,
    ticket: &Ticket,
    ahead: Option<usize>,
    now: Timestamp,
) -> Option<TicketView> {
    let board = &memory.queue;
    let public = LiveTicket::on_board(ticket, board, memory.site.zone)?;
    let class = ticket.class.and_then(|class| board.class(class));
    let stages = StageView::all(ticket, memory.site.zone, |id| board.service(id).map(Poli::from));
    let onward = ticket
        .route
        .iter()
        .filter_map(|id| board.service(*id).filter(|stop| !stop.retired).map(Poli::from))
        .collect();
    let estimate = ahead.and_then(|ahead| board.estimate(ticket.stage.service, ahead, now));
    Some(TicketView::new(public, ticket, class, (stages, onward), ahead, estimate))
}
