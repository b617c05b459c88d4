//! What a page may ask of this machine. Which window may ask what stands in `capabilities/`.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands state and windows to commands by value")]

mod camera;
mod door;
mod hub;
mod machine;
#[cfg(test)]
mod names;
mod paper;
mod setup;
#[cfg(test)]
mod tests;
mod voice;

use tauri::ipc::Invoke;

/// The commands by file, for the program and for the test that compares them with `names.rs` and `capabilities/`.
macro_rules! handled {
    ($($file:ident::$command:ident,)*) => {
        /// Every command, answered.
        pub fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($file::$command,)*]
        }

        #[cfg(test)]
        const HANDLED: &[(&str, &str)] = &[$((stringify!($file), stringify!($command)),)*];
    };
}

handled![
    hub::hub_request,
    hub::hub_live,
    hub::hub_send,
    hub::hub_close,
    machine::machine,
    paper::print_paper,
    paper::printer_status,
    paper::test_print,
    voice::say,
    voice::hush,
    voice::test_voice,
    camera::camera_open,
    camera::camera_close,
    camera::camera_list,
    door::open_settings,
    door::leave,
    setup::settings_read,
    setup::settings_write,
    setup::settings_start,
    setup::find_hubs,
    setup::try_hub,
    setup::list_printers,
    setup::list_monitors,
];
