//! Opening connections: the key, the pragmas (each read back), the version of SQLite.

use std::path::Path;
use std::sync::Once;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::key::Key;
use super::start_error::StartError;

/// SQLite 3.51.3 fixed the WAL-reset bug (sqlite.org/wal.html#walresetbug).
const OLDEST_SQLITE: i32 = 3_051_003;

/// The writer's connection; makes the file where there is none.
///
/// # Errors
/// [`StartError`] when the key is wrong or the engine is not as required.
pub fn writer(path: &Path, key: &Key) -> Result<Connection, StartError> {
    let connection = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    set(&connection, "journal_mode", "wal", "wal")?;
    set(&connection, "synchronous", "full", "2")?;
    set(&connection, "foreign_keys", "on", "1")?;
    // Pages of the log are folded in by the writer when it has time, see `writer.rs`.
    set(&connection, "wal_autocheckpoint", "0", "0")?;
    Ok(connection)
}

/// The writer's connection serves from now on: when it closes last, the log is folded in and removed.
///
/// # Errors
/// As SQLite says.
pub fn settle(connection: &Connection) -> Result<(), StartError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// A connection that cannot write and never checkpoints.
///
/// # Errors
/// As [`writer`].
pub fn reader(path: &Path, key: &Key) -> Result<Connection, StartError> {
    let connection = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set(&connection, "query_only", "on", "1")?;
    set(&connection, "wal_autocheckpoint", "0", "0")?;
    Ok(connection)
}

/// A file that becomes a copy, with no log beside it.
///
/// # Errors
/// As [`writer`].
pub fn copy(path: &Path, key: &Key) -> Result<Connection, StartError> {
    keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
}

fn keyed(path: &Path, key: &Key, flags: OpenFlags) -> Result<Connection, StartError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StartError::Engine(format!("SQLite {}", rusqlite::version())));
    }
    // SQLite says that it is ready a moment before SQLCipher is, and who opens a file in that moment is refused its key.
    static READY: Once = Once::new();
    READY.call_once(|| drop(Connection::open_in_memory()));
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    // Closing a connection folds the log into the file; until everything is known to fit, nothing may be touched.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "key", key.pragma())?;
    // The first read tells whether the key fits; a new file has nothing to read yet.
    match connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())) {
        Ok(()) => {}
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(StartError::WrongKey { path: path.to_owned(), backup: None });
        }
        Err(error) => return Err(error.into()),
    }
    set(&connection, "temp_store", "memory", "2")?;
    set(&connection, "cache_size", "-16000", "-16000")?;
    set(&connection, "mmap_size", "0", "0")?;
    set(&connection, "trusted_schema", "off", "0")?;
    set(&connection, "cell_size_check", "on", "1")?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// Sets a pragma and believes only what reads back.
fn set(connection: &Connection, name: &str, value: &str, expected: &str) -> Result<(), StartError> {
    connection.pragma_update(None, name, value).or_else(|error| match error {
        // Some pragmas answer with their new value; that is not a failure.
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        other => Err(other),
    })?;
    let actual = connection.query_row(&format!("pragma {name}"), [], |row| {
        Ok(match row.get_ref(0)? {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => other.as_str().map(str::to_owned).unwrap_or_default(),
        })
    });
    match actual {
        // An unencrypted or cipher build may leave `mmap_size` out altogether: then nothing is mapped.
        Err(rusqlite::Error::QueryReturnedNoRows) if name == "mmap_size" => Ok(()),
        Ok(actual) if actual == expected => Ok(()),
        Ok(actual) => Err(StartError::Engine(format!("{name} = {actual} ≠ {expected}"))),
        Err(error) => Err(error.into()),
    }
}
