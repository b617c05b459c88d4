//! `lobi-hub --accept-loss`: somebody decided to go on without what is missing.

use std::fs;

use lobi_core::access::Actor;
use lobi_core::time::{ServiceDay, Timestamp, Zone};
use rusqlite::{Connection, TransactionBehavior, named_params};

use super::audit::{self, NewAudit};
use super::error::DbError;
use super::folder::DataFolder;
use super::head::{self, Found, Head, Numbers};
use super::start_error::{Lost, StartError};
use super::{inspect, migrate, open};

/// Takes the database as it is: what is missing stays missing. Event numbers and the day's numbers that the head
/// remembers are not used again, and the site's epoch rises, so that copies elsewhere can tell. The log that was found
/// is kept as `lobi.db-wal.lost`. Gives what was accepted; nothing where nothing is missing.
///
/// # Errors
/// [`StartError::Damaged`] when the file is not sound: then only a backup helps.
pub fn accept_loss(
    folder: &DataFolder,
    now: Timestamp,
    numbers: &Numbers,
) -> Result<Option<Lost>, StartError> {
    accept(folder, now, numbers).map_err(|error| error.with_backup(folder.newest_backup()))
}

fn accept(folder: &DataFolder, now: Timestamp, numbers: &Numbers) -> Result<Option<Lost>, StartError> {
    let (database, key) = (folder.database(), folder.key()?);
    let mut connection = open::writer(&database, &key)?;
    let damaged = |reason| StartError::Damaged { reason, backup: folder.newest_backup() };
    inspect::check(&connection).map_err(damaged)?;
    let found = head::read(&folder.head());
    let Some(lost) = inspect::lost(folder, &connection, &found)? else { return Ok(None) };
    if folder.stopped_uncleanly() {
        let (log, kept) = (folder.path().join("lobi.db-wal"), folder.path().join("lobi.db-wal.lost"));
        fs::copy(&log, kept).map_err(|source| StartError::Io { path: log, source })?;
    }
    migrate::run(&mut connection, now)?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let (Found::Whole(head), Lost::Tail { .. }) = (&found, &lost) {
        tx.execute(
            "update sqlite_sequence set seq = max(seq, :seq) where name = 'events'",
            named_params! { ":seq": head.seq },
        )?;
        (numbers.not_again)(&tx, &head.given)
            .map_err(|error| StartError::reading(folder.newest_backup(), &error))?;
    }
    tx.execute("update site set epoch = epoch + 1", [])?;
    let (site, seq) = (inspect::site(&tx)?, inspect::last_event(&tx)?);
    let given = (numbers.given)(&tx).map_err(|error| StartError::reading(folder.newest_backup(), &error))?;
    note(&tx, now, &lost).map_err(|error| StartError::reading(folder.newest_backup(), &error))?;
    tx.commit()?;
    Head::begin(&folder.head(), site, seq, given)
        .map_err(|source| StartError::Io { path: folder.head(), source })?;
    inspect::mark(&connection)?;
    open::settle(&connection)?;
    Ok(Some(lost))
}

/// The audit trail tells for ever that something was lost here, and that somebody at this computer took it so.
fn note(sql: &Connection, now: Timestamp, lost: &Lost) -> Result<(), DbError> {
    let row = NewAudit {
        at: now,
        day: ServiceDay::due(now, Zone::Wib, 0),
        actor: &Actor::System.name(),
        deed: "hub.accept_loss",
        subject: "hub",
        before: serde_json::to_string(&lost.to_string()).ok(),
        after: None,
    };
    audit::insert(sql, &row)
}
