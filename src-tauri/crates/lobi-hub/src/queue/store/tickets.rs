//! SQL of tickets: given, moved on, printed, found.

use lobi_core::queue::{
    ClassId, CounterNumber, Moment, Paper, PaperState, ServiceId, Stage, Status, Ticket, TicketId,
};
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, RowIndex, named_params};

use crate::db::DbError;
use crate::db::columns::parsed;
use crate::people::PersonId;

/// What every query about tickets selects, in the order that [`ticket_row`] names.
macro_rules! select_tickets {
    ($rest:literal) => {
        concat!(
            "select id, code, service_id, number, day, stage_day, created_at, class_id, absent, paper, paper_fault, copies, stage_service, stage_order, stage_at, stage_counter, past_stages, route, status,
                    counter, called_at, called_order, served_at, finished_at, finished_order, recalls, recalls_earlier
             from tickets ",
            $rest
        )
    };
}

/// Where a number stands, and what its holder has behind them.
fn stages_of_row(row: &Row<'_>) -> rusqlite::Result<(Stage, Vec<Stage>)> {
    let moment = |at: &str, order: &str| {
        let at: Option<i64> = row.get(at)?;
        let order: Option<i64> = row.get(order)?;
        Ok::<_, rusqlite::Error>(at.map(|at| Moment { at: Timestamp(at), order: order.unwrap_or(0) }))
    };
    let stage = Stage {
        service: ServiceId(row.get("stage_service")?),
        // A number that was never sent on keeps the order in which it was given.
        order: row.get::<_, Option<i64>>("stage_order")?.map_or_else(|| row.get("id"), Ok)?,
        joined: row.get::<_, Option<i64>>("stage_at")?.map(Timestamp),
        awaits: row.get::<_, Option<u32>>("stage_counter")?.map(CounterNumber),
        status: parsed(row, "status")?,
        counter: row.get::<_, Option<u32>>("counter")?.map(CounterNumber),
        called: moment("called_at", "called_order")?,
        served_at: row.get::<_, Option<i64>>("served_at")?.map(Timestamp),
        finished: moment("finished_at", "finished_order")?,
        recalls: row.get("recalls")?,
        recalls_earlier: row.get("recalls_earlier")?,
    };
    Ok((stage, list(row, "past_stages")?))
}

/// A list that is kept as JSON; none is an empty one.
pub(super) fn list<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: impl RowIndex,
) -> rusqlite::Result<Vec<T>> {
    let Some(written) = row.get::<_, Option<String>>(column)? else { return Ok(Vec::new()) };
    serde_json::from_str(&written).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// A list as it is kept. Stages and ways are names and numbers: they can always be written.
fn written<T: serde::Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).unwrap_or_default())
}

fn ticket_row(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    let (stage, past) = stages_of_row(row)?;
    Ok(Ticket {
        id: TicketId(row.get("id")?),
        code: row.get("code")?,
        service: ServiceId(row.get("service_id")?),
        number: row.get("number")?,
        created_at: Timestamp(row.get("created_at")?),
        kept_from: match row.get_ref("stage_day")? {
            ValueRef::Null => None,
            _ => Some(parsed(row, "day")?),
        },
        class: row.get::<_, Option<i64>>("class_id")?.map(ClassId),
        absent: row.get("absent")?,
        paper: Paper {
            state: parsed(row, "paper")?,
            fault: row.get("paper_fault")?,
            copies: row.get("copies")?,
        },
        stage,
        past,
        route: list(row, "route")?,
    })
}

