//! What staff see: counters to sit at, the own services' tickets, who is next and why.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use lobi_core::access::{Actor, Permission, Reach};
use lobi_core::memory::Memory;
use lobi_core::queue::next::next_up;
use lobi_core::queue::{Board, CounterNumber, ServiceId, Status, Ticket, TicketId};
use lobi_core::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::error::{Code, Refusal};
use crate::http::auth::By;
use crate::http::body::Query;
use crate::http::paging::{Here, Paging};
use crate::http::{Answer, ApiError, App};
use crate::queue::store::counters::{self, Counter};
use crate::queue::store::registrations;
use crate::queue::views::{Views, current_at};
use crate::queue::wire::classes::Kelas;
use crate::queue::wire::desk::{CounterView, Counters, Dashboard, DashboardTicket, Stats, Upcoming};
use crate::queue::wire::ticket::TicketView;
use crate::queue::wire::visitor::{DisplayCounter, DisplayCounters};
use crate::secrets;
use crate::wire::Poli;

/// Which tickets to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DashboardQuery {
    /// Only what this counter serves; also tells who is next there.
    loket: Option<u32>,
    /// Only tickets that stand so.
    status: Option<Status>,
    /// Only tickets whose number, code or visitor's name contains this.
    cari: Option<String>,
    /// From 1.
    #[param(minimum = 1)]
    page: Option<usize>,
    /// 1–1000, 200 unless told.
    #[param(minimum = 1, maximum = 1000)]
    per_page: Option<usize>,
}

/// Counters, and at which of them you may call.
#[utoipa::path(get, path = "/api/counters", tag = "staff",
    responses((status = 200, body = Counters)))]
pub async fn counters(State(hub): State<App>, By(asks): By) -> Answer<Counters> {
    Ok(Json(counters_now(&hub, &asks).await?))
}

/// Counters as somebody may use them.
pub async fn counters_now(hub: &App, asks: &Actor) -> Result<Counters, ApiError> {
    let counters = hub.db.read(counters::counters).await?;
    let memory = hub.memory();
    let view = |counter: &Counter| CounterView {
        number: counter.number.0,
        nama: counter.nama.clone(),
        services: served(counter, &memory),
        petugas: hub.live.presence.at(counter.number.0, memory.site.zone),
        allowed: counter.services.iter().any(|service| may(asks, *service)),
        current: current_at(&memory, counter.number.0),
        keadaan: counter.presence.state,
        alasan: counter.presence.reason.clone(),
        sejak: counter.presence.since.map(|since| since.rfc3339(memory.site.zone)),
    };
    Ok(Counters { counters: counters.iter().map(view).collect() })
}

fn served(counter: &Counter, memory: &Memory) -> Vec<Poli> {
    counter.services.iter().filter_map(|id| memory.queue.service(*id)).map(Poli::from).collect()
}

/// The counters as the room sees them.
#[utoipa::path(get, path = "/api/loket", tag = "visitor", responses((status = 200, body = DisplayCounters)))]
pub async fn room_counters(State(hub): State<App>) -> Answer<DisplayCounters> {
    let counters = hub.db.read(counters::counters).await?;
    let memory = hub.memory();
    let view = |counter: Counter| DisplayCounter {
        number: counter.number.0,
        poli: served(&counter, &memory),
        nama: counter.nama,
        keadaan: counter.presence.state,
        alasan: counter.presence.reason,
    };
    Ok(Json(DisplayCounters { loket: counters.into_iter().map(view).collect() }))
}

/// The own services' tickets today, counts, and who is next.
#[utoipa::path(get, path = "/api/dashboard/queues", tag = "staff", params(DashboardQuery),
    responses((status = 200, body = Dashboard)))]
