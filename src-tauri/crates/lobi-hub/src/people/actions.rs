//! Recognising visitors. Works inside the transaction of the action that needs to know who it is for.

use lobi_core::time::Timestamp;

use super::Visitor;
use super::store::{self, PersonId};
use crate::db::{DbError, WriteTx};

/// Who this is: somebody known, completed by what is new, or somebody new; nobody when nothing was told.
///
/// The NIK decides. A BPJS number recognises only somebody whose NIK is not known or not given: two NIKs are two
/// people, whatever card was typed.
///
/// # Errors
/// [`DbError`].
pub fn recognise(tx: &WriteTx<'_>, visitor: &Visitor, now: Timestamp) -> Result<Option<PersonId>, DbError> {
    if visitor.is_anonymous() {
        return Ok(None);
    }
    let sql = tx.sql();
    let by_nik = visitor.nik.as_ref().map(|nik| store::by_nik(sql, nik)).transpose()?.flatten();
    let by_bpjs = visitor.no_bpjs.as_ref().map(|number| store::by_bpjs(sql, number)).transpose()?.flatten();
    let same = by_bpjs.filter(|(_, nik_known)| visitor.nik.is_none() || !nik_known).map(|(person, _)| person);
    let person = match by_nik.or(same) {
        Some(known) => known,
        None => store::insert(sql, now)?,
    };
    store::complete(sql, person, visitor)?;
    Ok(Some(person))
}
