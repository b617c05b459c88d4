//! What a page may ask of this machine. Which window may ask what stands in `capabilities/`.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands state and windows to commands by value")]

pub mod camera;
pub mod hub;
pub mod paper;
pub mod settings;
pub mod voice;

use lobi_hub::texts::text;
use serde::Serialize;
use tauri::ipc::Invoke;

/// Why something was not done, as a page gets it: a code to decide by, a sentence to show.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Stable.
    pub code: String,
    /// For people.
    pub message: String,
}

impl Refused {
    /// A refusal with the sentence that `assets/texts` has for it, in the section `shell`.
    pub fn new(code: &str) -> Refused {
        Refused { code: code.to_owned(), message: text("shell", code, &[]) }
    }

    /// A refusal with a sentence of its own.
    pub fn said(code: &str, message: String) -> Refused {
        Refused { code: code.to_owned(), message }
    }
}

/// Every command; `build.rs` names the same ones.
pub fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        hub::hub_request,
        hub::hub_live,
        hub::hub_send,
        hub::hub_close,
        settings::machine,
        paper::print_paper,
        paper::printer_status,
        voice::say,
        voice::hush,
        camera::camera_open,
        camera::camera_close,
        camera::camera_list,
        settings::open_settings,
        settings::leave,
        settings::settings_read,
        settings::settings_write,
        settings::settings_start,
        settings::find_hubs,
        settings::try_hub,
        settings::list_printers,
        settings::list_monitors,
        paper::test_print,
        voice::test_voice,
    ]
}
