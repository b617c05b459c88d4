//! The running program: this machine's settings, the way to the hub, the devices, and the window of its mode.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::awake::Awake;
use crate::commands;
use crate::commands::camera::Viewing;
use crate::commands::settings::site_at;
use crate::devices::Devices;
use crate::hosting::{Hosting, served_already};
use crate::instance::Instance;
use crate::machine::{HubPlace, Machine, usual_folders};
use crate::mode::Mode;
use crate::options::Options;
use crate::transport::Transport;
use crate::{keeper, tray, window};

/// How soon a hub that is to run on this machine, and does not, is started again.
const LOOK_FOR_THE_HUB_EVERY: Duration = Duration::from_secs(3);

/// What every command may reach.
pub struct Shell {
    /// Where `lobi.toml` is.
    pub config: PathBuf,
    /// The way to the hub.
    pub transport: Arc<Transport>,
    /// Printer and voice.
    pub devices: Devices,
    /// The camera, while a window looks through it.
    pub viewing: Mutex<Option<Viewing>>,
    /// This machine as it runs, and as it stands in the file: `--mode` and `--hub` are for one run.
    machine: Mutex<(Machine, Machine)>,
    hosting: tokio::sync::Mutex<Option<Hosting>>,
    /// Whether this program is to begin anew once it has ended in good order.
    pub begin_anew: AtomicBool,
}

