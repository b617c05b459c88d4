//! Recognising visitors. Works inside the transaction of the action that needs to know who it is for.

use super::store::{self, PersonId};
use super::visitor::Visitor;
use crate::act::Act;
use crate::error::Result;

/// Who this is: somebody known, or somebody new; nobody when neither NIK nor card was told. What a stranger types beside
/// them (name, telephone) belongs to the number that is taken and says nothing about the person: whoever typed a name first
/// for somebody's NIK would otherwise have named them for good.
///
/// The NIK decides. A BPJS number recognises only somebody whose NIK is not known or not given: two NIKs are two
/// people, whatever card was typed.
///
/// # Errors
/// A database error.
pub fn recognise(act: &Act<'_, '_>, visitor: &Visitor) -> Result<Option<PersonId>> {
    if visitor.nik.is_none() && visitor.no_bpjs.is_none() {
        return Ok(None);
    }
    let sql = act.sql();
    let by_nik = visitor.nik.as_ref().map(|nik| store::by_nik(sql, nik)).transpose()?.flatten();
    let by_bpjs = visitor.no_bpjs.as_ref().map(|number| store::by_bpjs(sql, number)).transpose()?.flatten();
    let same = by_bpjs.filter(|(_, nik_known)| visitor.nik.is_none() || !nik_known).map(|(person, _)| person);
    let person = match by_nik.or(same) {
        Some(known) => known,
        None => store::insert(sql, act.now())?,
    };
    store::complete(sql, person, visitor)?;
    Ok(Some(person))
}
