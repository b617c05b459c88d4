//! Setting this machine up, and the two doors that need the admin's password: settings and leaving a locked window.

use std::sync::atomic::Ordering;

use lobi_hub::discovery::FoundHub;
use lobi_hub::staff::passwords;
use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State, WebviewWindow};

use super::Refused;
use crate::machine::{HubPlace, Machine, SpeakerChoice};
use crate::mode::Mode;
use crate::shell::Shell;
use crate::transport::HubRequest;
use crate::{autostart, keeper, tray, window};

/// What a page needs to know of its machine before it begins.
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

/// A hub's word about its site.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SiteAt {
    /// The site's id.
    pub id: String,
    /// The facility's name.
    pub name: String,
    /// The hub's version.
    pub version: String,
}

/// Asks the hub at `url` who it is.
///
/// # Errors
/// `hub_away` when nobody answers, `no_hub` when somebody else does.
pub async fn site_at(url: &str) -> Result<SiteAt, Refused> {
    let client = reqwest::Client::builder().no_proxy().timeout(std::time::Duration::from_secs(4)).build();
    let client = client.map_err(|_| Refused::new("hub_away"))?;
    let address = format!("{}/api/site", url.trim_end_matches('/'));
    let answer = client.get(address).send().await;
    let answer =
        answer.map_err(|error| Refused::new(if error.is_builder() { "bad_address" } else { "hub_away" }))?;
    answer.json().await.map_err(|_| Refused::new("no_hub"))
}

/// Tries an address that somebody typed.
#[tauri::command]
pub async fn try_hub(url: String) -> Result<SiteAt, Refused> {
    site_at(&url).await
}

/// Checks the admin's password: with the hub, or with what is remembered of it while the hub is away.
async fn check_admin(shell: &Shell, username: &str, password: String) -> Result<(), Refused> {
    let body = serde_json::json!({ "username": username, "password": password });
    let answer = shell.transport.status_and_body(&HubRequest::post("/api/login", body.to_string())).await;
    match answer {
        Ok((200, body)) => {
            let answer: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            let admin = answer["user"]["roles"]
                .as_array()
                .is_some_and(|roles| roles.iter().any(|role| role == "admin"));
            if !admin {
                return Err(Refused::new("admin_only"));
            }
            if let Ok(hash) = passwords::hash(password).await {
                // Noted for the day when the network is broken and the kiosk must be opened.
                let _ = shell.change(|machine| machine.admin_hash.clone_from(&hash));
            }
            Ok(())
        }
        Ok((400..=499, body)) => {
            let answer: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            let message = answer["error"]["message"].as_str().unwrap_or_default().to_owned();
            Err(Refused::said("refused", message))
        }
        // No hub, or one that cannot tell because its disk is full, and nothing to compare with. A kiosk whose cable
        // was pulled out must not open for that.
        _ if shell.machine().admin_hash.is_empty() => match shell.machine().mode {
            None => Ok(()),
            Some(_) => Err(Refused::new("never_signed_in")),
        },
        _ => match passwords::is_right(password, shell.machine().admin_hash).await {
            true => Ok(()),
            false => Err(Refused::new("wrong_password_offline")),
        },
    }
}

/// Opens this machine's settings for an admin.
#[tauri::command]
pub async fn open_settings(
    app: AppHandle,
    shell: State<'_, Shell>,
    username: String,
    password: String,
) -> Result<(), Refused> {
    check_admin(&shell, &username, password).await?;
    window::open_setup(&app).map_err(|error| Refused::said("window", error.to_string()))
}

/// Leaves a locked screen for an admin.
#[tauri::command]
pub async fn leave(
    app: AppHandle,
    shell: State<'_, Shell>,
    username: String,
    password: String,
) -> Result<(), Refused> {
    check_admin(&shell, &username, password).await?;
    if shell.hosts().await {
        // Everybody else goes on with the hub in this program; its icon ends it.
        for window in app.webview_windows().into_values() {
            window.destroy().map_err(|error| Refused::said("window", error.to_string()))?;
        }
    } else {
        app.exit(0);
    }
    Ok(())
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
    if shell.hosts().await {
        tray::show(&app);
    }
    let before = shell.machine();
    let (url, id) = shell.transport.place();
    let hub = if place.here { HubPlace { id, ..place } } else { HubPlace { url, ..place } };
    shell
        .change(|machine| {
            let (id, admin_hash) = (before.id.clone(), before.admin_hash.clone());
            *machine = Machine { hub: hub.clone(), id, admin_hash, ..settings.clone() };
        })
        .map_err(|reason| Refused::said("not_written", reason))?;
    let machine = shell.machine();
    shell.devices.set_printer(machine.printer.clone());
    if machine.window != before.window || machine.mode != before.mode {
        autostart::set(&machine).map_err(|reason| Refused::said("autostart", reason))?;
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
    let mut hubs = shell.transport.hubs();
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
