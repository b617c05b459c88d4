//! Reads a folder of pictures as jsQR's public set has them (`NAME/input.png`, `NAME/output.json` with `data`, or `null` where
//! jsQR reads nothing) and prints how many are read.

#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::path::{Path, PathBuf};

use lobi_devices::scan::{Frame, decode};
use serde_json::Value;

fn main() {
    let folder = std::env::args().nth(1).map(PathBuf::from).unwrap_or_else(|| PathBuf::from("."));
    let (mut known, mut read, mut otherwise, mut unknown, mut besides) = (0, 0, Vec::new(), 0, 0);
    let mut missed = Vec::new();
    for (name, picture, text) in pictures(&folder) {
        let texts = decode(&picture);
        match text {
            Some(text) => {
                known += 1;
                match texts.first() {
                    Some(_) if texts.contains(&text) => read += 1,
                    Some(found) => otherwise.push(format!("{name}: {found:?}, not {text:?}")),
                    None => missed.push(name),
                }
            }
            None => {
                unknown += 1;
                besides += usize::from(!texts.is_empty());
            }
        }
    }
    println!(
        "{known} pictures whose text is known: {read} read, {} otherwise, {} missed",
        otherwise.len(),
        missed.len()
    );
    println!("{unknown} pictures that jsQR does not read: {besides} read");
    println!("missed: {}", missed.join(" "));
    otherwise.iter().for_each(|line| println!("{line}"));
}

/// Every picture of the folder with its name and its text.
fn pictures(folder: &Path) -> Vec<(String, Frame, Option<String>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries.filter_map(|entry| picture(&entry.path())).collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn picture(folder: &Path) -> Option<(String, Frame, Option<String>)> {
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let known: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("output.json")).ok()?).ok()?;
    let picture = image::open(folder.join("input.png")).ok()?.to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let frame = Frame::gray(width, height, picture.into_raw(), 0)?;
    Some((name, frame, known["data"].as_str().map(str::to_owned)))
}
