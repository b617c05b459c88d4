//! The data folder: who holds it, where the file and its key are, whether the last stop was clean.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::key::{self, Key};
use super::start_error::StartError;

/// A data folder that this process holds until the value is dropped.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    unclean: bool,
    /// Locked; closing it frees the folder, also when the process is killed.
    _lock: File,
    /// Locked too: whoever takes `lobi.lock` away by hand must not let a second hub in, and without the key it
    /// would not open anything.
    key_lock: OnceLock<File>,
}

impl DataFolder {
    /// Makes the folder where it is missing and takes its locks.
    ///
    /// # Errors
    /// [`StartError::InUse`] when another hub holds it, [`StartError::Io`] when it cannot be used.
    pub fn lock(path: &Path) -> Result<Self, StartError> {
        make_private_folder(path).map_err(io(path))?;
        let lock_path = path.join("lobi.lock");
        let mut lock = lock_options().open(&lock_path).map_err(io(&lock_path))?;
        let in_use = |lock: &mut File| {
            let mut pid = String::new();
            // Windows does not let us read a locked file: then the number is simply not known.
            let _ = lock.read_to_string(&mut pid);
            let pid = Some(pid.trim()).filter(|pid| !pid.is_empty()).unwrap_or("?").to_owned();
            StartError::InUse { folder: path.to_owned(), pid }
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(&mut lock)),
            Err(TryLockError::Error(source)) => return Err(StartError::Io { path: lock_path, source }),
        }
        // A clean stop closes every connection, and SQLite then removes the write-ahead log.
        let unclean = holds_data(&path.join("lobi.db-wal"));
        let folder = DataFolder { path: path.to_owned(), unclean, _lock: lock, key_lock: OnceLock::new() };
        if !folder.lock_key() {
            return Err(StartError::InUse { folder: path.to_owned(), pid: "?".to_owned() });
        }
        let mut lock = &folder._lock;
        lock.set_len(0)
            .and_then(|()| lock.seek(SeekFrom::Start(0)))
            .and_then(|_| writeln!(lock, "{}", std::process::id()))
            .map_err(io(&lock_path))?;
        Ok(folder)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.path.join("lobi.db")
    }

    /// What is remembered outside the database, see [`super::head`].
    pub fn head(&self) -> PathBuf {
        self.path.join("lobi.head")
    }

    /// Whether the hub that ran here before was cut off.
    pub fn stopped_uncleanly(&self) -> bool {
        self.unclean
    }

    /// Whether the log is folded in and gone.
    pub fn log_is_empty(&self) -> bool {
        !holds_data(&self.path.join("lobi.db-wal"))
    }

    /// Whether no hub ever finished starting here.
    pub fn is_new(&self) -> bool {
        !self.path.join("lobi.key").exists()
    }

    /// The newest file in `backups`: their names begin with the date.
    pub fn newest_backup(&self) -> Option<PathBuf> {
        let files = fs::read_dir(self.path.join("backups")).ok()?;
        files.filter_map(|file| Some(file.ok()?.path())).filter(|path| path.is_file()).max()
    }

    /// The 32-byte key of the database. It lies beside the database and never in the `backups` folder: a stolen
    /// backup stick stays unreadable. At the first start it is made as `lobi.key.new` and gets its name once the
    /// database is there too: a first start that was cut off begins again, and a key without a database always
    /// means that data is missing.
    ///
    /// # Errors
    /// [`StartError`] when key and database do not stand together; no key is made for an existing database.
    pub fn key(&self) -> Result<Key, StartError> {
        let path = self.path.join("lobi.key");
        let database = holds_data(&self.database());
        match Key::read(&path) {
            Ok(_) if !database => {
                Err(StartError::DatabaseMissing { path: self.database(), backup: self.newest_backup() })
            }
            Ok(key) => key.ok_or(StartError::KeyMalformed(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => self.first_key(database),
            Err(source) => Err(StartError::Io { path, source }),
        }
    }

    fn first_key(&self, database: bool) -> Result<Key, StartError> {
        let path = self.path.join("lobi.key.new");
        let began = Key::read(&path).ok().flatten();
        match began {
            Some(key) => Ok(key),
            None if database || self.unclean => Err(StartError::KeyMissing(self.path.join("lobi.key"))),
            None => {
                let key = Key::random();
                key.write(&path).map_err(io(&path))?;
                Ok(key)
            }
        }
    }

    /// The first start is done: the key gets its name.
    ///
    /// # Errors
    /// [`StartError::Io`] when the file cannot be renamed.
    pub fn keep_key(&self) -> Result<(), StartError> {
        let path = self.path.join("lobi.key");
        if self.is_new() {
            fs::rename(self.path.join("lobi.key.new"), &path)
                .and_then(|()| key::sync_folder(&path))
                .map_err(io(&path))?;
            self.lock_key();
        }
        Ok(())
    }

    /// Whether nobody else holds the key. Windows needs no second lock: there `lobi.lock` cannot be removed while it
    /// is open, and a locked key could not be copied.
    fn lock_key(&self) -> bool {
        if cfg!(windows) {
            return true;
        }
        let Ok(key) = File::open(self.path.join("lobi.key")) else { return true };
        // A file system without locks has said so for `lobi.lock` already.
        let free = !matches!(key.try_lock(), Err(TryLockError::WouldBlock));
        let _ = self.key_lock.set(key);
        free
    }
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> StartError + use<> {
    let path = path.to_owned();
    move |source| StartError::Io { path: path.clone(), source }
}

fn holds_data(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.len() > 0)
}

/// How `lobi.lock` is opened: on Windows so that nobody can remove it meanwhile.
fn lock_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(windows)]
    {
        const SHARE_READ_WRITE: u32 = 0x1 | 0x2;
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, SHARE_READ_WRITE);
    }
    options
}

/// Makes a folder that only its owner may look into; one that exists stays as it is.
fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
