//! Records what a hub writes and syncs, and gives the folder back as a power cut at any moment would have left it.
//!
//! The model is pessimistic: what was synced is there, every later write of a file may be missing, there, or there in
//! part, each on its own; a name is there once the folder was synced, and names become durable in their order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A hub's folder under the recorder.
pub struct Recorder {
    pub data: PathBuf,
    trace: PathBuf,
    library: PathBuf,
    _folder: TempDir,
}

impl Recorder {
    /// Builds the recorder with the C compiler that SQLite needs as well; the data folder begins with these files.
    pub fn new(begin: &BTreeMap<String, Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let library = root.join("recorder.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/durability/recorder.c");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl");
        assert!(cc.status().unwrap().success());
        let data = root.join("data");
        std::fs::create_dir(&data).unwrap();
        begin.iter().for_each(|(name, bytes)| std::fs::write(data.join(name), bytes).unwrap());
        Recorder { data, trace: root.join("trace"), library, _folder: folder }
    }

    /// What the hub's environment needs.
    pub fn variables(&self) -> [(&str, &str); 3] {
        [
            ("LD_PRELOAD", self.library.to_str().unwrap()),
            ("RECORDER_FOLDER", self.data.to_str().unwrap()),
            ("RECORDER_TRACE", self.trace.to_str().unwrap()),
        ]
    }

    /// How much was recorded so far, in bytes of the trace: the marker of a moment.
    pub fn length(&self) -> u64 {
        std::fs::metadata(&self.trace).map_or(0, |trace| trace.len())
    }

    /// Everything that was recorded, each step with the length of the trace behind it.
    pub fn steps(&self) -> Vec<(u64, Step)> {
        let trace = std::fs::read(&self.trace).unwrap();
        let mut rest = trace.as_slice();
        let mut steps = Vec::new();
        while let Some((head, tail)) = rest.split_at_checked(24) {
            let number = |range: std::ops::Range<usize>| {
                head[range].iter().rev().fold(0usize, |number, &byte| number << 8 | usize::from(byte))
            };
            let (name, offset, size) = (number(4..8), number(8..16), number(16..24));
            // A hub that was killed may have left half a record: it saw no answer of it.
            let Some((name, tail)) = tail.split_at_checked(name) else { break };
            let Some((bytes, tail)) = tail.split_at_checked(size) else { break };
            let name = String::from_utf8(name.to_vec()).unwrap();
            let step = match number(0..4) {
                1 => Step::Change(name, Change::Write(offset, bytes.to_vec())),
                2 => Step::Change(name, Change::Cut(offset)),
                3 => Step::Sync(name),
                4 => Step::SyncFolder,
                5 => Step::Name(NameChange::Create(name)),
                6 => Step::Name(NameChange::Remove(name)),
                7 => Step::Name(NameChange::Rename(name, String::from_utf8(bytes.to_vec()).unwrap())),
                other => panic!("kind {other}"),
            };
            rest = tail;
            steps.push(((trace.len() - rest.len()) as u64, step));
        }
        steps
    }
}

#[derive(Clone, Debug)]
pub enum Step {
    Change(String, Change),
    Sync(String),
    SyncFolder,
    Name(NameChange),
}

#[derive(Clone, Debug)]
pub enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

#[derive(Clone, Debug)]
pub enum NameChange {
    Create(String),
    Remove(String),
    Rename(String, String),
}

/// A disk of which the power may be cut: files by their number, names beside them.
#[derive(Default)]
pub struct Disk {
    files: Vec<(Vec<u8>, Vec<Change>)>,
    /// What programs see, and what is durable, with the steps between.
    seen: BTreeMap<String, usize>,
    durable: BTreeMap<String, usize>,
    unsynced: Vec<(NameChange, usize)>,
}

impl Disk {
    pub fn new(begin: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut disk = Disk::default();
        for (name, bytes) in begin {
            disk.files.push((bytes.clone(), Vec::new()));
            disk.seen.insert(name.clone(), disk.files.len() - 1);
        }
        disk.durable = disk.seen.clone();
        disk
    }

    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Change(name, change) => self.files[self.seen[name]].1.push(change.clone()),
            Step::Sync(name) => {
                let (bytes, changes) = &mut self.files[self.seen[name]];
                changes.drain(..).for_each(|change| apply(bytes, &change));
            }
            Step::SyncFolder => {
                self.durable = self.seen.clone();
                self.unsynced.clear();
            }
            Step::Name(change) => {
                let file = match change {
                    NameChange::Create(_) => {
                        self.files.push(Default::default());
                        self.files.len() - 1
                    }
                    NameChange::Remove(name) | NameChange::Rename(name, _) => self.seen[name],
                };
                rename(&mut self.seen, change, file);
                self.unsynced.push((change.clone(), file));
            }
        }
    }

    /// The folder after a power cut now: nothing that was not synced, or what `dice` choose of it.
    pub fn cut(&self, mut dice: Option<&mut Dice>) -> BTreeMap<String, Vec<u8>> {
        let mut names = self.durable.clone();
        let kept = dice.as_mut().map_or(0, |dice| dice.below(self.unsynced.len() + 1));
        self.unsynced.iter().take(kept).for_each(|(change, file)| rename(&mut names, change, *file));
        names
            .into_iter()
            .map(|(name, file)| {
                let (bytes, changes) = &self.files[file];
                let mut bytes = bytes.clone();
                if let Some(dice) = &mut dice {
                    changes.iter().for_each(|change| apply_some(&mut bytes, change, dice));
                }
                (name, bytes)
            })
            .collect()
    }
}

fn rename(names: &mut BTreeMap<String, usize>, change: &NameChange, file: usize) {
    match change {
        NameChange::Create(name) => drop(names.insert(name.clone(), file)),
        NameChange::Remove(name) => drop(names.remove(name)),
        NameChange::Rename(from, to) => {
            names.remove(from);
            names.insert(to.clone(), file);
        }
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Cut(size) => bytes.resize(*size, 0),
        Change::Write(offset, data) => {
            let end = offset + data.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*offset..end].copy_from_slice(data);
        }
    }
}

/// A write reaches the disk whole, in sectors of its own choice, or not at all.
fn apply_some(bytes: &mut Vec<u8>, change: &Change, dice: &mut Dice) {
    let sector = match dice.below(4) {
        0 => return,
        1 => 512,
        2 => 4096,
        _ => return apply(bytes, change),
    };
    let Change::Write(offset, data) = change else { return };
    let mut from = *offset;
    while from < offset + data.len() {
        let to = ((from / sector + 1) * sector).min(offset + data.len());
        if dice.below(2) == 0 {
            apply(bytes, &Change::Write(from, data[from - offset..to - offset].to_vec()));
        }
        from = to;
    }
}

/// Chance that can be repeated: xorshift.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}
