//! SQL of recorded words.

use lobi_core::speech::Language;
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::DbError;

/// A recorded word as screens find it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recording {
    /// Its file among those of its language.
    #[schema(example = "layanan-umum.812.wav")]
    pub berkas: String,
    /// How long it is.
    pub millis: u32,
}

/// Every recorded word of a language: names of clips and what is there.
///
/// # Errors
/// [`DbError`] when it cannot be read; so below.
pub fn of_language(sql: &Connection, language: &str) -> Result<Vec<(String, Recording)>, DbError> {
    let mut select =
        sql.prepare_cached("select clip, file, millis from recordings where language = :language")?;
    let rows = select.query_map(named_params! { ":language": language }, |row| {
        Ok((row.get(0)?, Recording { berkas: row.get(1)?, millis: row.get(2)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The sound of a file.
pub fn sound(sql: &Connection, language: &str, file: &str) -> Result<Option<Vec<u8>>, DbError> {
    let mut select =
        sql.prepare_cached("select sound from recordings where language = :language and file = :file")?;
    Ok(select
        .query_row(named_params! { ":language": language, ":file": file }, |row| row.get(0))
        .optional()?)
}

/// Keeps a word in the place of the one before; `sound` is its WAV.
pub fn keep(
    sql: &Connection,
    language: Language,
    clip: &str,
    recording: &Recording,
    sound: &[u8],
) -> Result<(), DbError> {
    let mut insert = sql.prepare_cached(
        "insert or replace into recordings (language, clip, file, sound, millis)
         values (:language, :clip, :file, :sound, :millis)",
    )?;
    insert.execute(named_params! {
        ":language": language.name(), ":clip": clip, ":file": recording.berkas, ":sound": sound,
        ":millis": recording.millis,
    })?;
    Ok(())
}

/// Throws a word away; tells which it was.
pub fn remove(sql: &Connection, language: Language, clip: &str) -> Result<Option<Recording>, DbError> {
    let mut delete = sql.prepare_cached(
        "delete from recordings where language = :language and clip = :clip returning file, millis",
    )?;
    let gone = delete.query_row(named_params! { ":language": language.name(), ":clip": clip }, |row| {
        Ok(Recording { berkas: row.get(0)?, millis: row.get(1)? })
    });
    Ok(gone.optional()?)
}
