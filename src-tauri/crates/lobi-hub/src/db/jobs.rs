//! Rows of durable jobs: due, running, given up. One that is done is gone.

use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::error::DbError;

/// A job about to be enqueued.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Its kind.
    pub kind: &'static str,
    /// What it is about: one job of a kind about one thing at a time.
    pub about: &'a str,
    /// What it needs to know, as JSON.
    pub data: String,
    /// When it may begin.
    pub due: Timestamp,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Row id.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// What it is about.
    pub about: String,
    /// What it needs to know, as JSON.
    pub data: String,
    /// How often it was tried before.
    pub tries: u32,
    /// Why the last try failed.
    pub fault: Option<String>,
}

/// Looks whether there is more to do about something.
pub type More = fn(&Connection, about: &str, now: Timestamp) -> Result<bool, DbError>;

/// For jobs that say all there is to do.
///
/// # Errors
/// None.
pub fn no_more(_: &Connection, _: &str, _: Timestamp) -> Result<bool, DbError> {
    Ok(false)
}

/// A job as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobView {
    /// Its number.
    pub id: i64,
    /// Its kind.
    #[schema(example = "print")]
    pub kind: String,
    /// What it is about.
    pub about: String,
    /// `due`, `running` or `given_up`.
    pub state: String,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try failed.
    #[schema(required)]
    pub fault: Option<String>,
    /// When it was asked for, in UTC milliseconds.
    pub at: i64,
}

/// Adds a job, or finds the one of its kind about the same thing; tells its id.
pub(crate) fn insert(connection: &Connection, job: &NewJob<'_>, now: Timestamp) -> Result<i64, DbError> {
    let mut insert = connection.prepare_cached(
        "insert into jobs (kind, about, data, state, due_at, at) values (:kind, :about, :data, 'due', :due, :now)
         on conflict do nothing returning id",
    )?;
    let added = insert
        .query_row(
            named_params! {
                ":kind": job.kind, ":about": job.about, ":data": job.data, ":due": job.due.0, ":now": now.0,
            },
            |row| row.get(0),
        )
        .optional()?;
    match added {
        Some(id) => Ok(id),
        None => {
            let mut select = connection.prepare_cached(
                "select id from jobs where kind = :kind and about = :about and state in ('due', 'running')",
            )?;
            Ok(select
                .query_row(named_params! { ":kind": job.kind, ":about": job.about }, |row| row.get(0))?)
        }
    }
}

/// Takes the job that is due longest and of none of these kinds, and marks it as running.
pub(crate) fn take_due(
    connection: &Connection,
    now: Timestamp,
    but: &[&'static str],
) -> Result<Option<Job>, DbError> {
    let mut take = connection.prepare_cached(
        "update jobs set state = 'running', tries = tries + 1
         where id = (select id from jobs
                     where state = 'due' and due_at <= :now and kind not in (select value from json_each(:but))
                     order by due_at, id limit 1)
         returning id, kind, about, data, tries - 1, fault",
    )?;
    Ok(take.query_row(named_params! { ":now": now.0, ":but": json!(but).to_string() }, job).optional()?)
}

/// Jobs that were running when the hub stopped.
pub(crate) fn interrupted(connection: &Connection) -> Result<Vec<Job>, DbError> {
    let mut select = connection.prepare(
        "select id, kind, about, data, tries, fault from jobs where state = 'running' order by id",
    )?;
    let rows = select.query_map([], job)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn job(row: &Row<'_>) -> rusqlite::Result<Job> {
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        about: row.get(2)?,
        data: row.get(3)?,
        tries: row.get(4)?,
        fault: row.get(5)?,
    })
}

/// The job is done.
pub(crate) fn done(connection: &Connection, id: i64) -> Result<(), DbError> {
    connection.prepare_cached("delete from jobs where id = :id")?.execute(named_params! { ":id": id })?;
    Ok(())
}

/// The job is tried again at `due`.
pub(crate) fn again(connection: &Connection, id: i64, due: Timestamp, fault: &str) -> Result<(), DbError> {
    connection
        .prepare_cached("update jobs set state = 'due', due_at = :due, fault = :fault where id = :id")?
        .execute(named_params! { ":id": id, ":due": due.0, ":fault": fault })?;
    Ok(())
}

/// The job was done and is to be done again, as if it had never been tried.
pub(crate) fn anew(connection: &Connection, id: i64, due: Timestamp) -> Result<(), DbError> {
    connection
        .prepare_cached(
            "update jobs set state = 'due', due_at = :due, tries = 0, fault = null where id = :id",
        )?
        .execute(named_params! { ":id": id, ":due": due.0 })?;
    Ok(())
}

/// Nobody tries the job any more; an admin sees it.
pub(crate) fn give_up(connection: &Connection, id: i64, fault: &str) -> Result<(), DbError> {
    connection
        .prepare_cached("update jobs set state = 'given_up', fault = :fault where id = :id")?
        .execute(named_params! { ":id": id, ":fault": fault })?;
    Ok(())
}

/// A job that waits for a later moment is due at once, as if it had never been tried.
pub(crate) fn hasten(
    connection: &Connection,
    kind: &str,
    about: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    connection.execute(
        "update jobs set due_at = :now, tries = 0 where kind = :kind and about = :about and state = 'due'",
        named_params! { ":kind": kind, ":about": about, ":now": now.0 },
    )?;
    Ok(())
}

/// A job that was given up is due again, as if it had never been tried; one like it that waits already serves both. Tells its
/// kind and what it is about, or nothing when there is no such job.
pub(crate) fn revive(
    connection: &Connection,
    id: i64,
    due: Timestamp,
) -> Result<Option<(String, String)>, DbError> {
    let mut update = connection.prepare_cached(
        "update or ignore jobs set state = 'due', due_at = :due, tries = 0
         where id = :id and state = 'given_up' returning kind, about",
    )?;
    let revived = update
        .query_row(named_params! { ":id": id, ":due": due.0 }, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match revived {
        Some(job) => Ok(Some(job)),
        None => dismiss(connection, id),
    }
}

/// Forgets a job that was given up; tells its kind and what it was about, or nothing when there is no such job.
pub(crate) fn dismiss(connection: &Connection, id: i64) -> Result<Option<(String, String)>, DbError> {
    let mut delete = connection
        .prepare_cached("delete from jobs where id = :id and state = 'given_up' returning kind, about")?;
    Ok(delete.query_row(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Every job that is not done, oldest first, at most `most`.
///
/// # Errors
/// [`DbError`] when the rows cannot be read.
pub fn all(connection: &Connection, most: usize) -> Result<Vec<JobView>, DbError> {
    let mut select = connection.prepare_cached(
        "select id, kind, about, state, tries, fault, at from jobs order by id limit :most",
    )?;
    let rows = select.query_map(named_params! { ":most": most as i64 }, |row| {
        Ok(JobView {
            id: row.get(0)?,
            kind: row.get(1)?,
            about: row.get(2)?,
            state: row.get(3)?,
            tries: row.get(4)?,
            fault: row.get(5)?,
            at: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the next job is due that is of none of these kinds.
pub(crate) fn next_due(connection: &Connection, but: &[&'static str]) -> Result<Option<Timestamp>, DbError> {
    let mut select = connection.prepare_cached(
        "select min(due_at) from jobs where state = 'due' and kind not in (select value from json_each(:but))",
    )?;
    let due = select
        .query_row(named_params! { ":but": json!(but).to_string() }, |row| row.get::<_, Option<i64>>(0))?;
    Ok(due.map(Timestamp))
}
