//! A command is named for the build, answered by the program and allowed to a window: in all three places or in none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::HANDLED;
use super::names::COMMANDS;
use crate::machine::mode::Mode;
use crate::window::SETUP;

/// What is wrong with these lists, each as a sentence that says what to do.
fn complaints(named: &[&str], handled: &[&str], allowed: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut all = Vec::new();
    for (list, place) in [(named, "src/commands/names.rs"), (handled, "`handled!` in src/commands.rs")] {
        let once: BTreeSet<_> = list.iter().collect();
        for command in once.iter().filter(|one| list.iter().filter(|other| other == *one).count() > 1) {
            all.push(format!("{command} stands twice in {place}: take one of them out"));
        }
    }
    for command in handled.iter().filter(|command| !named.contains(command)) {
        all.push(format!(
            "{command} is answered and has no permission: add it to COMMANDS in src/commands/names.rs"
        ));
    }
    for command in named.iter().filter(|command| !handled.contains(command)) {
        all.push(format!(
            "{command} has a permission and nobody answers it: add its function to `handled!` in src/commands.rs"
        ));
    }
    for command in handled {
        if !allowed.values().any(|commands| commands.contains(*command)) {
            let permission = permission(command);
            all.push(format!(
                "{command} may be called by no window: add \"{permission}\" to capabilities/*.json where it belongs"
            ));
        }
    }
    for (window, commands) in allowed {
        for command in commands.iter().filter(|command| !handled.contains(&command.as_str())) {
            let permission = permission(command);
            all.push(format!(
                "capabilities/{window}.json allows {command}, which does not exist: take \"{permission}\" out, or add \
                 the command to src/commands.rs and src/commands/names.rs"
            ));
        }
    }
    all
}

fn permission(command: &str) -> String {
    format!("allow-{}", command.replace('_', "-"))
}

/// Which window may call what, as `capabilities/` says.
fn capabilities() -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let capability: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(capability["identifier"], name.as_str(), "a capability is called as its file");
        assert_eq!(capability["windows"], serde_json::json!([name]), "a capability is for one window");
        let permissions = capability["permissions"].as_array().unwrap();
        let commands: BTreeSet<String> = permissions
            .iter()
            .map(|permission| {
                let permission = permission.as_str().expect("a permission is a name");
                let command =
                    permission.strip_prefix("allow-").expect("only Lobi's own commands are allowed");
                command.replace('-', "_")
            })
            .collect();
        assert_eq!(commands.len(), permissions.len(), "{name}.json allows something twice");
        all.insert(name, commands);
    }
    all
}

fn handled() -> Vec<&'static str> {
    HANDLED.iter().map(|(_, command)| *command).collect()
}

#[test]
fn every_command_is_named_answered_and_allowed_to_a_window() {
    assert_eq!(complaints(COMMANDS, &handled(), &capabilities()), Vec::<String>::new());
}

#[test]
fn a_command_that_was_added_in_one_place_only_is_told_where_else_it_belongs() {
    let new = "open_drawer";
    let with = |list: &[&'static str]| [list, &[new]].concat();
    let (named, handled, allowed) = (COMMANDS.to_vec(), handled(), capabilities());
    let mut allowed_too = allowed.clone();
    allowed_too.get_mut("kiosk").unwrap().insert(new.into());
    let says = |complaints: Vec<String>, expected: &[&str]| {
        assert_eq!(complaints.len(), expected.len(), "{complaints:#?}");
        for (complaint, expected) in complaints.iter().zip(expected) {
            assert!(complaint.contains(new) && complaint.contains(expected), "{complaint}");
        }
    };
    let (in_names, in_handled) =
        ("add it to COMMANDS in src/commands/names.rs", "`handled!` in src/commands.rs");
    let in_capabilities = "add \"allow-open-drawer\" to capabilities/*.json";
    says(complaints(&named, &with(&handled), &allowed), &[in_names, in_capabilities]);
    says(complaints(&with(&named), &handled, &allowed), &[in_handled]);
    says(complaints(&named, &handled, &allowed_too), &["take \"allow-open-drawer\" out"]);
    says(complaints(&with(&named), &with(&handled), &allowed), &[in_capabilities]);
    says(complaints(&named, &with(&handled), &allowed_too), &[in_names]);
    says(complaints(&with(&named), &with(&handled), &allowed_too), &[]);
    says(complaints(&with(&with(&named)), &with(&handled), &allowed_too), &["stands twice"]);
}

#[test]
fn every_window_has_a_capability_and_every_capability_a_window() {
    let modes = [Mode::Kiosk, Mode::Counter, Mode::Tv, Mode::Receptionist].map(Mode::name);
    let windows: BTreeSet<String> = modes.into_iter().chain([SETUP]).map(str::to_owned).collect();
    assert_eq!(capabilities().into_keys().collect::<BTreeSet<_>>(), windows);
}

#[test]
fn what_sets_a_machine_up_is_open_to_the_setup_window_alone() {
    let alone = |file: &str, command: &str| file == "setup" || command.starts_with("test_");
    for (window, commands) in capabilities() {
        for (_, command) in HANDLED.iter().filter(|(file, command)| alone(file, command)) {
            let allowed = commands.contains(*command);
            assert_eq!(allowed, window == SETUP, "capabilities/{window}.json: {command}");
        }
        for command in ["hub_request", "hub_live", "hub_send", "hub_close", "machine", "open_settings"] {
            assert!(commands.contains(command), "capabilities/{window}.json: every page needs {command}");
        }
    }
}
