//! This machine's camera: a preview for the page, and the QR codes that come into view.

use lobi_devices::camera::{CameraInfo, device};
use serde::Serialize;
use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody};

use crate::devices::viewing::{Seen, source as meant};
use crate::refused::Refused;
use crate::shell::Shell;

/// What the camera tells beside its pictures.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Told {
    /// A code came into view.
    Hit { text: String },
    /// What is wrong, or nothing.
    Health { fault: Option<&'static str> },
}

/// The cameras of this machine.
#[tauri::command]
pub async fn camera_list() -> Vec<CameraInfo> {
    tokio::task::spawn_blocking(device::list).await.unwrap_or_default()
}

/// Begins to look through a camera: the one that is named, else the one of `lobi.toml`, else the first. JPEG pictures
/// and what is seen come through `channel`.
#[tauri::command]
pub async fn camera_open(
    shell: State<'_, Shell>,
    source: Option<String>,
    channel: Channel<InvokeResponseBody>,
) -> Result<(), Refused> {
    let chosen = source.filter(|source| !source.is_empty()).unwrap_or_else(|| shell.machine().camera.source);
    shell
        .viewing
        .open(meant(&chosen), move |seen| channel.send(as_told(seen)).is_ok())
        .map_err(|error| Refused::said("no_threads", error.to_string()))
}

/// Pictures as bytes, everything else as JSON.
fn as_told(seen: Seen) -> InvokeResponseBody {
    let told = match seen {
        Seen::Picture(jpeg) => return InvokeResponseBody::Raw(jpeg),
        Seen::Code(text) => Told::Hit { text },
        Seen::Health(fault) => Told::Health { fault },
    };
    InvokeResponseBody::Json(serde_json::to_string(&told).unwrap_or_default())
}

/// Ends looking.
#[tauri::command]
pub fn camera_close(shell: State<'_, Shell>) {
    shell.viewing.close();
}
