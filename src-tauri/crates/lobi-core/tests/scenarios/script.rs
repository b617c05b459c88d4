//! The scripts beside this file, read: for the pure plan here and for the real hub in `lobi-hub/tests/api/scenarios.rs`.
//!
//! One step a line, the expected outcome behind the bar, a remark behind `#`:
//! ```text
//! 08:00 take umum      | A001 waiting, 0 ahead
//! 08:05 1 calls        | A001 dipanggil at 1 (first come)
//! 08:06 serve A001     | A001 sedang_dilayani at 1
//! board                | waiting [], at [1:A001], last called [A001]
//! ```
//! `board` states who waits, in calling order per service, who is at which counter, and the last calls.

use std::path::Path;

/// What somebody does.
pub enum Step {
    /// A visitor takes a number of a service.
    Take(String),
    /// A counter calls whoever is next.
    CallNext(u32),
    /// A counter calls that number.
    Call(u32, String),
    /// `serve`, `finish`, `skip`, `return` or `cancel`, and the number.
    Move(String, String),
}

/// A line of a script.
pub struct Line {
    /// File and line, for a failure's message.
    pub place: String,
    /// Minutes since midnight, and what is done then; nothing for a look at the board.
    pub step: Option<(i64, Step)>,
    pub expected: String,
}

/// Every script of the folder.
pub fn scripts() -> Vec<Vec<Line>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lobi-core/tests/scenarios");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    assert!(paths.len() >= 4, "the scenarios are there");
    paths.iter().map(|path| script(path)).collect()
}

fn script(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().display();
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(text.lines()) {
        let text = text.split('#').next().unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let (step, expected) = text.split_once('|').unwrap_or_else(|| panic!("{name}:{number}: no bar"));
        lines.push(Line {
            place: format!("{name}:{number}: {}", step.trim()),
            step: read(step),
            expected: expected.trim().to_owned(),
        });
    }
    lines
}

fn read(step: &str) -> Option<(i64, Step)> {
    let words: Vec<&str> = step.split_whitespace().collect();
    let [time, rest @ ..] = words.as_slice() else { panic!("an empty step") };
    if *time == "board" {
        return None;
    }
    let (hours, minutes) = time.split_once(':').unwrap_or_else(|| panic!("no time: {step}"));
    let minutes = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
    let step = match rest {
        ["take", slug] => Step::Take((*slug).to_owned()),
        [counter, "calls"] => Step::CallNext(counter.parse().unwrap()),
        [counter, "calls", nomor] => Step::Call(counter.parse().unwrap(), (*nomor).to_owned()),
        [verb, nomor] => Step::Move((*verb).to_owned(), (*nomor).to_owned()),
        _ => panic!("unknown step: {step}"),
    };
    Some((minutes, step))
}
