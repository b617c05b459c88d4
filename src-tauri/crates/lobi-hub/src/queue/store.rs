//! SQL of services, counters, numbers and tickets.

use lobi_core::queue::next::Head;
use lobi_core::queue::{
    Board, CounterNumber, Paper, PaperState, Service, ServiceId, Status, Ticket, TicketId,
};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::db::{DbError, Given, Numbers};
use crate::people::store::PersonId;
use crate::settings::store as settings;

/// What every query about tickets selects, in the order that [`ticket_row`] names.
macro_rules! select_tickets {
    ($rest:literal) => {
        concat!(
            "select id, code, service_id, number, status, counter, created_at, called_at, served_at, finished_at, recalls,
                    paper, paper_fault, copies
             from tickets ",
            $rest
        )
    };
}

fn ticket_row(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    let status: String = row.get("status")?;
    let time = |column: &str| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp));
    Ok(Ticket {
        id: TicketId(row.get("id")?),
        code: row.get("code")?,
        service: ServiceId(row.get("service_id")?),
        number: row.get("number")?,
        // The table's check constraint admits no other name.
        status: Status::named(&status).unwrap_or(Status::Cancelled),
        counter: row.get::<_, Option<u32>>("counter")?.map(CounterNumber),
        created_at: Timestamp(row.get("created_at")?),
        called_at: time("called_at")?,
        served_at: time("served_at")?,
        finished_at: time("finished_at")?,
        recalls: row.get("recalls")?,
        paper: Paper {
            state: PaperState::named(row.get_ref("paper")?.as_str()?).unwrap_or_default(),
            fault: row.get("paper_fault")?,
            copies: row.get("copies")?,
        },
    })
}

fn service_row(row: &Row<'_>) -> rusqlite::Result<Service> {
    Ok(Service {
        id: ServiceId(row.get("id")?),
        kode: row.get("kode")?,
        slug: row.get("slug")?,
        nama: row.get("nama")?,
        nama_en: row.get("nama_en")?,
        icon: row.get("icon")?,
        open: row.get("open")?,
        priority: row.get("priority")?,
    })
}

/// Today's board, read once when the hub opens.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn board(sql: &Connection) -> Result<Board, DbError> {
    let day = settings::stored_day(sql)?.day;
    let services = sql
        .prepare("select * from services order by id")?
        .query_map([], service_row)?
        .collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<ServiceId> = services.iter().map(|service| service.id).collect();
    let mut board = Board::new(day, services);
    let mut today = Vec::new();
    for service in ids {
        let mut select = sql.prepare_cached(select_tickets!("where service_id = :service and day = :day"))?;
        let rows =
            select.query_map(named_params! { ":service": service.0, ":day": day.to_string() }, ticket_row)?;
        today.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    // Visits in the order in which they ended, then calls in the order in which they were made: as they came live.
    today.sort_by_key(|ticket| (ticket.finished_at, ticket.id));
    for ticket in &today {
        board.put(ticket.clone(), false);
    }
    today.retain(|ticket| ticket.called_at.is_some());
    today.sort_by_key(|ticket| (ticket.called_at, ticket.id));
    for ticket in today {
        board.put(ticket, true);
    }
    board.seq = sql.query_row("select coalesce(max(seq), 0) from events", [], |row| row.get(0))?;
    Ok(board)
}

/// A service by its slug.
pub fn service(sql: &Connection, slug: &str) -> Result<Option<Service>, DbError> {
    let mut select = sql.prepare_cached("select * from services where slug = :slug")?;
    Ok(select.query_row(named_params! { ":slug": slug }, service_row).optional()?)
}

/// Adds a service, or replaces the one with the same slug.
pub fn save_service(sql: &Connection, service: &Service) -> Result<ServiceId, DbError> {
    let id = sql.query_row(
        "insert into services (kode, slug, nama, nama_en, icon, open, priority)
         values (:kode, :slug, :nama, :nama_en, :icon, :open, :priority)
         on conflict (slug) do update set kode = :kode, nama = :nama, nama_en = :nama_en, icon = :icon,
                                          open = :open, priority = :priority
         returning id",
        named_params! {
            ":kode": service.kode, ":slug": service.slug, ":nama": service.nama, ":nama_en": service.nama_en,
            ":icon": service.icon, ":open": service.open, ":priority": service.priority,
        },
        |row| row.get(0),
    )?;
    Ok(ServiceId(id))
}