/// The tickets that count on a day, in no order: those that it gave, and those that it keeps from an earlier one.
///
/// # Errors
/// [`DbError`] when they cannot be read; so below.
pub fn tickets_of(sql: &Connection, day: ServiceDay) -> Result<Vec<Ticket>, DbError> {
    // Service by service, through the index that keeps numbers apart.
    let mut select =
        sql.prepare_cached(select_tickets!(
            "where service_id in (select id from services) and day = :day and stage_day is null or stage_day = :day"
        ))?;
    let rows = select.query_map(named_params! { ":day": day.to_string() }, ticket_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of a day whose holders wait or are at a counter.
pub fn open_tickets(sql: &Connection, day: ServiceDay) -> Result<Vec<Ticket>, DbError> {
    let mut select = sql.prepare_cached(select_tickets!(
        "where (service_id in (select id from services) and day = :day and stage_day is null or stage_day = :day)
               and status in ('menunggu', 'dipanggil', 'sedang_dilayani')"
    ))?;
    let rows = select.query_map(named_params! { ":day": day.to_string() }, ticket_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Hands a number that outlives its day on to the lines of another.
pub fn keep_ticket(sql: &Connection, ticket: &Ticket, to: ServiceDay) -> Result<(), DbError> {
    let mut update = sql.prepare_cached("update tickets set stage_day = :to where id = :id")?;
    update.execute(named_params! { ":to": to.to_string(), ":id": ticket.id.0 })?;
    Ok(())
}

/// What belongs to a new ticket beside its rules.
pub struct NewTicket<'a> {
    /// The unguessable code.
    pub code: &'a str,
    /// The service day.
    pub day: ServiceDay,
    /// Who it is for, if told.
    pub person: Option<PersonId>,
    /// The name that was typed for it.
    pub nama: Option<&'a str>,
    /// The telephone that was typed for it.
    pub no_hp: Option<&'a str>,
    /// `online` or `offline`.
    pub cara_daftar: &'a str,
    /// Whether a printer will be asked for its paper.
    pub paper: PaperState,
    /// The priority class.
    pub class: Option<ClassId>,
    /// The version of the consent text that the visitor agreed to.
    pub consent: Option<&'a str>,
    /// Whether it is for a later day, and its holder is still to come.
    pub absent: bool,
    /// Where its holder goes from there.
    pub route: Vec<ServiceId>,
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
        "insert into tickets (code, service_id, stage_service, day, number, status, person_id, nama, no_hp, cara_daftar,
                              created_at, paper, paper_at, class_id, consent, route, absent)
         values (:code, :service, :service, :day, :number, 'menunggu', :person, :nama, :no_hp, :cara_daftar,
                 :now, :paper, iif(:paper = 'queued', :now, null), :class, :consent, :route, :absent)",
    )?;
    insert.execute(named_params! {
        ":code": new.code, ":service": service.0, ":day": new.day.to_string(), ":number": number,
        ":person": new.person.map(|person| person.0), ":nama": new.nama, ":no_hp": new.no_hp, ":cara_daftar": new.cara_daftar, ":now": new.now.0,
        ":paper": new.paper.name(), ":class": new.class.map(|class| class.0), ":consent": new.consent,
        ":route": written(&new.route), ":absent": new.absent,
    })?;
    let id = TicketId(sql.last_insert_rowid());
    let mut ticket = Ticket::new(id, new.code.to_owned(), service, number, new.now);
    ticket.paper.state = new.paper;
    ticket.class = new.class;
    ticket.absent = new.absent;
    ticket.route.clone_from(&new.route);
    Ok(ticket)
}

/// Writes a ticket's new state; `staff` is who acted.
pub fn save_ticket(sql: &Connection, ticket: &Ticket, staff: Option<i64>) -> Result<(), DbError> {
    let stage = &ticket.stage;
    let mut update = sql.prepare_cached(
        "update tickets set stage_service = :service, stage_order = :order, stage_at = :joined, stage_counter = :awaits, past_stages = :past, route = :route, status = :status, counter = :counter,
                called_at = :called, first_called_at = coalesce(first_called_at, :called), called_order = :called_order, served_at = :served, finished_at = :finished,
                finished_order = :finished_order, recalls = :recalls, recalls_earlier = :earlier,
                absent = :absent, arrived_at = iif(absent = 1 and :absent = 0, :joined, arrived_at), staff_id = coalesce(:staff, staff_id)
         where id = :id",
    )?;
    update.execute(named_params! {
        ":past": written(&ticket.past), ":route": written(&ticket.route), ":awaits": stage.awaits.map(|counter| counter.0),
        ":service": stage.service.0, ":order": stage.order, ":joined": stage.joined.map(|at| at.0), ":status": stage.status.name(),
        ":counter": stage.counter.map(|counter| counter.0), ":called": stage.called_at().map(|at| at.0),
        ":called_order": stage.called.map(|called| called.order), ":served": stage.served_at.map(|at| at.0),
        ":finished": stage.finished_at().map(|at| at.0),
        ":finished_order": stage.finished.map(|finished| finished.order), ":recalls": stage.recalls, ":earlier": stage.recalls_earlier,
        ":absent": ticket.absent, ":staff": staff, ":id": ticket.id.0,
    })?;
    Ok(())
}

/// Writes a ticket's priority class.
pub fn save_class(sql: &Connection, ticket: &Ticket) -> Result<(), DbError> {
    let class = ticket.class.map(|class| class.0);
    sql.execute(
        "update tickets set class_id = :class where id = :id",
        named_params! { ":class": class, ":id": ticket.id.0 },
    )?;
    Ok(())
}

/// Writes what became of a ticket's paper.
pub fn save_paper(sql: &Connection, ticket: &Ticket, now: Timestamp) -> Result<(), DbError> {
    let mut update = sql.prepare_cached(
        "update tickets set paper = :paper, paper_fault = :fault, copies = :copies, paper_at = :now where id = :id",
    )?;
    update.execute(named_params! {
        ":paper": ticket.paper.state.name(), ":fault": ticket.paper.fault, ":copies": ticket.paper.copies,
        ":now": now.0, ":id": ticket.id.0,
    })?;
    Ok(())
}

/// Today's tickets whose printer was asked before `before` and that nobody reported since.
pub fn unreported_papers(
    sql: &Connection,
    day: ServiceDay,
    before: Timestamp,
) -> Result<Vec<TicketId>, DbError> {
    let mut select = sql.prepare_cached(
        "select id from tickets
         where (service_id in (select id from services) and day = :day and stage_day is null or stage_day = :day)
               and paper = 'queued' and paper_at < :before",
    )?;
    let rows = select.query_map(named_params! { ":day": day.to_string(), ":before": before.0 }, |row| {
        row.get(0).map(TicketId)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A ticket that counts on that day.
pub fn ticket(sql: &Connection, id: TicketId, day: ServiceDay) -> Result<Option<Ticket>, DbError> {
    let mut select =
        sql.prepare_cached(select_tickets!("where id = :id and coalesce(stage_day, day) = :day"))?;
    Ok(select.query_row(named_params! { ":id": id.0, ":day": day.to_string() }, ticket_row).optional()?)
}

/// A ticket that counts on that day, by the code on its paper.
pub fn by_code(sql: &Connection, code: &str, day: ServiceDay) -> Result<Option<Ticket>, DbError> {
    let mut select =
        sql.prepare_cached(select_tickets!("where code = :code and coalesce(stage_day, day) = :day"))?;
    Ok(select.query_row(named_params! { ":code": code, ":day": day.to_string() }, ticket_row).optional()?)
}

/// A ticket for a day after `today`, by the code that its holder has, and that day.
pub fn later_by_code(
    sql: &Connection,
    code: &str,
    today: ServiceDay,
) -> Result<Option<(Ticket, ServiceDay)>, DbError> {
    let mut select = sql.prepare_cached(select_tickets!("where code = :code and day > :today"))?;
    let params = named_params! { ":code": code, ":today": today.to_string() };
    Ok(select.query_row(params, |row| Ok((ticket_row(row)?, parsed(row, "day")?))).optional()?)
}

/// How many numbers of that day were taken from afar under that telephone and are not over.
pub fn held_by_phone(sql: &Connection, phone: &str, day: ServiceDay) -> Result<u32, DbError> {
    let mut select = sql.prepare_cached(
        "select count(*) from tickets where no_hp = :phone and day = :day and cara_daftar = 'online'
                and status in ('menunggu', 'dipanggil', 'sedang_dilayani')",
    )?;
    let params = named_params! { ":phone": phone, ":day": day.to_string() };
    Ok(select.query_row(params, |row| row.get(0))?)
}

/// Whoever waits for that counter alone.
pub fn awaiting(sql: &Connection, counter: CounterNumber, day: ServiceDay) -> Result<Vec<Ticket>, DbError> {
    let mut waiting = open_tickets(sql, day)?;
    waiting.retain(|ticket| ticket.stage.awaits == Some(counter) && ticket.stage.status == Status::Waiting);
    Ok(waiting)
}

/// Who is at the counter.
pub fn at_counter(
    sql: &Connection,
    counter: CounterNumber,
    day: ServiceDay,
) -> Result<Option<Ticket>, DbError> {
    let mut select = sql.prepare_cached(select_tickets!(
        "where counter = :counter and coalesce(stage_day, day) = :day and status in ('dipanggil', 'sedang_dilayani')"
    ))?;
    Ok(select
        .query_row(named_params! { ":counter": counter.0, ":day": day.to_string() }, ticket_row)
        .optional()?)
}

/// How many numbers of that service and day were taken online.
pub fn online_count(sql: &Connection, service: ServiceId, day: ServiceDay) -> Result<u32, DbError> {
    let mut select = sql.prepare_cached(
        "select count(*) from tickets where service_id = :service and day = :day and cara_daftar = 'online'",
    )?;
    let params = named_params! { ":service": service.0, ":day": day.to_string() };
    Ok(select.query_row(params, |row| row.get(0))?)
}