impl Shell {
    /// This machine as it is now.
    pub fn machine(&self) -> Machine {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// This machine as it stands in `lobi.toml`.
    fn stored(&self) -> Machine {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Changes this machine and writes it down.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub fn change(&self, change: impl Fn(&mut Machine)) -> Result<(), String> {
        let mut machine = self.machine.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = machine.1.change_at(&self.config, &change).map_err(|error| error.to_string())?;
        change(&mut machine.0);
        machine.1 = stored;
        Ok(())
    }

    /// Whether the hub runs in this program.
    pub async fn hosts(&self) -> bool {
        self.hosting.lock().await.is_some()
    }

    /// Goes to the hub that `place` names; starts it where it is to run here, stops one that is not to run any more.
    ///
    /// # Errors
    /// A sentence for the person in front of the screen when the hub cannot run here.
    pub async fn connect(&self, place: &HubPlace) -> Result<(), String> {
        let mut hosting = self.hosting.lock().await;
        if place.here {
            if hosting.is_none() {
                match Hosting::start(place).await {
                    Ok(started) => *hosting = Some(started),
                    // A second mode beside the first on the hub's own PC: the hub is here all the same.
                    Err(sentence) => {
                        let url = served_already(place).ok_or_else(|| sentence.clone())?;
                        // Also when nobody answers yet: that is where the hub will be.
                        if !place.id.is_empty() {
                            self.transport.go_to(&url, &place.id);
                        }
                        site_at(&url).await.ok().filter(|site| site.id == place.id).ok_or(sentence)?;
                    }
                }
            }
            if let Some(hosting) = hosting.as_ref() {
                self.transport.go_to(&hosting.url, &hosting.id);
            }
        } else {
            if let Some(hosting) = hosting.take() {
                hosting.stop().await;
            }
            self.transport.go_to(&place.url, &place.id);
        }
        self.transport.close_all();
        Ok(())
    }

    /// Ends what a window used that is gone: its camera and its live connections.
    pub fn forget_window(&self) {
        *self.viewing.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.transport.close_all();
    }

    /// Stops what runs here in good order.
    pub async fn close(&self) {
        if let Some(hosting) = self.hosting.lock().await.take() {
            hosting.stop().await;
        }
    }
}

/// Runs the program until its window is closed.
///
/// # Errors
/// A sentence that says why it does not start.
pub fn run(options: Options) -> Result<(), String> {
    let config = options.config.clone().or_else(usual_config).ok_or("no folder for lobi.toml")?;
    let stored = Machine::read(&config).map_err(|error| error.to_string())?;
    let mut machine = stored.clone();
    machine.mode = options.mode.or(machine.mode);
    if let Some(url) = options.hub {
        machine.hub = HubPlace { url, ..HubPlace::default() };
    }
    let mode = machine.mode.filter(|_| machine.hub.here || !machine.hub.url.is_empty());
    let folder = config.parent().unwrap_or(Path::new("."));
    let name = format!("lobi-{}", mode.map_or("setup", Mode::name));
    let Some(instance) = Instance::claim(folder, &name).map_err(|error| error.to_string())? else {
        tracing::info!("this mode runs already: its window comes to the front");
        return Ok(());
    };
    let app = tauri::Builder::default()
        .invoke_handler(commands::handler())
        .setup(move |app| Ok(start(app.handle(), config, (machine, stored), mode, instance)?))
        .build(tauri::generate_context!())
        .map_err(|error| error.to_string())?;
    app.run(|app, event| match event {
        // A hub in this program goes on when the window is closed; the tray ends it.
        tauri::RunEvent::ExitRequested { api, code: None, .. } => {
            let shell = app.state::<Shell>();
            if tauri::async_runtime::block_on(shell.hosts()) {
                api.prevent_exit();
            }
        }
        tauri::RunEvent::Exit => {
            let shell = app.state::<Shell>();
            tauri::async_runtime::block_on(shell.close());
            if shell.begin_anew.load(Ordering::Relaxed) {
                keeper::begin_anew(&shell.config);
            }
        }
        _ => {}
    });
    Ok(())
}

fn usual_config() -> Option<PathBuf> {
    usual_folders().map(|folders| folders.config_dir().join("lobi.toml"))
}

fn start(
    app: &AppHandle,
    config: PathBuf,
    machine: (Machine, Machine),
    mode: Option<Mode>,
    instance: Instance,
) -> Result<(), String> {
    let place = machine.0.hub.clone();
    let transport = tauri::async_runtime::block_on(async { Transport::start() });
    let shell = Shell {
        config,
        transport,
        devices: Devices::new(machine.0.printer.clone()),
        viewing: Mutex::default(),
        machine: Mutex::new(machine),
        hosting: tokio::sync::Mutex::default(),
        begin_anew: AtomicBool::new(false),
    };
    let connected = tauri::async_runtime::block_on(shell.connect(&place));
    let here = place.here && connected.is_ok();
    app.manage(shell);
    let show = app.clone();
    tauri::async_runtime::spawn(instance.when_started_again(move || window::show(&show)));
    tauri::async_runtime::spawn(remember_the_site(app.clone()));
    tauri::async_runtime::spawn(keep_the_hub(app.clone()));
    if here {
        tray::show(app);
    }
    match mode {
        Some(mode) => {
            if mode.locked() {
                app.manage(Awake::keep(mode.name()));
            }
            window::open(app, mode).map_err(|error| error.to_string())?;
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

/// Runs the hub here as soon as that is possible: something may have been in its way at the start, and the program of
/// another mode that ran it may have ended.
async fn keep_the_hub(app: AppHandle) {
    loop {
        tokio::time::sleep(LOOK_FOR_THE_HUB_EVERY).await;
        let shell = app.state::<Shell>();
        let place = shell.machine().hub;
        if !place.here || shell.hosts().await {
            continue;
        }
        let Some(url) = served_already(&place) else { continue };
        if site_at(&url).await.is_ok_and(|site| site.id == place.id) {
            continue;
        }
        match shell.connect(&place).await {
            Ok(()) if shell.hosts().await => {
                tracing::info!("the hub runs in this program now");
                tray::show(&app);
            }
            Ok(()) => {}
            Err(sentence) => tracing::warn!("{sentence}"),
        }
    }
}

/// Notes the site's id once the hub answers, so that it is found again when its address changes.
async fn remember_the_site(app: AppHandle) {
    loop {
        let shell = app.state::<Shell>();
        let (url, id) = shell.transport.place();
        if !url.is_empty()
            // Another site at this address is not ours: its numbers would be the wrong ones.
            && id.is_empty()
            && let Ok(site) = site_at(&url).await
            && shell.transport.place().0 == url
        {
            shell.transport.go_to(&url, &site.id);
            let machine = shell.stored();
            // Only what this machine was set up with is written; `--hub` on the command line is for one run.
            if machine.hub.url == url
                && let Err(error) = shell.change(|machine| machine.hub.id.clone_from(&site.id))
            {
                tracing::warn!(%error, "the site's id is not noted");
            }
        }
        let (now_at, id) = shell.transport.place();
        let stored = shell.stored().hub;
        if !id.is_empty() && !stored.here && now_at != stored.url && stored.id == id {
            // Found again elsewhere: the next start begins there.
            let _ = shell.change(|machine| machine.hub.url.clone_from(&now_at));
        }
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}
