//! The icon that stays while this program is the hub: it shows that the hub runs, brings the window back, and stops it.

use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager};

use crate::from_hub::text;
use crate::shell::Shell;
use crate::window;

/// There is one.
const ICON: &str = "hub";

/// Shows the icon; a desktop without a place for it simply has none.
pub fn show(app: &AppHandle) {
    if let Err(error) = build(app) {
        tracing::warn!(%error, "this desktop has no place for the hub's icon");
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    if app.tray_by_id(ICON).is_some() {
        return Ok(());
    }
    let (url, _) = app.state::<Shell>().transport.place();
    let say = |key| text("tray", key, &[("address", &url)]);
    let state = MenuItem::with_id(app, "state", say("running"), false, None::<&str>)?;
    let open = MenuItem::with_id(app, "open", say("open"), true, None::<&str>)?;
    let stop = MenuItem::with_id(app, "stop", say("stop"), true, None::<&str>)?;
    let menu = Menu::with_items(app, &[&state, &open, &stop])?;
    let mut tray =
        TrayIconBuilder::with_id(ICON).menu(&menu).tooltip(say("running")).on_menu_event(|app, event| {
            match event.id().as_ref() {
                // Not from inside the menu's event: on Windows a window that is built there never opens.
                "open" => {
                    let app = app.clone();
                    tauri::async_runtime::spawn(async move { window::show(&app) });
                }
                "stop" => app.exit(0),
                _ => {}
            }
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    Ok(())
}
