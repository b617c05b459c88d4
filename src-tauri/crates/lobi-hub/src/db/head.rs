//! `lobi.head`: how far the hub had come, remembered outside the database. A log that was cut or lost leaves a sound but
//! older file, and SQLite cannot know that; whoever compares it with the head can.
//!
//! The writer's thread overwrites one of two places after each commit, without syncing: the head never runs ahead of
//! what is durable, costs no disk turn, and is exact after anything but a power cut, where it may lag. Each place has
//! its own checksum, so that a torn write leaves the other.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

use data_encoding::HEXLOWER;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::DbError;
use super::key;

/// The bytes of one of the two places: what a disk writes at once.
const PLACE: usize = 4096;
/// Hexadecimal digits of a place's checksum; a line of JSON follows.
const CHECKSUM: usize = 16;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Rises with every write of the head: the higher place counts.
    turn: u64,
    /// The site whose database it is.
    pub site: String,
    /// The last event that was committed.
    pub seq: i64,
    /// The numbers that must not be given again.
    pub given: Given,
    /// Set while no hub runs, after it stopped in good order.
    pub closed: Option<Closed>,
}

/// The last number of each counter row of a day. The engine does not know what they count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The service day.
    pub day: String,
    /// Row and last number.
    pub last: Vec<(i64, i64)>,
}

/// How a subject tells which numbers were given, and sees to it that they are not given again.
#[derive(Clone, Copy)]
pub struct Numbers {
    /// Reads them before a commit: a few rows by their keys.
    pub given: fn(&Connection) -> Result<Given, DbError>,
    /// Lets the next number of each be higher.
    pub not_again: fn(&Connection, &Given) -> Result<(), DbError>,
}

impl Numbers {
    /// For a database that gives no numbers.
    pub const NONE: Numbers = Numbers { given: |_| Ok(Given::default()), not_again: |_, _| Ok(()) };
}

/// The database file as a clean stop left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256, unless it is too large to be read at every start.
    pub digest: Option<String>,
}

/// What lies in the folder.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// No file.
    Nothing,
    /// A file in which neither place is whole: a power cut can do that.
    Torn,
    /// The newest whole place.
    Whole(Remembered),
}

/// Reads what is remembered.
pub fn read(path: &Path) -> Found {
    let mut bytes = Vec::with_capacity(2 * PLACE);
    match File::open(path).and_then(|file| file.take(2 * PLACE as u64).read_to_end(&mut bytes)) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Found::Nothing,
        Err(_) => return Found::Torn,
    }
    let newest = bytes.chunks(PLACE).filter_map(decode).max_by_key(|place| place.turn);
    newest.map_or(Found::Torn, Found::Whole)
}

fn encode(remembered: &Remembered) -> Option<Vec<u8>> {
    let json = serde_json::to_vec(remembered).ok()?;
    let checksum = HEXLOWER.encode(&Sha256::digest(&json)[..CHECKSUM / 2]);
    let place = [checksum.as_bytes(), &json, b"\n"].concat();
    (place.len() <= PLACE).then_some(place)
}

fn decode(place: &[u8]) -> Option<Remembered> {
    let line = place.split(|&byte| byte == b'\n').next()?;
    let (checksum, json) = line.split_at_checked(CHECKSUM)?;
    let right = HEXLOWER.encode(&Sha256::digest(json)[..CHECKSUM / 2]);
    (checksum == right.as_bytes()).then(|| serde_json::from_slice(json).ok()).flatten()
}

/// The open file.
#[derive(Debug)]
pub struct Head {
    file: File,
    now: Remembered,
    failed: bool,
}

