//! What staff do with the records of patients, and how a visitor is recognised.

pub mod change;
pub mod find;
pub mod merge;
pub mod recognise;

pub use find::find;
pub use recognise::recognise;

use std::collections::BTreeSet;

use lobi_core::people::Phone;

use super::record::{PersonId, Record};
use super::store::records;
use crate::act::Act;
use crate::error::Result;
use crate::hub::Hub;

/// All records of one person: this one, or the one that it became part of, and those that are part of that one.
///
/// # Errors
/// A database error.
pub fn records_of(act: &Act<'_, '_>, id: PersonId) -> Result<Vec<PersonId>> {
    Ok(records::all_of(act.sql(), id)?)
}

/// A person's record, by the id of any of their records.
///
/// # Errors
/// A database error.
pub fn whole_record(act: &Act<'_, '_>, id: PersonId) -> Result<Option<Record>> {
    Ok(records::whole(act.sql(), id)?)
}

/// The people who are known under a telephone.
///
/// # Errors
/// A database error.
pub fn family(act: &Act<'_, '_>, phone: &Phone) -> Result<Vec<Record>> {
    Ok(records::by_phone(act.sql(), phone)?)
}

/// As [`family`], for whoever only looks.
///
/// # Errors
/// A database error.
pub async fn family_of(hub: &Hub, phone: &Phone) -> Result<Vec<Record>> {
    let phone = phone.clone();
    Ok(hub.db.read(move |sql| records::by_phone(sql, &phone)).await?)
}

/// A person's record, by the id of any of their records, for whoever only looks.
///
/// # Errors
/// A database error.
pub async fn look_up(hub: &Hub, id: PersonId) -> Result<Option<Record>> {
    Ok(hub.db.read(move |sql| records::whole(sql, id)).await?)
}

/// All records of these people, for whoever only looks.
///
/// # Errors
/// A database error.
pub async fn all_records(hub: &Hub, ids: Vec<PersonId>) -> Result<BTreeSet<PersonId>> {
    let all = hub.db.read(move |sql| {
        let each = ids.into_iter().map(|id| records::all_of(sql, id));
        Ok(each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    });
    Ok(all.await?)
}
