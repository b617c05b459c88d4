//! SQL of the visitors' portal: codes, sessions, reviews. Only digests of tokens are kept.

use lobi_core::queue::TicketId;
use lobi_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Deserialize, Serialize};

use crate::db::DbError;

/// A code that opens the portal of a telephone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OneTimeCode {
    /// Six digits.
    pub code: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// How many wrong ones were tried.
    pub tries: u32,
}

/// The code of a telephone that has not expired.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn code(sql: &Connection, phone: &str, now: Timestamp) -> Result<Option<OneTimeCode>, DbError> {
    let mut select = sql.prepare_cached(
        "select code, expires_at, tries from portal_codes where phone = :phone and expires_at > :now",
    )?;
    let found = select.query_row(named_params! { ":phone": phone, ":now": now.0 }, |row| {
        Ok(OneTimeCode { code: row.get(0)?, expires_at: Timestamp(row.get(1)?), tries: row.get(2)? })
    });
    Ok(found.optional()?)
}

/// Writes the code of a telephone; an older one is forgotten.
pub fn save_code(sql: &Connection, phone: &str, code: &OneTimeCode) -> Result<(), DbError> {
    sql.execute(
        "insert into portal_codes (phone, code, expires_at, tries) values (:phone, :code, :expires, :tries)
         on conflict do update set code = :code, expires_at = :expires, tries = :tries",
        named_params! {
            ":phone": phone, ":code": code.code, ":expires": code.expires_at.0, ":tries": code.tries,
        },
    )?;
    Ok(())
}

/// Forgets the code of a telephone: it opens once.
pub fn remove_code(sql: &Connection, phone: &str) -> Result<(), DbError> {
    sql.execute("delete from portal_codes where phone = :phone", named_params! { ":phone": phone })?;
    Ok(())
}

/// Keeps a session of a telephone.
pub fn insert_session(
    sql: &Connection,
    token_hash: &[u8; 32],
    phone: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    sql.execute(
        "insert into portal_sessions (token_hash, phone, created_at, expires_at) values (:hash, :phone, :now, :expires)",
        named_params! { ":hash": token_hash, ":phone": phone, ":now": now.0, ":expires": expires_at.0 },
    )?;
    Ok(())
}

/// Whose session this is, if it has not ended. One made under a clock that ran ahead is worthless once that is put right.
pub fn session(sql: &Connection, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<String>, DbError> {
    let mut select = sql.prepare_cached(
        "select phone from portal_sessions where token_hash = :hash and :now between created_at - 86400000 and expires_at",
    )?;
    let params = named_params! { ":hash": token_hash, ":now": now.0 };
    Ok(select.query_row(params, |row| row.get(0)).optional()?)
}

/// Ends a session.
pub fn delete_session(sql: &Connection, token_hash: &[u8; 32]) -> Result<(), DbError> {
    sql.execute(
        "delete from portal_sessions where token_hash = :hash",
        named_params! { ":hash": token_hash },
    )?;
    Ok(())
}

/// Forgets codes and sessions that have ended.
pub fn forget_old(sql: &Connection, now: Timestamp) -> Result<(), DbError> {
    for delete in [
        "delete from portal_codes where expires_at < :now",
        "delete from portal_sessions where expires_at < :now",
    ] {
        sql.execute(delete, named_params! { ":now": now.0 })?;
    }
    Ok(())
}

/// What somebody thinks of their visit.
#[derive(Clone, Debug)]
pub struct Review {
    /// Which number.
    pub ticket: TicketId,
    /// 1–5.
    pub stars: u8,
    /// In their words; may be empty.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// Writes a review; tells whether the number had none before.
pub fn insert_review(sql: &Connection, review: &Review) -> Result<bool, DbError> {
    let added = sql.execute(
        "insert into reviews (ticket_id, stars, comment, at) values (:ticket, :stars, :comment, :at) on conflict do nothing",
        named_params! {
            ":ticket": review.ticket.0, ":stars": review.stars, ":comment": review.comment, ":at": review.at.0,
        },
    )?;
    Ok(added > 0)
}

/// The stars that a number was given.
pub fn stars(sql: &Connection, ticket: TicketId) -> Result<Option<u8>, DbError> {
    let mut select = sql.prepare_cached("select stars from reviews where ticket_id = :ticket")?;
    Ok(select.query_row(named_params! { ":ticket": ticket.0 }, |row| row.get(0)).optional()?)
}

/// Reviews written from `from` until before `until`, the newest first, at most `count` after `skip`; how many there are in all, and
/// how many of one star, of two …
pub fn reviews(
    sql: &Connection,
    (from, until): (Timestamp, Timestamp),
    skip: usize,
    count: usize,
) -> Result<(Vec<Review>, [u32; 5]), DbError> {
    let mut select = sql.prepare_cached(
        "select ticket_id, stars, comment, at from reviews where at >= :from and at < :until
         order by at desc, ticket_id desc limit :count offset :skip",
    )?;
    let most = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let params =
        named_params! { ":from": from.0, ":until": until.0, ":count": most(count), ":skip": most(skip) };
    let rows = select.query_map(params, |row| {
        Ok(Review {
            ticket: TicketId(row.get(0)?),
            stars: row.get(1)?,
            comment: row.get(2)?,
            at: Timestamp(row.get(3)?),
        })
    })?;
    let reviews = rows.collect::<Result<Vec<_>, _>>()?;
    let mut counts = [0; 5];
    let mut count = sql.prepare_cached(
        "select stars, count(*) from reviews where at >= :from and at < :until group by stars",
    )?;
    let rows = count.query_map(named_params! { ":from": from.0, ":until": until.0 }, |row| {
        Ok((usize::from(row.get::<_, u8>(0)?), row.get(1)?))
    })?;
    for row in rows {
        let (stars, count) = row?;
        counts[stars.clamp(1, 5) - 1] = count;
    }
    Ok((reviews, counts))
}
