//! Setting this machine up: what the setup window may read, try and write.

use std::sync::atomic::Ordering;

use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State, WebviewWindow};

use crate::from_hub::FoundHub;
use crate::hub::finder::{SiteAt, site_at};
use crate::hub::transport::HubRequest;
use crate::machine::settings::{HubPlace, Machine};
use crate::machine::settled::Change;
use crate::machine::{autostart, keeper};
use crate::refused::Refused;
use crate::shell::Shell;
use crate::tray;

/// Tries an address that somebody typed.
#[tauri::command]
pub async fn try_hub(url: String) -> Result<SiteAt, Refused> {
    site_at(&url).await.map_err(|no_site| Refused::new(no_site.code()))
}

/// All of `lobi.toml`.
#[tauri::command]
pub fn settings_read(shell: State<'_, Shell>) -> Machine {
    Machine { admin_hash: String::new(), ..shell.machine() }
}

/// Whether there is more to do.
#[derive(Serialize)]
pub struct Written {
    site_needs_setup: bool,
}

/// Saves the settings and applies them: devices, and the hub.
#[tauri::command]
pub async fn settings_write(
    app: AppHandle,
    shell: State<'_, Shell>,
    settings: Machine,
) -> Result<Written, Refused> {
    let place = HubPlace { url: settings.hub.url.trim_end_matches('/').to_owned(), ..settings.hub.clone() };
    shell.connect(&place).await.map_err(|sentence| Refused::said("hosting", sentence))?;
    if shell.hosting.runs() {
        tray::show(&app);
    }
    let before = shell.machine();
    let (url, id) = shell.transport.place();
    let hub = if place.here { HubPlace { id, ..place } } else { HubPlace { url, ..place } };
    let wished = Box::new(Machine { hub, ..settings });
    shell
        .settings
        .change(Change::SetUp(wished))
        .await
        .map_err(|reason| Refused::said("not_written", reason))?;
    let machine = shell.machine();
    shell.printing.set(machine.printer.clone());
    if machine.window != before.window || machine.mode != before.mode {
        let set = tokio::task::spawn_blocking(move || autostart::set(&machine)).await;
        let set = set.unwrap_or_else(|error| Err(error.to_string()));
        set.map_err(|reason| Refused::said("autostart", reason))?;
    }
    let answer = shell.transport.answer(&HubRequest::get("/api/setup")).await;
    let state: serde_json::Value =
        answer.ok().and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_default();
    Ok(Written { site_needs_setup: state["needed"] == true })
}

/// Closes the setup window and begins the mode: a fresh start is the surest way into it, with its own window, lock and
/// capability.
#[tauri::command]
pub fn settings_start(app: AppHandle, shell: State<'_, Shell>) {
    shell.begin_anew.store(true, Ordering::Relaxed);
    app.exit(if keeper::is_kept() { keeper::BEGIN_ANEW } else { 0 });
}

/// Tells of the hubs on this network, now and whenever that changes, until the window closes.
#[tauri::command]
pub async fn find_hubs(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    channel: Channel<Vec<FoundHub>>,
) -> Result<(), Refused> {
    let mut hubs = shell.neighbours.watch();
    let (app, label) = (window.app_handle().clone(), window.label().to_owned());
    tauri::async_runtime::spawn(async move {
        loop {
            let mut list: Vec<FoundHub> = hubs.borrow_and_update().values().cloned().collect();
            list.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
            if channel.send(list).is_err()
                || app.get_webview_window(&label).is_none()
                || hubs.changed().await.is_err()
            {
                return;
            }
        }
    });
    Ok(())
}

/// A printer that can be chosen.
#[derive(Serialize)]
pub struct FoundPrinter {
    connection: String,
    name: String,
}

/// The printers of this machine.
#[tauri::command]
pub async fn list_printers() -> Vec<FoundPrinter> {
    let found =
        tokio::task::spawn_blocking(lobi_devices::printer::find::find_printers).await.unwrap_or_default();
    found
        .into_iter()
        .map(|found| FoundPrinter { connection: found.connection.to_string(), name: found.name })
        .collect()
}

/// A monitor that can be chosen.
#[derive(Serialize)]
pub struct FoundMonitor {
    name: String,
    width: u32,
    height: u32,
}

/// The monitors of this machine.
#[tauri::command]
pub fn list_monitors(window: WebviewWindow) -> Vec<FoundMonitor> {
    let monitors = window.available_monitors().unwrap_or_default();
    let view = |monitor: &tauri::Monitor| FoundMonitor {
        name: monitor.name().cloned().unwrap_or_default(),
        width: monitor.size().width,
        height: monitor.size().height,
    };
    monitors.iter().map(view).collect()
}
