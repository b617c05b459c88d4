//! The commands of the shell by name: `build.rs` makes a permission of each, a capability says which window has it.

/// Every command that a page may ask for, if its window's capability allows it.
pub const COMMANDS: &[&str] = &[
    "hub_request",
    "hub_live",
    "hub_send",
    "hub_close",
    "machine",
    "print_paper",
    "printer_status",
    "say",
    "hush",
    "camera_open",
    "camera_close",
    "camera_list",
    "open_settings",
    "leave",
    "settings_read",
    "settings_write",
    "settings_start",
    "find_hubs",
    "try_hub",
    "list_printers",
    "list_monitors",
    "test_print",
    "test_voice",
];
