//! Builds the program and runs it until its window is closed: one window, the hub if it runs here, the tasks beside.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use tauri::{AppHandle, Manager};

use crate::machine::awake::Awake;
use crate::machine::file::usual_folders;
use crate::machine::instance::Instance;
use crate::machine::keeper;
use crate::machine::mode::Mode;
use crate::machine::settled::Settled;
use crate::options::Options;
use crate::shell::Shell;
use crate::{commands, tasks, tray, window};

/// Runs the program.
///
/// # Errors
/// A sentence that says why it does not start.
pub fn run(options: Options) -> Result<(), String> {
    let config = options.config.or_else(usual_config).ok_or("no folder for lobi.toml")?;
    let settings = Settled::read(config, options.mode, options.hub).map_err(|error| error.to_string())?;
    let machine = settings.machine();
    let mode = machine.mode.filter(|_| machine.hub.here || !machine.hub.url.is_empty());
    let folder = settings.path().parent().unwrap_or(Path::new("."));
    let name = format!("lobi-{}", mode.map_or("setup", Mode::name));
    let Some(instance) = Instance::claim(folder, &name).map_err(|error| error.to_string())? else {
        tracing::info!("this mode runs already: its window comes to the front");
        return Ok(());
    };
    let app = tauri::Builder::default()
        .invoke_handler(commands::handler())
        .setup(move |app| Ok(start(app.handle(), settings, mode, instance)?))
        .build(tauri::generate_context!())
        .map_err(|error| error.to_string())?;
    app.run(|app, event| match event {
        // A hub in this program goes on when the window is closed; the tray ends it.
        tauri::RunEvent::ExitRequested { api, code: None, .. } if app.state::<Shell>().hosting.runs() => {
            api.prevent_exit();
        }
        tauri::RunEvent::Exit => {
            let shell = app.state::<Shell>();
            tauri::async_runtime::block_on(shell.hosting.close());
            if shell.begin_anew.load(Ordering::Relaxed) {
                keeper::begin_anew(shell.settings.path());
            }
        }
        _ => {}
    });
    Ok(())
}

fn usual_config() -> Option<PathBuf> {
    usual_folders().map(|folders| folders.config_dir().join("lobi.toml"))
}

fn start(app: &AppHandle, settings: Settled, mode: Option<Mode>, instance: Instance) -> Result<(), String> {
    let machine = settings.machine();
    let shell = Shell::new(settings);
    tauri::async_runtime::spawn(shell.neighbours.clone().listen());
    let connected = tauri::async_runtime::block_on(shell.connect(&machine.hub));
    let here = machine.hub.here && connected.is_ok();
    app.manage(shell);
    let show = app.clone();
    tauri::async_runtime::spawn(instance.when_started_again(move || window::show(&show)));
    tauri::async_runtime::spawn(tasks::remember_the_site(app.clone()));
    tauri::async_runtime::spawn(tasks::keep_the_hub(app.clone()));
    if here {
        tray::show(app);
    }
    match mode {
        Some(mode) => {
            if mode.locked() {
                app.manage(Awake::keep(mode.name()));
            }
            window::open(app, mode, &machine.window).map_err(|error| error.to_string())?;
        }
        None => window::open_setup(app).map_err(|error| error.to_string())?,
    }
    if let Err(sentence) = connected {
        // The data folder is served already, the port is taken. At a desk the person decides in the setup window; a
        // locked screen says that the hub is away, and opens nothing to whoever stands before it.
        tracing::error!("{sentence}");
        if !mode.is_some_and(Mode::locked) {
            window::open_setup(app).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}