/// A counter with the services it serves.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Its number.
    pub number: CounterNumber,
    /// Its name: "Loket 1".
    pub nama: String,
    /// Regular numbers called since the last priority one.
    pub regular_run: u32,
    /// What it serves.
    pub services: Vec<ServiceId>,
}

/// A counter by its number.
pub fn counter(sql: &Connection, number: CounterNumber) -> Result<Option<Counter>, DbError> {
    let mut select =
        sql.prepare_cached("select number, nama, regular_run from counters where number = :number")?;
    let found = select.query_row(named_params! { ":number": number.0 }, counter_row).optional()?;
    found.map(|counter| with_services(sql, counter)).transpose()
}

/// All counters by number.
pub fn counters(sql: &Connection) -> Result<Vec<Counter>, DbError> {
    let mut select = sql.prepare_cached("select number, nama, regular_run from counters order by number")?;
    let counters = select.query_map([], counter_row)?.collect::<Result<Vec<_>, _>>()?;
    counters.into_iter().map(|counter| with_services(sql, counter)).collect()
}

fn counter_row(row: &Row<'_>) -> rusqlite::Result<Counter> {
    Ok(Counter {
        number: CounterNumber(row.get("number")?),
        nama: row.get("nama")?,
        regular_run: row.get("regular_run")?,
        services: Vec::new(),
    })
}

fn with_services(sql: &Connection, counter: Counter) -> Result<Counter, DbError> {
    let mut select = sql.prepare_cached(
        "select service_id from counter_services where counter = :counter order by service_id",
    )?;
    let services =
        select.query_map(named_params! { ":counter": counter.number.0 }, |row| row.get(0).map(ServiceId))?;
    Ok(Counter { services: services.collect::<Result<_, _>>()?, ..counter })
}

/// Adds a counter, or gives the one with this number another name and other services.
pub fn save_counter(sql: &Connection, counter: &Counter) -> Result<(), DbError> {
    sql.execute(
        "insert into counters (number, nama, regular_run) values (:number, :nama, :run)
         on conflict (number) do update set nama = :nama",
        named_params! { ":number": counter.number.0, ":nama": counter.nama, ":run": counter.regular_run },
    )?;
    sql.execute(
        "delete from counter_services where counter = :counter",
        named_params! { ":counter": counter.number.0 },
    )?;
    for service in &counter.services {
        sql.execute(
            "insert into counter_services (counter, service_id) values (:counter, :service)",
            named_params! { ":counter": counter.number.0, ":service": service.0 },
        )?;
    }
    Ok(())
}

/// Remembers the counter's run of regular calls.
pub fn save_regular_run(sql: &Connection, counter: CounterNumber, run: u32) -> Result<(), DbError> {
    let mut update = sql.prepare_cached("update counters set regular_run = :run where number = :number")?;
    update.execute(named_params! { ":run": run, ":number": counter.0 })?;
    Ok(())
}

/// The numbers that are remembered outside the database, see [`crate::db::head`].
pub const NUMBERS: Numbers = Numbers { given, not_again };

