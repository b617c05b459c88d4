//! Two records that are one person become one, and two again where that was a mistake.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use serde_json::json;

use super::change::{owner, record, subject};
use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::people::events::PatientUpdated;
use crate::people::record::{Details, PersonId, Record};
use crate::people::store::merges::{self, Merge};
use crate::people::store::records::{self, Number};

/// Makes `from` part of `into`, which is given what it lacks. Visits stay where they are noted and are shown together.
///
/// # Errors
/// No right, no such record, one of them is part of another already, two different NIKs; a database error.
pub async fn merge(hub: &Arc<Hub>, caller: Caller, from: PersonId, into: PersonId) -> Result<PersonId> {
    hub.act(caller, move |act| {
        act.must(Permission::ManagePatients, Reach::Site)?;
        if from == into {
            return Err(Refusal::invalid([("dari", "other_patient")]).into());
        }
        let (giver, taker) = (own(act, from)?, own(act, into)?);
        if giver.details.nik.is_some()
            && taker.details.nik.is_some()
            && giver.details.nik != taker.details.nik
        {
            return Err(Code::TwoNiks.into());
        }
        let given = giver.details.beyond(&taker.details);
        let followers = records::parts(act.sql(), from)?;
        // A NIK and a card stand in one record only: first they leave the one, then they come to the other.
        let left = giver.details.beside(&given, |own, given| own.clone().filter(|_| given.is_none()));
        records::save(act.sql(), from, &Details { nama: giver.details.nama.clone(), ..left })?;
        records::save(act.sql(), into, &taker.details.or(&given))?;
        records::join(act.sql(), from, Some(into))?;
        for follower in &followers {
            records::join(act.sql(), *follower, Some(into))?;
        }
        merges::insert(act.sql(), &Merge { id: 0, from, into, given: given.clone(), followers }, act.now())?;
        let told = json!({ "dari": giver.no_rm, "diberi": given });
        act.audit("patient.merge", &subject(into), None::<&()>, Some(&told))?;
        act.audit("patient.merged", &subject(from), None::<&()>, Some(&json!({ "ke": taker.no_rm })))?;
        act.tell(&PatientUpdated { id: from }, [])?;
        act.tell(&PatientUpdated { id: into }, [])?;
        Ok(into)
    })
    .await
}

/// Makes a record its own again. What it gave goes back to it, except what was corrected since.
///
/// # Errors
/// No right, no such record, it is part of none or of one that became part of a third since; a database error.
pub async fn unmerge(hub: &Arc<Hub>, caller: Caller, from: PersonId) -> Result<PersonId> {
    hub.act(caller, move |act| {
        act.must(Permission::ManagePatients, Reach::Site)?;
        let giver = record(act, from)?;
        let merge = merges::standing(act.sql(), from)?.ok_or(Code::NotMerged)?;
        if giver.merged_into != Some(merge.into) {
            return Err(Code::MergedSince.into());
        }
        let taker = record(act, merge.into)?;
        let kept = taker.details.beside(&merge.given, |own, given| own.clone().filter(|_| own != given));
        records::save(act.sql(), merge.into, &kept)?;
        records::save(act.sql(), from, &giver.details.or(&free(act, from, &merge.given)?))?;
        records::join(act.sql(), from, None)?;
        for follower in &merge.followers {
            if record(act, *follower)?.merged_into == Some(merge.into) {
                records::join(act.sql(), *follower, Some(from))?;
            }
        }
        merges::undo(act.sql(), merge.id, act.now())?;
        act.audit(
            "patient.unmerge",
            &subject(merge.into),
            None::<&()>,
            Some(&json!({ "dari": giver.no_rm })),
        )?;
        act.audit("patient.unmerged", &subject(from), None::<&()>, Some(&json!({ "ke": taker.no_rm })))?;
        act.tell(&PatientUpdated { id: from }, [])?;
        act.tell(&PatientUpdated { id: merge.into }, [])?;
        Ok(from)
    })
    .await
}

/// A record that is part of no other.
fn own(act: &Act<'_, '_>, id: PersonId) -> Result<Record> {
    let found = record(act, id)?;
    if found.merged_into.is_some() { Err(Code::PatientMerged.into()) } else { Ok(found) }
}

/// What can go back: a NIK or a card that somebody else has by now stays with them.
fn free(act: &Act<'_, '_>, id: PersonId, given: &Details) -> Result<Details> {
    let free = |column, number: &Option<String>| -> Result<Option<String>> {
        let owner = owner(act, column, number)?;
        Ok(number.clone().filter(|_| owner.is_none_or(|owner| owner == id)))
    };
    Ok(Details {
        nik: free(Number::Nik, &given.nik)?,
        no_bpjs: free(Number::Bpjs, &given.no_bpjs)?,
        ..given.clone()
    })
}
