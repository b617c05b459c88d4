//! Names every command, so that each window may call only those of its own mode.

/// The commands of the shell; a window's capability lists which of them it may call.
const COMMANDS: &[&str] = &[
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

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
