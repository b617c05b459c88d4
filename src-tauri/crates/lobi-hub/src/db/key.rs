//! The database's key: `lobi.key`, made at the first start, 64 hexadecimal digits that only the owner may read.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use data_encoding::HEXLOWER;

/// A raw SQLCipher key as 64 hexadecimal digits.
pub struct Key(String);

impl Key {
    /// A new one.
    pub(super) fn random() -> Self {
        Key(HEXLOWER.encode(&crate::secrets::random_bytes::<32>()))
    }

    /// The key in a file; nothing where the file holds something else.
    ///
    /// # Errors
    /// When there is no such file or it cannot be read.
    pub(super) fn read(path: &Path) -> std::io::Result<Option<Self>> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Key::from_hex(text.trim())),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn from_hex(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Key(text.to_owned()))
    }

    /// Writes the key where only its owner may read it, synced together with its folder before it counts.
    pub(super) fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(format!("{}\n", self.0).as_bytes())?;
        file.sync_all()?;
        sync_folder(path)
    }

    /// The key as the `key` pragma takes it: raw, so that no 256,000-round derivation slows each connection.
    pub fn pragma(&self) -> String {
        format!("x'{}'", self.0)
    }
}

/// Makes a file's name durable. Windows has no way to ask and needs none.
pub(super) fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _: (Option<File>, &Path) = (None, path);
    Ok(())
}
