//! The house of ARCHITECTURE.md: four storeys, who may use whom, no circles, one way to write. Each rule fails with a sentence
//! that says what to do.

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::{code, files, root};

const TOP: [&str; 6] = ["serving", "router", "house", "ws", "demo", "main"];

/// Subjects from the ground up: each may use the actions, events and shapes of those that it names, and nobody else's.
/// Everybody may use the ground and the core.
const SUBJECTS: [(&str, &[&str]); 15] = [
    ("access", &[]),
    ("site", &[]),
    ("people", &[]),
    ("voices", &[]),
    ("reach", &[]),
    ("webhooks", &[]),
    ("health", &["reach"]),
    ("announcements", &[]),
    ("devices", &["site"]),
    ("screens", &["devices"]),
    ("queue", &["people", "site", "devices"]),
    ("portal", &["people", "queue"]),
    ("reports", &["queue"]),
    ("settings", &["site", "devices"]),
    ("setup", &["access", "site", "queue"]),
];

fn hub() -> Graph {
    Graph::of(&root().join("src-tauri/crates/lobi-hub/src"))
}

fn first(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

fn subject(module: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    SUBJECTS.iter().find(|(name, _)| *name == first(module))
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let crates = [
        "src-tauri/crates/lobi-core/src",
        "src-tauri/crates/lobi-hub/src",
        "src-tauri/crates/lobi-devices/src",
        "src-tauri/crates/fake-printer/src",
        "src-tauri/src",
    ];
    let circles: Vec<String> = crates
        .into_iter()
        .flat_map(|sources| {
            let circles = Graph::of(&root().join(sources)).circles();
            circles.into_iter().map(move |circle| format!("{sources}: {}", circle.join(", ")))
        })
        .collect();
    assert!(
        circles.is_empty(),
        "these files import each other:\n{}\nMove what they share into a file below all of them.",
        circles.join("\n")
    );
}

#[test]
fn a_storey_imports_only_what_is_below_it() {
    for (module, imports) in &hub().imports {
        for import in imports {
            let (from_ground, to) =
                (!TOP.contains(&first(module)) && subject(module).is_none(), first(import));
            assert!(
                TOP.contains(&first(module)) || !TOP.contains(&to),
                "{module} imports {import}, which is above it. Only the top storey may name the top; let `house.rs` hand it down."
            );
            assert!(
                !from_ground || module.is_empty() || subject(import).is_none(),
                "{module} is ground and imports the subject {import}. The ground knows no subject: give it a hook in `hooks.rs`."
            );
        }
    }
}

#[test]
fn a_subject_uses_only_the_subjects_on_its_list_and_never_their_stores() {
    for (module, imports) in &hub().imports {
        let Some((name, may_use)) = subject(module) else { continue };
        for import in imports.iter().filter(|import| first(import) != *name) {
            let Some((other, _)) = subject(import) else { continue };
            assert!(
                may_use.contains(other),
                "{module} imports {import}: {name} may use {may_use:?}. Move the code to the subject that may, or change the list \
                 in tests/tidy/house.rs and ARCHITECTURE.md and say why."
            );
            assert!(
                !import.contains("::store"),
                "{module} reads the store of {other}. Ask an action of {other}, or add one there."
            );
        }
    }
}

#[test]
fn inside_a_subject_layers_point_down() {
    let layer = |module: &str| match module.split("::").nth(1) {
        Some("routes") => 4,
        Some("actions" | "jobs" | "day_end" | "day") => 3,
        Some("views" | "printout" | "wish" | "speech" | "site_printer" | "test_page") => 2,
        Some("events" | "wire" | "template" | "credentials" | "code" | "kind") => 1,
        Some("store" | "visitor" | "record") => 0,
        _ => 1,
    };
    for (module, imports) in &hub().imports {
        let Some((name, _)) = subject(module) else { continue };
        for import in imports.iter().filter(|import| first(import) == *name) {
            // A device's own actions tell of what its printer did.
            let told = module.ends_with("site_printer") && import.ends_with("devices::actions");
            assert!(
                told || layer(import) <= layer(module),
                "{module} imports {import}: routes → actions → views → events, wire → store, never back."
            );
            assert!(
                !matches!(module.split("::").nth(1), Some("events" | "wire")) || !import.contains("::store"),
                "{module} knows the tables. Events and wire shapes are made from core types."
            );
        }
    }
}

#[test]
fn there_is_one_way_to_write() {
    let src = root().join("src-tauri/crates/lobi-hub/src");
    for path in files(&src, &[".rs"]) {
        let shown = path.strip_prefix(&src).unwrap().display().to_string();
        let text = code(&path);
        let may_write = matches!(shown.as_str(), "acting.rs" | "jobs.rs") || shown.starts_with("db");
        assert!(
            may_write || !text.contains("db.write("),
            "{shown} writes past `act`. Use `hub.act(caller, |act| …)`: it rolls the day, keeps the key and asks for the right."
        );
        let speaks_sql = shown.starts_with("db") || shown.contains("store");
        // The hooks and the hub carry connections; they say nothing to them.
        let carries = ["act.rs", "hooks.rs", "hub.rs", "house.rs", "site/day.rs"].contains(&shown.as_str());
        assert!(
            speaks_sql || carries || !text.contains("rusqlite::"),
            "{shown} names rusqlite. What speaks to tables stands in `store`."
        );
    }
}

#[test]
fn a_table_is_named_in_one_store_only() {
    let tables: [(&str, &[&str]); 28] = [
        ("classes", &["queue/store/classes.rs"]),
        ("site", &["site/store.rs"]),
        (
            "services",
            &[
                "queue/store/services.rs",
                "queue/store/numbers.rs",
                "queue/store/tickets.rs",
                "queue/store/lines.rs",
            ],
        ),
        ("counters", &["queue/store/counters.rs"]),
        ("numbers", &["queue/store/numbers.rs", "queue/store/lines.rs"]),
        (
            "tickets",
            &[
                "queue/store/tickets.rs",
                "queue/store/lines.rs",
                "queue/store/registrations.rs",
                "queue/store/given.rs",
            ],
        ),
        ("staff", &["access/store/staff.rs"]),
        ("sessions", &["access/store/sessions.rs"]),
        ("api_keys", &["access/store/keys.rs"]),
        ("last_steps", &["queue/store/steps.rs"]),
        ("resets", &["queue/store/resets.rs"]),
        ("reset_stages", &["queue/store/resets.rs"]),
        ("people", &["people/store/records.rs"]),
        ("record_numbers", &["people/store/records.rs"]),
        ("people_words", &["people/store/words.rs"]),
        ("people_merges", &["people/store/merges.rs"]),
        ("recordings", &["voices/store.rs"]),
        ("reached", &["reach/store.rs"]),
        ("holidays", &["site/store/holidays.rs"]),
        ("counter_services", &["queue/store/counters.rs"]),
        ("journeys", &["queue/store/journeys.rs"]),
        ("portal_codes", &["portal/store.rs"]),
        ("portal_sessions", &["portal/store.rs"]),
        ("reviews", &["portal/store.rs"]),
        ("webhooks", &["webhooks/store.rs"]),
        ("screens", &["screens/store.rs"]),
        ("room", &["screens/store.rs"]),
        ("deliveries", &["webhooks/store.rs"]),
    ];
    let src = root().join("src-tauri/crates/lobi-hub/src");
    for path in files(&src, &[".rs"]) {
        let shown = path.strip_prefix(&src).unwrap().display().to_string();
        if shown.starts_with("db") {
            continue;
        }
        let text = code(&path);
        for (table, stores) in tables {
            let named = ["from ", "into ", "update ", "join "].iter().any(|verb| {
                text.match_indices(&format!("{verb}{table}")).any(|(at, found)| {
                    !text[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            });
            // The day is part of a number's identity: numbers read it in the very same statement.
            let day = table == "site" && shown == "queue/store/numbers.rs";
            assert!(
                !named || day || stores.contains(&shown.as_str()),
                "{shown} names the table {table}, which belongs to {stores:?}. Read it through an action of its subject."
            );
        }
    }
}

#[test]
fn nothing_is_shared_between_hubs_of_one_process() {
    let src = root().join("src-tauri/crates/lobi-hub/src");
    for path in files(&src, &[".rs"]) {
        let shown = path.strip_prefix(&src).unwrap().display().to_string();
        for line in code(&path).lines().filter(|line| line.trim_start().starts_with("static ")) {
            let shared = ["Mutex", "RwLock", "Semaphore", "Atomic"].iter().find(|kind| line.contains(**kind));
            assert!(
                shared.is_none(),
                "{shown}: `{}` would couple two hubs. Put it into `Hub` or `Passing`.",
                line.trim()
            );
        }
    }
}

#[test]
fn kinds_of_events_and_codes_of_errors_stand_in_their_tables_only() {
    let src = root().join("src-tauri/crates/lobi-hub/src");
    let kinds: Vec<String> =
        lobi_hub::house::events().iter().map(|event| format!("\"{}\"", event.kind)).collect();
    let codes: Vec<String> =
        lobi_hub::error::Code::ALL.iter().map(|code| format!("\"{}\"", code.name())).collect();
    let mut homes: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for path in files(&src, &[".rs"]) {
        let shown = path.strip_prefix(&src).unwrap().display().to_string();
        // Words of `hub_start` share their names with some codes; examples stand in the API's document.
        let said = |line: &&str| {
            !line.contains("schema(example") && !line.contains("\"hub_start\"") && !line.contains("say(\"")
        };
        let text: String = code(&path).lines().filter(said).collect::<Vec<_>>().join("\n");
        for name in kinds.iter().chain(&codes).filter(|name| text.contains(*name)) {
            homes.entry(name).or_default().push(shown.clone());
        }
    }
    let is_table = |home: &String| {
        home == "error.rs"
            || home.ends_with("/events.rs")
            || ["live/presence.rs", "devices.rs"].contains(&home.as_str())
    };
    for (name, homes) in homes {
        assert!(
            homes.len() == 1 && homes.iter().all(is_table),
            "{name} is spelt out in {homes:?}: name its `KIND` or `Code` instead."
        );
    }
}

#[test]
fn files_are_short_enough_to_be_read_at_once() {
    let mut lengths: Vec<(usize, String)> = files(&root().join("src-tauri"), &[".rs"])
        .into_iter()
        .filter(|path| !path.display().to_string().contains("/tests/"))
        .map(|path| (std::fs::read_to_string(&path).unwrap().lines().count(), path.display().to_string()))
        .collect();
    lengths.sort();
    let (longest, path) = lengths.last().unwrap();
    assert!(*longest <= 400, "{path} has {longest} lines: look for the second idea in it.");
    let at = |share: usize| lengths[lengths.len() * share / 100].0;
    assert!(at(50) <= 100 && at(90) <= 240, "median {} (100 at most), p90 {} (240 at most)", at(50), at(90));
}
