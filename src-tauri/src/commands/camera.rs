//! This machine's camera: a preview for the page, and the QR codes that come into view.

use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::Duration;

use lobi_devices::camera::device;
use lobi_devices::camera::judge::Health;
use lobi_devices::camera::viewfinder::{Settings, Sight, Viewfinder};
use lobi_devices::camera::{CameraInfo, Source};
use serde::Serialize;
use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody};

use super::Refused;
use crate::shell::Shell;

/// Pictures a second in the preview, at most; a slow page gets fewer.
const PREVIEW_FPS: f32 = 20.0;
/// Width of the preview in pixels.
const PREVIEW_WIDTH: u32 = 640;
/// How long the preview waits for a picture before it looks whether anybody still watches.
const PATIENCE: Duration = Duration::from_millis(500);

/// A camera that a window looks through; dropping it ends that.
pub struct Viewing {
    _finder: Arc<Viewfinder>,
}

/// What the camera tells beside its pictures.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Told {
    /// A code came into view.
    Hit { text: String },
    /// What is wrong, or nothing.
    Health { fault: Option<&'static str> },
}

/// What `lobi.toml` and pages write for a camera: nothing, its id, or `file:` and a path.
fn meant(source: &str) -> Source {
    match source.strip_prefix("file:") {
        Some(path) => Source::File(path.into()),
        None if source.is_empty() => Source::Default,
        None => Source::Device(source.to_owned()),
    }
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
    let (finder, sights) = Viewfinder::open(Settings::new(meant(&chosen)))
        .map_err(|error| Refused::said("no_threads", error.to_string()))?;
    let finder = Arc::new(finder);
    let mut preview = finder.preview(PREVIEW_FPS, PREVIEW_WIDTH);
    let told = channel.clone();
    thread::spawn(move || {
        // Ends with the viewfinder, or with the page.
        for sight in sights {
            let told_now = match sight {
                Sight::Hit(hit) => Told::Hit { text: hit.text },
                Sight::Health(Health::Starting) => continue,
                Sight::Health(Health::Ok) => Told::Health { fault: None },
                Sight::Health(Health::Fault(fault)) => Told::Health { fault: Some(fault.code()) },
            };
            let json = serde_json::to_string(&told_now).unwrap_or_default();
            if told.send(InvokeResponseBody::Json(json)).is_err() {
                return;
            }
        }
    });
    let watched = Arc::downgrade(&finder);
    thread::spawn(move || {
        while watched.strong_count() > 0 {
            if let Some(jpeg) = preview.next_jpeg(PATIENCE)
                && channel.send(InvokeResponseBody::Raw(jpeg)).is_err()
            {
                return;
            }
        }
    });
    *shell.viewing.lock().unwrap_or_else(PoisonError::into_inner) = Some(Viewing { _finder: finder });
    Ok(())
}

/// Ends looking.
#[tauri::command]
pub fn camera_close(shell: State<'_, Shell>) {
    *shell.viewing.lock().unwrap_or_else(PoisonError::into_inner) = None;
}
