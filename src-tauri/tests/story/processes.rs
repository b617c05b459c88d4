//! What runs on this machine, as `/proc` tells.

use std::process::Command;

/// A running process.
#[derive(Clone)]
pub struct Process {
    pub pid: i32,
    parent: i32,
    /// The command line, its words apart by spaces.
    pub command: String,
}

/// All that may be looked at.
pub fn all() -> Vec<Process> {
    let read = |pid: i32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let mut words = stat.rsplit_once(") ")?.1.split(' ');
        if words.next() == Some("Z") {
            return None;
        }
        let parent = words.next()?.parse().ok()?;
        let command = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?.replace('\0', " ");
        Some(Process { pid, parent, command })
    };
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| read(entry.ok()?.file_name().to_str()?.parse().ok()?))
        .collect()
}

/// A process and all its descendants.
pub fn family(all: &[Process], of: i32) -> Vec<Process> {
    let belongs = |mut one: i32| {
        while one != of {
            match all.iter().find(|process| process.pid == one) {
                Some(process) if process.parent > 1 => one = process.parent,
                _ => return false,
            }
        }
        true
    };
    all.iter().filter(|process| belongs(process.pid)).cloned().collect()
}

/// The memory of a process, with its share of what it shares (proportional set size).
pub fn proportional_kib(pid: i32) -> Option<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let size = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    size.trim().trim_end_matches(" kB").trim().parse().ok()
}

/// Ends a process as a crash would: at once.
pub fn crash(pid: i32) {
    // The shell's own `kill`: a bare machine has no program of that name.
    let kill = ["-c", "kill -9 \"$0\"", &pid.to_string()];
    assert!(Command::new("sh").args(kill).status().unwrap().success());
}
