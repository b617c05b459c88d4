//! Finding a patient: by a name however it is spelled, initials, numbers, the last four digits, a date of birth.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use lobi_core::people::finding::Sought;
use lobi_core::people::likeness::rank;

use crate::error::Result;
use crate::hub::Hub;
use crate::people::record::{PersonId, Record};
use crate::people::store::{records, words};

/// The records that may be meant, the likeliest first, at most [`words::MOST_FOUND`].
///
/// # Errors
/// A database error.
pub async fn find(hub: &Hub, typed: &str) -> Result<Vec<Record>> {
    let sought = Sought::read(typed);
    let words = sought.words.join(" ");
    let candidates = hub.db.read(move |sql| {
        let records = words::candidates(sql, &sought)?.into_iter().map(|id| {
            let Some(record) = records::by_id(sql, id)? else { return Ok(None) };
            // Whoever is part of another record is found by the own name and shown as that one.
            let name = record.details.nama.clone().unwrap_or_default();
            let whole = match record.merged_into {
                None => Some(record),
                Some(into) => records::by_id(sql, into)?,
            };
            Ok(whole.map(|whole| (name, whole)))
        });
        records.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()
    });
    let mut found: BTreeMap<PersonId, (u32, Record)> = BTreeMap::new();
    for (name, record) in candidates.await? {
        let best = found.get(&record.id).map_or(0, |(best, _)| *best);
        found.insert(record.id, (best.max(rank(&words, &name).unwrap_or(0)), record));
    }
    let mut found: Vec<(u32, Record)> = found.into_values().collect();
    // Of two that fit alike the one who came last is likelier to come again.
    found.sort_by_key(|(fits, record)| Reverse((*fits, record.id)));
    found.truncate(words::MOST_FOUND);
    Ok(found.into_iter().map(|(_, record)| record).collect())
}