pub async fn dashboard(
    State(hub): State<App>,
    By(asks): By,
    here: Here,
    Query(query): Query<DashboardQuery>,
) -> Answer<Dashboard> {
    let paging = Paging::of(query.page, query.per_page)?;
    let counter = match query.loket {
        None => None,
        Some(number) => {
            let found = hub.db.read(move |sql| counters::counter(sql, CounterNumber(number))).await?;
            Some(found.ok_or_else(|| Refusal::from(Code::CounterNotFound).with("loket", number))?)
        }
    };
    let wanted = match &query.cari {
        None => None,
        Some(text) => Some(Search::of(&hub, text).await?),
    };
    let now = hub.now();
    // One look at memory: tickets, counts and the event number belong together.
    let (views, total, stats, upcoming, seq) = {
        let memory = hub.memory();
        let board = &memory.queue;
        let served = |service| counter.as_ref().is_none_or(|counter| counter.services.contains(&service));
        // Asked once a service, not once a number.
        let services = board.services().map(|service| service.id);
        let own: BTreeSet<ServiceId> =
            services.filter(|service| may(&asks, *service) && served(*service)).collect();
        let own = |service: ServiceId| own.contains(&service);
        let found = |ticket: &Ticket| {
            own(ticket.stage.service)
                && query.status.is_none_or(|status| ticket.stage.status == status)
                && wanted.as_ref().is_none_or(|search| search.finds(ticket, board))
        };
        let ordered = ordered(board, found);
        let mut all = Views::new(&memory, now);
        let view = |ticket: &&Ticket| {
            let priority = board.service(ticket.stage.service).is_some_and(|service| service.priority);
            all.view(ticket).map(|view| (view, priority))
        };
        let views: Vec<(TicketView, bool)> = paging.page_of(&ordered).filter_map(view).collect();
        let upcoming = counter.as_ref().and_then(|counter| upcoming(board, counter, own, now));
        (views, ordered.len(), stats(board, own), upcoming, memory.seq)
    };
    let ids: Vec<TicketId> = views.iter().map(|(view, _)| TicketId(view.public.id)).collect();
    let people = hub.db.read(move |sql| registrations::registrations(sql, &ids)).await?;
    let tickets = views.into_iter().zip(people).map(|((ticket, priority), person)| DashboardTicket {
        ticket,
        nama: person.nama,
        pasien: person.person.map(|person| person.0),
        cara_daftar: person.cara_daftar,
        priority,
    });
    Ok(Json(Dashboard {
        tickets: tickets.collect(),
        stats,
        upcoming,
        page: paging.page,
        per_page: paging.per_page,
        total,
        next: here.next(paging, total),
        seq,
    }))
}

/// What somebody looks for in today's list.
struct Search {
    text: String,
    /// Whether it could stand in a number: short and without a gap. Two hundred thousand need not be spelt out for a name.
    like_a_number: bool,
    code: String,
    /// Tickets of people with such a name.
    named: BTreeSet<TicketId>,
}

impl Search {
    async fn of(hub: &App, typed: &str) -> Result<Self, ApiError> {
        let text = typed.trim().to_uppercase();
        if text.chars().count() > 100 {
            return Err(Refusal::invalid([("cari", "too_long")]).into());
        }
        let (day, name) = (hub.memory().day, text.clone());
        let named = hub.db.read(move |sql| registrations::tickets_named(sql, day, &name)).await?;
        let like_a_number = text.chars().count() <= 12 && !text.contains(char::is_whitespace);
        let code = secrets::normal_code(&text);
        Ok(Search { code, like_a_number, text, named: named.into_iter().collect() })
    }

    fn finds(&self, ticket: &Ticket, board: &Board) -> bool {
        let number = || board.service(ticket.service).map(|service| service.number(ticket.number));
        self.like_a_number && number().is_some_and(|number| number.contains(&self.text))
            || ticket.code.contains(&self.code)
            || self.named.contains(&ticket.id)
    }
}

fn may(asks: &Actor, service: ServiceId) -> bool {
    asks.may(Permission::ViewOwnPoliQueue, Reach::Service(service))
}

/// Waiting ones by age of their number, then the others, newest first.
fn ordered(board: &Board, found: impl Fn(&Ticket) -> bool) -> Vec<&Ticket> {
    let wanted = |ticket: &&Ticket| found(ticket);
    let (mut waiting, mut others): (Vec<&Ticket>, Vec<&Ticket>) =
        board.tickets().filter(wanted).partition(|ticket| ticket.waits());
    waiting.sort_by_key(|ticket| ticket.place());
    others.sort_by_key(|ticket| Reverse((last_moment(ticket), ticket.id)));
    waiting.append(&mut others);
    waiting
}

/// The place of a ticket's last call or end in the order of events.
fn last_moment(ticket: &Ticket) -> Option<i64> {
    let (called, finished) = (ticket.stage.called, ticket.stage.finished);
    finished.map(|moment| moment.order).max(called.map(|moment| moment.order))
}

fn upcoming(
    board: &Board,
    counter: &Counter,
    own: impl Fn(ServiceId) -> bool,
    now: Timestamp,
) -> Option<Upcoming> {
    let services = counter.services.iter().copied().filter(|service| own(*service));
    let next = next_up(&board.heads(services, counter.number, now), &counter.turns, &counter.weights)?;
    let ticket = board.ticket(next.id)?;
    Some(Upcoming {
        id: next.id.0,
        nomor_antrean: board.service(ticket.service)?.number(ticket.number),
        kelas: ticket.class.and_then(|class| board.class(class)).map(Kelas::from),
        reason: next.reason,
        regular_before_priority: next.regular_before_priority,
    })
}

fn stats(board: &Board, own: impl Fn(ServiceId) -> bool) -> Stats {
    let counts = board.counts(&own);
    Stats {
        selesai: counts.done,
        menunggu: counts.waiting,
        dipanggil: counts.called,
        dilewati: counts.skipped,
        rata_rata_menit: board.mean_visit_minutes(own).map(|minutes| (minutes * 10.0).round() / 10.0),
    }
}
