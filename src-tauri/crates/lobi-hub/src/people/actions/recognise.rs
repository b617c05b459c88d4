//! Recognising visitors. Works inside the transaction of the action that needs to know who it is for.

use lobi_core::access::{Permission, Reach};
use lobi_core::people::likeness::alike;

use crate::act::Act;
use crate::error::Result;
use crate::people::events::PatientUpdated;
use crate::people::record::{Details, PersonId, Record};
use crate::people::store::records::{self, Number};
use crate::people::visitor::Visitor;

/// Who this is: somebody known, or somebody new; nobody when too little was told. The same person is: the same NIK, the same
/// card, or the same telephone and a like name; a telephone alone is a family.
///
/// What a stranger types beside a known number says nothing about the person: it belongs to the ticket that is taken. Only staff
/// complete a record, and only where it says nothing yet.
///
/// The NIK decides. A card or a telephone recognises only somebody whose NIK is not known or not told: two NIKs are two people,
/// whatever else was typed.
///
/// # Errors
/// A database error.
pub fn recognise(act: &mut Act<'_, '_>, visitor: &Visitor) -> Result<Option<PersonId>> {
    let told = Details::from(visitor);
    let card = told.nik.is_some() || told.no_bpjs.is_some();
    if !card && (told.no_hp.is_none() || told.nama.is_none()) {
        return Ok(None);
    }
    match known(act, visitor, &told)? {
        None => begin(act, &told).map(Some),
        Some(record) => {
            if act.by().may(Permission::ManagePatients, Reach::Site) {
                complete(act, &record, &told)?;
            }
            Ok(Some(record.id))
        }
    }
}

/// Begins a record. A card that is somebody else's stays theirs.
fn begin(act: &mut Act<'_, '_>, told: &Details) -> Result<PersonId> {
    let details = Details { no_bpjs: free_card(act, told)?, ..told.clone() };
    let id = records::insert(act.sql(), &details, act.now())?;
    act.tell(&PatientUpdated { id }, [])?;
    Ok(id)
}

/// Fills in what a record does not say, and notes it.
fn complete(act: &mut Act<'_, '_>, record: &Record, told: &Details) -> Result<()> {
    let told = Details { no_bpjs: free_card(act, told)?, ..told.clone() };
    let added = told.beyond(&record.details);
    if added.is_empty() {
        return Ok(());
    }
    records::save(act.sql(), record.id, &record.details.or(&added))?;
    act.audit("patient.complete", &super::change::subject(record.id), None::<&()>, Some(&added))?;
    act.tell(&PatientUpdated { id: record.id }, [])
}

fn free_card(act: &Act<'_, '_>, told: &Details) -> Result<Option<String>> {
    let Some(card) = &told.no_bpjs else { return Ok(None) };
    Ok(records::by_number(act.sql(), Number::Bpjs, card)?.is_none().then(|| card.clone()))
}

fn known(act: &Act<'_, '_>, visitor: &Visitor, told: &Details) -> Result<Option<Record>> {
    let sql = act.sql();
    let by_nik =
        told.nik.as_ref().map(|nik| records::by_number(sql, Number::Nik, nik)).transpose()?.flatten();
    if let Some(id) = by_nik {
        return Ok(records::by_id(sql, id)?);
    }
    let may_be = |record: &Record| told.nik.is_none() || record.details.nik.is_none();
    let by_card =
        told.no_bpjs.as_ref().map(|card| records::by_number(sql, Number::Bpjs, card)).transpose()?.flatten();
    if let Some(id) = by_card
        && let Some(record) = records::by_id(sql, id)?.filter(may_be)
    {
        return Ok(Some(record));
    }
    let (Some(phone), Some(name)) = (&visitor.no_hp, &told.nama) else { return Ok(None) };
    let same_card = |record: &Record| {
        told.no_bpjs.is_none() || record.details.no_bpjs.is_none() || told.no_bpjs == record.details.no_bpjs
    };
    let like = |record: &Record| record.details.nama.as_deref().is_some_and(|known| alike(known, name));
    let family = records::by_phone(sql, phone)?;
    Ok(family.into_iter().find(|record| may_be(record) && same_card(record) && like(record)))
}
