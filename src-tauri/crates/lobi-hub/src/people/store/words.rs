//! SQL of the words by which people are found (`lobi_core::people::finding`).

use lobi_core::people::finding::{Sought, marks, sounds, words};
use rusqlite::{Connection, named_params};

use crate::db::DbError;
use crate::people::record::{Details, PersonId};

/// Further than this nobody reads: whoever sees so many types another letter.
pub const MOST_FOUND: usize = 500;

/// Writes the words of a record.
///
/// # Errors
/// [`DbError`] when they cannot be written; so below.
pub fn save(sql: &Connection, id: PersonId, no_rm: &str, details: &Details) -> Result<(), DbError> {
    let Details { nama, nik, no_bpjs, no_hp, tgl_lahir, .. } = details;
    let numbers = [Some(no_rm), nik.as_deref(), no_bpjs.as_deref(), no_hp.as_deref()];
    sql.prepare_cached("insert or replace into people_words (rowid, plain, sound, marks) values (:id, :plain, :sound, :marks)")?
        .execute(named_params! {
            ":id": id.0, ":plain": words(nama.as_deref()), ":sound": sounds(nama.as_deref()),
            ":marks": marks(numbers.into_iter().flatten(), tgl_lahir.as_deref()),
        })?;
    Ok(())
}

/// The records that may be meant, in no order: by the letters of their names first, then by their sound.
pub fn candidates(sql: &Connection, sought: &Sought) -> Result<Vec<PersonId>, DbError> {
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids = matching(sql, &question(sought, false))?;
    if ids.len() < MOST_FOUND && sought.sounds.iter().any(Option::is_some) {
        ids.extend(matching(sql, &question(sought, true))?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What to ask the index: each word as a beginning, by its letters or by its sound, each number whole or as a beginning. Words
/// are letters and digits only.
fn question(sought: &Sought, by_sound: bool) -> String {
    let words = sought.words.iter().zip(&sought.sounds).map(|(word, sound)| match sound {
        Some(sound) if by_sound => format!("sound:\"{sound}\"*"),
        _ => format!("plain:\"{word}\"*"),
    });
    let numbers = sought.numbers.iter().map(|meanings| {
        let meant = meanings.iter().map(|number| {
            let rest = if Sought::begins(number) { "*" } else { "" };
            format!("marks:\"{number}\"{rest}")
        });
        format!("({})", meant.collect::<Vec<_>>().join(" OR "))
    });
    words.chain(numbers).collect::<Vec<_>>().join(" AND ")
}

fn matching(sql: &Connection, question: &str) -> Result<Vec<PersonId>, DbError> {
    let mut select = sql.prepare_cached(
        "select rowid from people_words where people_words match :question order by rowid desc limit :most",
    )?;
    let most = i64::try_from(MOST_FOUND).unwrap_or(i64::MAX);
    let rows = select
        .query_map(named_params! { ":question": question, ":most": most }, |row| row.get(0).map(PersonId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
