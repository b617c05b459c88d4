//! The invariants of ARCHITECTURE.md as tests: a rule that is not checked is a wish.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod graph;
mod house;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize().unwrap()
}

/// Files below `folder` whose names end so, without what is built or installed.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "dist" | ".git" | "gen") {
            found.extend(files(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Code without comments and without the tests at the end of the file.
fn code(path: &Path) -> String {
    let text = read(path);
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_rust_file_opens_with_why_it_exists() {
    let rust = files(&root().join("src-tauri"), &[".rs"]);
    assert!(rust.len() > 40);
    for path in rust {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} opens without `//! `", path.display());
    }
}

#[test]
fn the_core_has_no_clock_no_io_and_few_dependencies() {
    let core = root().join("src-tauri/crates/lobi-core");
    for path in files(&core.join("src"), &[".rs"]) {
        let code = code(&path);
        for forbidden in [
            "std::fs",
            "std::net",
            "std::io",
            "std::thread",
            "SystemTime",
            "Instant::",
            "::now()",
            "async ",
            "rusqlite",
            "tokio",
            "rand",
        ] {
            assert!(!code.contains(forbidden), "{} uses {forbidden}", path.display());
        }
    }
    let manifest = read(&core.join("Cargo.toml"));
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let dependencies: BTreeSet<&str> = section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(dependencies, BTreeSet::from(["jiff", "serde", "thiserror", "utoipa"]));
}

#[test]
fn sql_stands_only_in_stores_the_engine_room_and_migrations() {
    for path in files(&root().join("src-tauri"), &[".rs"]) {
        let shown = path.display().to_string();
        let allowed = shown.ends_with("/store.rs")
            || shown.contains("/store/")
            || shown.contains("/src/db/")
            || shown.ends_with("/src/db.rs");
        if allowed || shown.contains("/tests/") || shown.contains("/benches/") {
            continue;
        }
        let code = code(&path);
        for sql in ["select ", "insert into", "delete from", "pragma ", ".prepare", ".execute(", "query_row"]
        {
            assert!(!code.contains(sql), "{shown} speaks SQL: {sql}");
        }
    }
}

#[test]
fn the_wall_clock_is_read_in_one_place() {
    for path in files(&root().join("src-tauri/crates"), &[".rs"]) {
        let shown = path.display().to_string();
        if shown.ends_with("/src/clock.rs") || shown.contains("/tests/") || shown.contains("/benches/") {
            continue;
        }
        assert!(!code(&path).contains("SystemTime::now"), "{shown} reads the wall clock");
    }
}

#[test]
fn the_hub_and_the_ui_run_without_tauri() {
    let lock = read(&root().join("src-tauri/crates/lobi-hub/Cargo.toml"));
    assert!(!lock.contains("tauri"));
    // The hub prints over the network for browsers; no other device, and nothing that is plugged in.
    let devices = lock.lines().find(|line| line.starts_with("lobi-devices")).unwrap();
    assert!(devices.contains(r#"features = ["printer"]"#), "{devices}");
    for path in files(&root().join("ui/src"), &[".ts", ".svelte"]) {
        let shown = path.display().to_string();
        assert!(shown.contains("/src/host/") || !read(&path).contains("@tauri-apps"), "{shown} knows Tauri");
    }
}

fn keys(value: &Value, prefix: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| keys(value, &format!("{prefix}.{key}"), into));
        }
        Value::String(text) => {
            assert!(!text.trim().is_empty(), "{prefix} is empty");
            let mut placeholders: Vec<&str> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
            placeholders.sort_unstable();
            into.insert(format!("{prefix} {placeholders:?}"));
        }
        other => panic!("{prefix} is no text: {other}"),
    }
}

/// Every section of a language, those of the screens and those of the hub, by the names of their files.
fn texts(language: &str) -> Value {
    let sections = files(&root().join("assets/texts").join(language), &[".json"]).into_iter().map(|path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_str(&read(&path)).unwrap())
    });
    Value::Object(sections.collect())
}

#[test]
fn every_text_exists_in_every_language_with_the_same_placeholders() {
    let of = |language: &str| {
        let mut found = BTreeSet::new();
        keys(&texts(language), "", &mut found);
        found
    };
    let (indonesian, english) = (of("id"), of("en"));
    assert!(indonesian.len() > 100);
    assert_eq!(indonesian.symmetric_difference(&english).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_text_that_the_hub_says_exists() {
    let texts = texts("id");
    let exists =
        |section: &str, key: &str| assert!(texts[section][key].is_string(), "{section}.{key} is missing");
    for code in lobi_hub::error::Code::ALL {
        exists("errors", code.name());
    }
    for status in lobi_core::queue::Status::ALL {
        exists("statuses", status.name());
    }
    for action in ["call", "recall", "serve", "finish", "skip", "return", "cancel"] {
        exists("actions", action);
    }
    let hub = root().join("src-tauri/crates/lobi-hub/src");
    for (file, opening, section) in [
        ("db/start_error.rs", "say(\"", "hub_start"),
        ("main.rs", "text(\"hub_start\", \"", "hub_start"),
        ("serving.rs", "text(\"hub_start\", \"", "hub_start"),
    ] {
        let code = code(&hub.join(file))
            .replace("text(\n            \"hub_start\",\n            \"", "text(\"hub_start\", \"");
        let said = code.split(opening).skip(1).filter_map(|rest| rest.split('"').next());
        said.for_each(|key| exists(section, key));
    }
}

#[test]
fn no_machine_path_and_no_registry_host_is_committed() {
    let root = root();
    let endings =
        [".rs", ".ts", ".svelte", ".toml", ".json", ".md", ".sql", ".css", ".html", ".lock", "run", "test"];
    for path in files(&root, &endings) {
        let shown = path.display().to_string();
        if shown.contains("/tests/tidy/") || shown.ends_with("Cargo.lock") {
            continue;
        }
        let text = read(&path);
        for forbidden in ["/root/", "/work/", "registry.npmjs", "static.crates"] {
            assert!(!text.contains(forbidden), "{shown} contains {forbidden}");
        }
    }
}