/// The last number of each service today.
fn given(sql: &Connection) -> Result<Given, DbError> {
    let day: String = sql.prepare_cached("select service_day from site")?.query_row([], |row| row.get(0))?;
    // The services first: `numbers` holds a row for each of them and every day since the beginning.
    let mut select = sql.prepare_cached(
        "select s.id, n.last from services s cross join numbers n on n.service_id = s.id and n.day = :day",
    )?;
    let last = select.query_map(named_params! { ":day": day }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let last = last.collect::<Result<_, _>>()?;
    Ok(Given { day, last })
}

/// Numbers that were given on a day and are not in the file any more: the next ones are higher.
fn not_again(sql: &Connection, given: &Given) -> Result<(), DbError> {
    let mut raise = sql.prepare(
        "insert into numbers (service_id, day, last, waiting)
         select id, :day, :last, 0 from services where id = :service
         on conflict do update set last = max(last, excluded.last)",
    )?;
    for (service, last) in &given.last {
        raise.execute(named_params! { ":service": service, ":day": given.day, ":last": last })?;
    }
    Ok(())
}

/// Takes the service's next number of the day and counts one more waiting: (number, waiting).
pub fn take_number(sql: &Connection, service: ServiceId, day: ServiceDay) -> Result<(u32, u32), DbError> {
    let mut upsert = sql.prepare_cached(
        "insert into numbers (service_id, day, last, waiting) values (:service, :day, 1, 1)
         on conflict do update set last = last + 1, waiting = waiting + 1
         returning last, waiting",
    )?;
    let params = named_params! { ":service": service.0, ":day": day.to_string() };
    Ok(upsert.query_row(params, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Counts the waiting up or down and tells how many wait now.
pub fn count_waiting(sql: &Connection, service: ServiceId, day: ServiceDay, by: i32) -> Result<u32, DbError> {
    let mut update = sql.prepare_cached(
        "update numbers set waiting = waiting + :by where service_id = :service and day = :day returning waiting",
    )?;
    Ok(update
        .query_row(named_params! { ":by": by, ":service": service.0, ":day": day.to_string() }, |row| {
            row.get(0)
        })?)
}

/// What belongs to a new ticket beside its rules.
pub struct NewTicket<'a> {
    /// The unguessable code.
    pub code: &'a str,
    /// The service day.
    pub day: ServiceDay,
    /// Who it is for, if told.
    pub person: Option<PersonId>,
    /// `online` or `offline`.
    pub cara_daftar: &'a str,
    /// Whether a printer will be asked for its paper.
    pub paper: PaperState,
    /// When.
    pub now: Timestamp,
}

/// Adds a waiting ticket.
pub fn insert_ticket(
    sql: &Connection,
    service: ServiceId,
    number: u32,
    new: &NewTicket<'_>,
) -> Result<Ticket, DbError> {
    let mut insert = sql.prepare_cached(
        "insert into tickets (code, service_id, day, number, status, person_id, cara_daftar, created_at, paper)
         values (:code, :service, :day, :number, 'menunggu', :person, :cara_daftar, :now, :paper)",
    )?;
    insert.execute(named_params! {
        ":code": new.code, ":service": service.0, ":day": new.day.to_string(), ":number": number,
        ":person": new.person.map(|person| person.0), ":cara_daftar": new.cara_daftar, ":now": new.now.0,
        ":paper": new.paper.name(),
    })?;
    Ok(Ticket {
        id: TicketId(sql.last_insert_rowid()),
        code: new.code.to_owned(),
        service,
        number,
        status: Status::Waiting,
        counter: None,
        created_at: new.now,
        called_at: None,
        served_at: None,
        finished_at: None,
        recalls: 0,
        paper: Paper { state: new.paper, ..Paper::default() },
    })
}

/// Writes a ticket's new state; `staff` is who acted.
pub fn save_ticket(sql: &Connection, ticket: &Ticket, staff: Option<i64>) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update tickets set status = :status, counter = :counter, called_at = :called, served_at = :served,
                finished_at = :finished, recalls = :recalls, staff_id = coalesce(:staff, staff_id)
         where id = :id",
    )?;
    update.execute(named_params! {
        ":status": ticket.status.name(), ":counter": ticket.counter.map(|counter| counter.0),
        ":called": ticket.called_at.map(|at| at.0), ":served": ticket.served_at.map(|at| at.0),
        ":finished": ticket.finished_at.map(|at| at.0), ":recalls": ticket.recalls, ":staff": staff, ":id": ticket.id.0,
    })?;
    Ok(())
}

/// Writes what became of a ticket's paper.
pub fn save_paper(sql: &Connection, ticket: &Ticket) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update tickets set paper = :paper, paper_fault = :fault, copies = :copies where id = :id",
    )?;
    update.execute(named_params! {
        ":paper": ticket.paper.state.name(), ":fault": ticket.paper.fault, ":copies": ticket.paper.copies,
        ":id": ticket.id.0,
    })?;
    Ok(())
}

/// A ticket of that day.
pub fn ticket(sql: &Connection, id: TicketId, day: ServiceDay) -> Result<Option<Ticket>, DbError> {
    let mut select = sql.prepare_cached(select_tickets!("where id = :id and day = :day"))?;
    Ok(select.query_row(named_params! { ":id": id.0, ":day": day.to_string() }, ticket_row).optional()?)
}