impl Head {
    /// Opens the head, or makes it with its name synced, and lets it say durably that a hub is at work from `seq` on.
    ///
    /// # Errors
    /// As the file system says.
    pub fn begin(path: &Path, site: String, seq: i64, given: Given) -> std::io::Result<Self> {
        let turn = match read(path) {
            Found::Whole(before) => before.turn,
            Found::Nothing | Found::Torn => 0,
        };
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        if file.metadata()?.len() != 2 * PLACE as u64 {
            file.set_len(2 * PLACE as u64)?;
            // Space for both places is taken now: a full disk must not stop the head later.
            write_at(&file, &[b'\n'; 2 * PLACE], 0)?;
            file.sync_all()?;
            key::sync_folder(path)?;
        }
        let mut head = Head { file, now: Remembered { turn, site, seq, given, closed: None }, failed: false };
        head.write()?;
        head.file.sync_data()?;
        Ok(head)
    }

    /// A commit is durable: `seq` is its last event.
    pub fn came_to(&mut self, seq: i64, given: Option<Given>) {
        self.now.seq = seq;
        if let Some(given) = given {
            self.now.given = given;
        }
        match self.write() {
            Ok(()) => self.failed = false,
            // The database is what counts; a head that lags only notices less.
            Err(error) if !self.failed => {
                tracing::warn!(%error, "lobi.head was not written");
                self.failed = true;
            }
            Err(_) => {}
        }
    }

    /// The hub stopped in good order and left the database like this.
    ///
    /// # Errors
    /// As the file system says.
    pub fn end(&mut self, closed: Closed) -> std::io::Result<()> {
        self.now.closed = Some(closed);
        self.write()?;
        self.file.sync_data()
    }

    fn write(&mut self) -> std::io::Result<()> {
        self.now.turn += 1;
        // More counters than fit are left out rather than the head.
        let place = encode(&self.now)
            .or_else(|| encode(&Remembered { given: Given::default(), ..self.now.clone() }))
            .ok_or(ErrorKind::InvalidData)?;
        write_at(&self.file, &place, self.now.turn % 2 * PLACE as u64)
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut offset: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        bytes = &bytes[written..];
        offset += written as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(last: i64) -> Given {
        Given { day: "2026-11-20".into(), last: vec![(1, last), (2, 7)] }
    }

    #[test]
    fn what_was_written_last_is_read_back_and_a_torn_place_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.head");
        assert_eq!(read(&path), Found::Nothing);
        let mut head = Head::begin(&path, "SITE".into(), 3, given(1)).unwrap();
        head.came_to(4, Some(given(2)));
        head.came_to(5, None);
        let Found::Whole(last) = read(&path) else { panic!("whole") };
        assert_eq!((last.site.as_str(), last.seq, &last.given, &last.closed), ("SITE", 5, &given(2), &None));
        let bytes = std::fs::read(&path).unwrap();
        let newest = usize::try_from(last.turn % 2).unwrap() * PLACE;
        for torn in [newest, newest + 20, newest + 100] {
            let mut bytes = bytes.clone();
            bytes[torn] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            let Found::Whole(before) = read(&path) else { panic!("whole") };
            assert_eq!(before.seq, 4);
        }
        std::fs::write(&path, vec![0; 2 * PLACE]).unwrap();
        assert_eq!(read(&path), Found::Torn);
    }

    #[test]
    fn a_new_head_outranks_a_higher_one_that_was_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.head");
        Head::begin(&path, "SITE".into(), 900, given(90)).unwrap();
        Head::begin(&path, "SITE".into(), 800, given(90)).unwrap();
        let Found::Whole(last) = read(&path) else { panic!("whole") };
        assert_eq!(last.seq, 800);
    }

    #[test]
    fn more_counters_than_fit_do_not_stop_the_head() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lobi.head");
        let many = Given { day: "2026-11-20".into(), last: (0..2_000).map(|row| (row, 1)).collect() };
        Head::begin(&path, "SITE".into(), 5, many).unwrap();
        let Found::Whole(last) = read(&path) else { panic!("whole") };
        assert_eq!((last.seq, last.given), (5, Given::default()));
    }
}
