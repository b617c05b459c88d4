//! Codes and sessions of the visitors' portal, and reviews.

use std::sync::Arc;

use lobi_core::people::Phone;
use lobi_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::store::{self, OneTimeCode, Review};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::people::actions::family;
use crate::queue::actions::own;
use crate::secrets;

/// For how many minutes a code is good.
pub const CODE_MINUTES: i64 = 10;
/// Wrong codes before one has to wait until it expires.
const MOST_TRIES: u32 = 5;
/// How long a telephone stays signed in, in minutes: a month.
const SESSION_MINUTES: i64 = 30 * 24 * 60;
/// Until how many days after a visit it can be judged.
const REVIEW_DAYS: i64 = 7;

/// Visits that ended then or later can be judged at `now`.
pub fn judged_since(now: Timestamp) -> Timestamp {
    now.plus_minutes(-REVIEW_DAYS * 24 * 60)
}

/// Somebody wants to see their own numbers: a code is made for the desk to tell. Nothing is told of whether the telephone is known;
/// while a code is good, asking again makes no other.
///
/// # Errors
/// A database error.
pub async fn ask_code(hub: &Arc<Hub>, caller: Caller, phone: Phone) -> Result<()> {
    hub.act(caller, move |act| {
        let known = !family(act, &phone)?.is_empty() || own::holds_any(act, phone.as_ref())?;
        if known && store::code(act.sql(), phone.as_ref(), act.now())?.is_none() {
            let expires_at = act.now().plus_minutes(CODE_MINUTES);
            let code = OneTimeCode { code: secrets::six_digits(), expires_at, tries: 0 };
            store::save_code(act.sql(), phone.as_ref(), &code)?;
        }
        Ok(())
    })
    .await
}

/// The code of a telephone, for the desk. That it was looked at stays in the record.
///
/// # Errors
/// Nobody asked for one, or it has expired; a database error.
pub async fn show_code(hub: &Arc<Hub>, caller: Caller, phone: Phone) -> Result<(OneTimeCode, Vec<String>)> {
    hub.act(caller, move |act| {
        let code = store::code(act.sql(), phone.as_ref(), act.now())?.ok_or(Code::NoPortalCode)?;
        let names = family(act, &phone)?.into_iter().filter_map(|record| record.details.nama).collect();
        let about = format!("phone:{}", last_four(phone.as_ref()));
        act.audit("portal.code_shown", &about, None::<&()>, None::<&()>)?;
        Ok((code, names))
    })
    .await
}

/// What became of a try to open the portal.
#[derive(Serialize, Deserialize)]
enum Try {
    Until(Timestamp),
    Wrong,
    Locked,
}

/// Opens the portal with a code. Gives the token, and when it ends.
///
/// # Errors
/// A wrong code, none, too many tries; a database error.
pub async fn log_in(
    hub: &Arc<Hub>,
    caller: Caller,
    phone: Phone,
    typed: String,
) -> Result<(String, Timestamp)> {
    let token = secrets::token();
    let digest = secrets::digest(&token);
    // A wrong try is written down, so the action succeeds and the answer is a refusal.
    let opened = hub
        .act(caller, move |act| {
            let Some(mut code) = store::code(act.sql(), phone.as_ref(), act.now())? else {
                return Ok(Try::Wrong);
            };
            if code.tries >= MOST_TRIES {
                return Ok(Try::Locked);
            }
            if code.code != typed {
                code.tries += 1;
                store::save_code(act.sql(), phone.as_ref(), &code)?;
                return Ok(Try::Wrong);
            }
            store::remove_code(act.sql(), phone.as_ref())?;
            let until = act.now().plus_minutes(SESSION_MINUTES);
            store::insert_session(act.sql(), &digest, phone.as_ref(), act.now(), until)?;
            Ok(Try::Until(until))
        })
        .await?;
    match opened {
        Try::Until(until) => Ok((token, until)),
        Try::Wrong => Err(Code::PortalCodeWrong.into()),
        Try::Locked => Err(Code::PortalCodeLocked.into()),
    }
}

/// Ends a session; ending it twice is fine.
///
/// # Errors
/// A database error.
pub async fn log_out(hub: &Arc<Hub>, caller: Caller, token: &str) -> Result<()> {
    let digest = secrets::digest(token);
    hub.act(caller, move |act| Ok(store::delete_session(act.sql(), &digest)?)).await
}

/// Writes down what somebody thinks of their visit.
///
/// # Errors
/// No such number, a visit that is not over or over too long ago, judged already; a database error.
pub async fn review(hub: &Arc<Hub>, caller: Caller, code: String, stars: u8, comment: String) -> Result<()> {
    hub.act(caller, move |act| {
        let ticket = own::finished(act, &code, judged_since(act.now()))?.ok_or(Code::NothingToReview)?;
        let added = store::insert_review(act.sql(), &Review { ticket, stars, comment, at: act.now() })?;
        if added { Ok(()) } else { Err(Refusal::from(Code::AlreadyReviewed).into()) }
    })
    .await
}

/// Forgets codes and sessions that have ended.
///
/// # Errors
/// A database error.
pub fn keep_house(act: &Act<'_, '_>) -> Result<()> {
    Ok(store::forget_old(act.sql(), act.now())?)
}

/// The last four digits of a telephone.
pub fn last_four(phone: &str) -> &str {
    phone.get(phone.len().saturating_sub(4)..).unwrap_or_default()
}
