//! `lobi-hub backup FILE`: a copy of the database, taken while the hub goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;

use super::inspect;
use super::key::{Key, sync_folder};
use super::open;
use super::start_error::StartError;

/// Pages that are copied before a writer gets its turn.
const PAGES: i32 = 512;

/// Copies the database of `folder` to `file`, as it stands at one moment and under the same key. A file copied by hand lacks
/// what is still in the log; this one does not. Nothing stands at `file` before all of it is there, was read back and is on
/// the disk; what stood there before is replaced then.
///
/// # Errors
/// No database or key there, a file that cannot be written, a copy that does not read back.
pub fn backup(folder: &Path, file: &Path) -> Result<(), StartError> {
    let (database, key_file) = (folder.join("lobi.db"), folder.join("lobi.key"));
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| StartError::Io { path, source }
    };
    let key = Key::read(&key_file).map_err(io(&key_file))?.ok_or(StartError::KeyMalformed(key_file))?;
    if !database.exists() {
        return Err(StartError::DatabaseMissing { path: database, backup: None });
    }
    let unfinished = PathBuf::from(format!("{}.part", file.display()));
    let _left_by_an_earlier_try = fs::remove_file(&unfinished);
    {
        let source = open::reader(&database, &key)?;
        let mut copy = open::copy(&unfinished, &key)?;
        Backup::new(&source, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?;
        inspect::check(&copy).map_err(|reason| StartError::Damaged { reason, backup: None })?;
    }
    fs::File::options()
        .write(true)
        .open(&unfinished)
        .and_then(|copy| copy.sync_all())
        .map_err(io(&unfinished))?;
    fs::rename(&unfinished, file).and_then(|()| sync_folder(file)).map_err(io(file))
}
