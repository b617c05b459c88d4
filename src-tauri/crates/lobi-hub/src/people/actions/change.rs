//! Staff begin and correct the records of patients. What was, stays in the record's history.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};

use crate::act::{Act, Caller};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::people::events::PatientUpdated;
use crate::people::record::{Details, PersonId, Record};
use crate::people::store::records::{self, Number};

/// What is to be otherwise about a person: the fields that were told, each with what it says now or nothing.
#[derive(Clone, Debug, Default)]
pub struct Correction {
    /// What they say.
    pub details: Details,
    /// Which fields were told.
    pub told: Vec<&'static str>,
    /// Whether staff had the person's papers before them.
    pub checked: Option<bool>,
}

impl Correction {
    fn applied(&self, before: &Details) -> Details {
        let (now, told) = (&self.details, |field| self.told.contains(&field));
        let pick = |field, now: &Option<String>, before: &Option<String>| {
            if told(field) { now.clone() } else { before.clone() }
        };
        Details {
            nama: pick("nama", &now.nama, &before.nama),
            nik: pick("nik", &now.nik, &before.nik),
            no_bpjs: pick("no_bpjs", &now.no_bpjs, &before.no_bpjs),
            tgl_lahir: pick("tgl_lahir", &now.tgl_lahir, &before.tgl_lahir),
            jenis_kelamin: if told("jenis_kelamin") { now.jenis_kelamin } else { before.jenis_kelamin },
            no_hp: pick("no_hp", &now.no_hp, &before.no_hp),
            alamat: pick("alamat", &now.alamat, &before.alamat),
            email: pick("email", &now.email, &before.email),
        }
    }
}

/// What the history of a record calls it.
pub(super) fn subject(id: PersonId) -> String {
    format!("patient:{}", id.0)
}

/// A record by its id; where it became part of another, that one.
///
/// # Errors
/// There is none; a database error.
pub(super) fn record(act: &Act<'_, '_>, id: PersonId) -> Result<Record> {
    Ok(records::by_id(act.sql(), id)?.ok_or(Code::PatientNotFound)?)
}

/// Whose record says this number, if any.
pub(super) fn owner(act: &Act<'_, '_>, number: Number, value: &Option<String>) -> Result<Option<PersonId>> {
    let Some(value) = value else { return Ok(None) };
    Ok(records::by_number(act.sql(), number, value)?)
}

/// A NIK and a card are one person's: whose they are already is told, so that two records of one person can be made one.
pub(super) fn must_be_free(act: &Act<'_, '_>, id: PersonId, details: &Details) -> Result<()> {
    for (field, number, value) in
        [("nik", Number::Nik, &details.nik), ("no_bpjs", Number::Bpjs, &details.no_bpjs)]
    {
        let Some(owner) = owner(act, number, value)?.filter(|owner| *owner != id) else { continue };
        let other = record(act, owner)?;
        return Err(Refusal::from(Code::NumberTaken)
            .with("no_rm", other.no_rm)
            .about(field, "number_taken")
            .into());
    }
    Ok(())
}

/// Corrects a record.
///
/// # Errors
/// No right, no such record or it is part of another one, a NIK or card that is somebody else's; a database error.
pub async fn correct(
    hub: &Arc<Hub>,
    caller: Caller,
    id: PersonId,
    correction: Correction,
) -> Result<PersonId> {
    hub.act(caller, move |act| {
        act.must(Permission::ManagePatients, Reach::Site)?;
        let before = record(act, id)?;
        if before.merged_into.is_some() {
            return Err(Code::PatientMerged.into());
        }
        let after = correction.applied(&before.details);
        must_be_free(act, id, &after)?;
        let checked = correction.checked.unwrap_or(before.checked_at.is_some());
        if after == before.details && checked == before.checked_at.is_some() {
            return Ok(id);
        }
        if after != before.details {
            records::save(act.sql(), id, &after)?;
            let (was, is) = (before.details.unlike(&after), after.unlike(&before.details));
            act.audit("patient.correct", &subject(id), Some(&was), Some(&is))?;
        }
        if checked != before.checked_at.is_some() {
            records::check(act.sql(), id, checked.then(|| act.now()))?;
            let deed = if checked { "patient.check" } else { "patient.uncheck" };
            act.audit(deed, &subject(id), None::<&()>, None::<&()>)?;
        }
        act.tell(&PatientUpdated { id }, [])?;
        Ok(id)
    })
    .await
}
