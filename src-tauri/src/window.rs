//! The window of a mode: kiosk and TV fill their monitor and cannot be left by accident; nothing navigates, zooms,
//! drops or opens a menu.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Monitor, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::machine::mode::Mode;
use crate::machine::settings::WindowChoice;
use crate::shell::Shell;

/// The label of the setup window.
pub const SETUP: &str = "setup";

/// Runs before the page: no context menu, no dragging of pictures or links, nothing dropped, no zoom by keys or wheel.
const LOCKED: &str = r"
for (const kind of ['contextmenu', 'dragstart', 'dragover', 'drop'])
  addEventListener(kind, (event) => event.preventDefault(), true);
addEventListener('wheel', (event) => { if (event.ctrlKey) event.preventDefault(); }, { passive: false, capture: true });
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && ['+', '-', '=', '0', 'r', 'p', 'f'].includes(event.key)) event.preventDefault();
  if (['F3', 'F5', 'F7', 'F12', 'BrowserBack', 'BrowserForward'].includes(event.key)) event.preventDefault();
  if (event.altKey && ['ArrowLeft', 'ArrowRight'].includes(event.key)) event.preventDefault();
}, true);
";

/// Opens the window of `mode` where this machine wants it.
///
/// # Errors
/// What the webview says.
pub fn open(app: &AppHandle, mode: Mode, choice: &WindowChoice) -> tauri::Result<WebviewWindow> {
    let window = page(app, mode.name())?
        .title(format!("Lobi – {}", mode.name()))
        .inner_size(1280.0, 800.0)
        .min_inner_size(800.0, 560.0)
        .decorations(!mode.locked())
        .visible(false)
        .build()?;
    let monitor = match chosen(&window, &choice.monitor)? {
        None => window.primary_monitor()?.or(window.current_monitor()?),
        chosen => chosen,
    };
    if let Some(monitor) = monitor {
        window.set_position(*monitor.position())?;
        if mode.locked() {
            // Also without a window manager, as on a bare kiosk.
            window.set_size(*monitor.size())?;
        }
    }
    if mode.locked() {
        window.set_fullscreen(true)?;
    }
    let closed = app.clone();
    window.on_window_event(move |event| {
        if matches!(event, tauri::WindowEvent::Destroyed) {
            // A hub in this program goes on; what the window used does not.
            closed.state::<Shell>().forget_window();
        }
    });
    come_back(app, &window)?;
    if mode.locked() && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none() {
        // Only an admin leaves, by the hidden gesture; Alt+F4 does not.
        window.on_window_event(|event| {
            if let tauri::WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
            }
        });
    }
    if mode == Mode::Tv {
        window.set_cursor_visible(false)?;
    }
    window.show()?;
    Ok(window)
}

/// A page whose process died is loaded again: nobody stands behind a kiosk to do so.
#[cfg(target_os = "linux")]
fn come_back(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    let app = app.clone();
    window.with_webview(move |page| {
        page.inner().connect_web_process_terminated(move |page, why| {
            tracing::error!(?why, "the page's process ended; it is loaded again");
            // What the dead page used would stay open beside the new one's.
            app.state::<Shell>().forget_window();
            page.reload();
        });
    })
}

/// WebView2 shows its own page for this, with a button to load again.
#[cfg(not(target_os = "linux"))]
fn come_back(_app: &AppHandle, _window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Opens the setup window, or brings it to the front.
///
/// # Errors
/// What the webview says.
pub fn open_setup(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(SETUP) {
        return window.set_focus();
    }
    let window =
        page(app, SETUP)?.title("Lobi").inner_size(1000.0, 760.0).min_inner_size(640.0, 560.0).build()?;
    // Above a kiosk that fills the screen.
    window.set_always_on_top(true)?;
    Ok(())
}

/// Brings this program's window to the front.
pub fn show(app: &AppHandle) {
    for window in app.webview_windows().values() {
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
    if app.webview_windows().is_empty() {
        let machine = app.state::<Shell>().machine();
        let opened = match machine.mode {
            Some(mode) => open(app, mode, &machine.window).map(|_| ()),
            None => open_setup(app),
        };
        if let Err(error) = opened {
            tracing::error!(%error, "the window does not open");
        }
    }
}

fn page<'a>(
    app: &'a AppHandle,
    label: &str,
) -> tauri::Result<WebviewWindowBuilder<'a, tauri::Wry, AppHandle>> {
    Ok(WebviewWindowBuilder::new(app, label, WebviewUrl::App(label.into()))
        .initialization_script(LOCKED)
        .zoom_hotkeys_enabled(false)
        .disable_drag_drop_handler()
        .devtools(cfg!(debug_assertions))
        // Pages come from inside the program; everything else on the network goes through the transport.
        .on_navigation(|url| {
            matches!(url.scheme(), "tauri" | "about") || url.host_str() == Some("tauri.localhost")
        })
        .on_new_window(|_, _| NewWindowResponse::Deny))
}

/// The monitor with that name, if the machine still has it.
fn chosen(window: &WebviewWindow, name: &str) -> tauri::Result<Option<Monitor>> {
    let named = |monitor: &Monitor| monitor.name().is_some_and(|known| known == name);
    Ok(window.available_monitors()?.into_iter().find(named))
}
