//! Who this machine is: what a page needs to know before it begins.

use serde::Serialize;
use tauri::State;

use crate::machine::mode::Mode;
use crate::machine::settings::SpeakerChoice;
use crate::shell::Shell;

/// What a page needs to know of its machine.
#[derive(Serialize)]
pub struct MachineView {
    id: String,
    name: String,
    mode: Option<Mode>,
    zone: String,
    speaker: SpeakerChoice,
    has_printer: bool,
    has_camera: bool,
    hub: HubView,
    version: &'static str,
}

#[derive(Serialize)]
struct HubView {
    url: String,
    id: String,
}

/// Who this machine is.
#[tauri::command]
pub fn machine(shell: State<'_, Shell>) -> MachineView {
    let machine = shell.machine();
    let (url, id) = shell.transport.place();
    MachineView {
        id: machine.id,
        name: machine.name,
        mode: machine.mode,
        zone: machine.zone,
        speaker: machine.speaker,
        has_printer: machine.printer.is_some(),
        has_camera: machine.mode == Some(Mode::Receptionist),
        hub: HubView { url, id },
        version: env!("CARGO_PKG_VERSION"),
    }
}
