//! Whether the data can be trusted: is it whole, and is it all there.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use data_encoding::HEXLOWER;
use rusqlite::{Connection, InterruptHandle};
use sha2::{Digest, Sha256};

use super::condition::{Condition, Standing};
use super::folder::DataFolder;
use super::head::{self, Closed, Found, Head, Numbers};
use super::start_error::{Lost, StartError};

/// Files up to this size are read whole before the hub serves; larger ones while it does.
pub const READ_AT_START: u64 = 8 * 1024 * 1024;

/// "Lobi" in the database's header: `lobi.head` was made for it.
const HAS_HEAD: i32 = 0x4c6f_6269;

/// Reads every page that is in use: checksums, and the order of every tree.
///
/// # Errors
/// What was found; nothing when it was interrupted.
pub fn check(connection: &Connection) -> Result<(), String> {
    match connection.query_row("pragma quick_check(1)", [], |row| row.get::<_, String>(0)) {
        Ok(verdict) if verdict == "ok" => Ok(()),
        Ok(verdict) => Err(verdict),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// The check of a large file, beside the hub that serves already.
pub struct Inspection {
    interrupt: InterruptHandle,
    thread: Option<JoinHandle<()>>,
}

impl Inspection {
    /// Starts reading with a connection of its own.
    pub fn start(connection: Connection, standing: Standing) -> Self {
        let interrupt = connection.get_interrupt_handle();
        // Every page is looked at once: keeping them would only cost memory that the hub never gets back.
        if let Err(error) = connection.pragma_update(None, "cache_size", "-512") {
            tracing::debug!(%error, "the inspection keeps its usual cache");
        }
        let read = move || match check(&connection) {
            Ok(()) => tracing::debug!("every page was read"),
            Err(reason) => standing.damaged(reason),
        };
        let thread = std::thread::Builder::new().name("lobi-inspection".into()).spawn(read).ok();
        Inspection { interrupt, thread }
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for Inspection {
    fn drop(&mut self) {
        while self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            // Again and again: between two statements there is nothing to interrupt.
            self.interrupt.interrupt();
            std::thread::yield_now();
        }
    }
}

/// The database file as it lies there now.
///
/// # Errors
/// As the file system says.
pub fn closed(database: &Path) -> std::io::Result<Closed> {
    let size = fs::metadata(database)?.len();
    let small = size <= READ_AT_START;
    let digest = if small { Some(digest(database)?) } else { None };
    Ok(Closed { size, digest })
}

/// In pieces: a hub that just starts should not hold the whole file in memory.
fn digest(file: &Path) -> std::io::Result<String> {
    let (mut file, mut digest) = (fs::File::open(file)?, Sha256::new());
    let mut piece = [0; 16 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(HEXLOWER.encode(&digest.finalize())),
            read => digest.update(&piece[..read]),
        }
    }
}

/// Looks at a file that was just opened, before anything is written to it. Gives whether every page was read; a large
/// file is left for an [`Inspection`].
pub(super) fn judge(
    folder: &DataFolder,
    connection: &Connection,
    standing: &Standing,
) -> Result<bool, StartError> {
    if folder.is_new() {
        return Ok(true);
    }
    let found = head::read(&folder.head());
    let size = fs::metadata(folder.database()).map_or(0, |file| file.len());
    let mut read_now = untouched(folder, &found);
    if !read_now && size <= READ_AT_START {
        read_now = true;
        check(connection).unwrap_or_else(|reason| standing.damaged(reason));
    }
    match lost(folder, connection, &found) {
        _ if standing.now() != Condition::Fine => {}
        Ok(None) => {}
        Ok(Some(lost)) => standing.lost(lost),
        Err(error) => return Err(StartError::reading(folder.newest_backup(), &error.into())),
    }
    Ok(read_now)
}

/// From now on the head follows the commits.
pub(super) fn begin(
    folder: &DataFolder,
    connection: &Connection,
    numbers: Numbers,
) -> Result<Arc<Mutex<Head>>, StartError> {
    let given =
        (numbers.given)(connection).map_err(|error| StartError::reading(folder.newest_backup(), &error))?;
    let head = Head::begin(&folder.head(), site(connection)?, last_event(connection)?, given)
        .map_err(|source| StartError::Io { path: folder.head(), source })?;
    mark(connection)?;
    Ok(Arc::new(Mutex::new(head)))
}

/// A clean stop: the head says how the file was left. With anything still in the log it says nothing.
pub(super) fn end(database: &Path, head: &mut Head) -> std::io::Result<()> {
    let log = fs::metadata(database.with_extension("db-wal"));
    if log.is_ok_and(|log| log.len() > 0) { Ok(()) } else { head.end(closed(database)?) }
}

/// Compares the file with what is remembered.
pub(super) fn lost(
    folder: &DataFolder,
    connection: &Connection,
    found: &Found,
) -> rusqlite::Result<Option<Lost>> {
    let path = || folder.path().to_owned();
    Ok(match found {
        Found::Nothing if marked(connection)? => Some(Lost::HeadMissing(path())),
        Found::Nothing | Found::Torn => None,
        Found::Whole(head) if head.site != site(connection)? => Some(Lost::OtherSite(path())),
        Found::Whole(head) => {
            let found = last_event(connection)?;
            let tail = Lost::Tail { folder: path(), remembered: head.seq, found };
            Some(tail).filter(|_| found < head.seq)
        }
    })
}

/// Whether this file ever had a head.
fn marked(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(connection.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0))? == HAS_HEAD)
}

/// Notes in the file that its head is there from now on.
pub(super) fn mark(connection: &Connection) -> rusqlite::Result<()> {
    if marked(connection)? { Ok(()) } else { connection.pragma_update(None, "application_id", HAS_HEAD) }
}

/// The site's id.
pub(super) fn site(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("select site_id from site", [], |row| row.get(0))
}

/// The last event's number, also when the event itself was cleared away since.
pub(super) fn last_event(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row(
        "select coalesce((select seq from sqlite_sequence where name = 'events'), 0)",
        [],
        |row| row.get(0),
    )
}

/// Whether the file is, byte for byte, what a clean stop left.
pub(super) fn untouched(folder: &DataFolder, found: &Found) -> bool {
    let Found::Whole(head::Remembered { closed: Some(closed_as), .. }) = found else { return false };
    !folder.stopped_uncleanly()
        && closed_as.digest.is_some()
        && closed(&folder.database()).is_ok_and(|now| now == *closed_as)
}