/// Who is at the counter.
pub fn at_counter(
    sql: &Connection,
    counter: CounterNumber,
    day: ServiceDay,
) -> Result<Option<Ticket>, DbError> {
    let mut select = sql.prepare_cached(select_tickets!(
        "where counter = :counter and day = :day and status in ('dipanggil', 'sedang_dilayani')"
    ))?;
    Ok(select
        .query_row(named_params! { ":counter": counter.0, ":day": day.to_string() }, ticket_row)
        .optional()?)
}

/// The first in line of a service.
pub fn head(sql: &Connection, service: ServiceId, day: ServiceDay) -> Result<Option<Head>, DbError> {
    let mut select = sql.prepare_cached(
        "select t.id, s.priority
         from tickets t join services s on s.id = t.service_id
         where t.service_id = :service and t.day = :day and t.status = 'menunggu' order by t.number limit 1",
    )?;
    let head = select.query_row(named_params! { ":service": service.0, ":day": day.to_string() }, |row| {
        Ok(Head { id: TicketId(row.get(0)?), priority: row.get(1)? })
    });
    Ok(head.optional()?)
}

/// How many wait before that number.
pub fn ahead_of(sql: &Connection, ticket: &Ticket, day: ServiceDay) -> Result<usize, DbError> {
    let mut count = sql.prepare_cached(
        "select count(*) from tickets
         where service_id = :service and day = :day and status = 'menunggu' and number < :number",
    )?;
    let params =
        named_params! { ":service": ticket.service.0, ":day": day.to_string(), ":number": ticket.number };
    Ok(usize::try_from(count.query_row(params, |row| row.get::<_, i64>(0))?).unwrap_or(0))
}

/// Whether the person has an active number that day.
pub fn has_active_ticket(sql: &Connection, person: PersonId, day: ServiceDay) -> Result<bool, DbError> {
    let mut select = sql.prepare_cached(
        "select exists (select 1 from tickets where person_id = :person and day = :day
                        and status in ('menunggu', 'dipanggil', 'sedang_dilayani'))",
    )?;
    Ok(select.query_row(named_params! { ":person": person.0, ":day": day.to_string() }, |row| row.get(0))?)
}

/// Ends what a past day left open: who was at a counter is done, who still waited did not come.
/// Tells how many: (done, cancelled).
pub fn close_day(sql: &Connection, day: ServiceDay, now: Timestamp) -> Result<(usize, usize), DbError> {
    let close = |from: &str, to: &str| {
        sql.execute(
            &format!(
                "update tickets set status = :to, finished_at = :now
                 where service_id in (select id from services) and day = :day and status in ({from})"
            ),
            named_params! { ":to": to, ":now": now.0, ":day": day.to_string() },
        )
    };
    let done = close("'dipanggil', 'sedang_dilayani'", "selesai")?;
    let cancelled = close("'menunggu', 'dilewati'", "batal")?;
    sql.execute(
        "update numbers set waiting = 0 where day = :day",
        named_params! { ":day": day.to_string() },
    )?;
    Ok((done, cancelled))
}

/// The day's tickets of people whose name contains `name`, whatever its letters' case.
pub fn tickets_of_people_named(
    sql: &Connection,
    day: ServiceDay,
    name: &str,
) -> Result<Vec<TicketId>, DbError> {
    let mut select = sql.prepare_cached(
        "select t.id from people p join tickets t on t.person_id = p.id and t.day = :day
         where instr(upper(p.nama), upper(:name)) > 0",
    )?;
    let rows = select.query_map(named_params! { ":day": day.to_string(), ":name": name }, |row| {
        row.get(0).map(TicketId)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What staff see of a ticket beside the ticket itself.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// The visitor's name, if told.
    pub nama: Option<String>,
    /// `online` or `offline`.
    pub cara_daftar: String,
}

/// The registrations behind these tickets, in their order.
pub fn registrations(sql: &Connection, ids: &[TicketId]) -> Result<Vec<Registration>, DbError> {
    let mut select = sql.prepare_cached(
        "select p.nama, t.cara_daftar from tickets t left join people p on p.id = t.person_id where t.id = :id",
    )?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let row = select.query_row(named_params! { ":id": id.0 }, |row| {
            Ok(Registration { nama: row.get(0)?, cara_daftar: row.get(1)? })
        });
        found.push(row.optional()?.unwrap_or_default());
    }
    Ok(found)
}
