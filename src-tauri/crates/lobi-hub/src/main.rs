//! The windowless program: `lobi-hub --data DIR --listen ADDR:PORT [--demo] [--ui DIR]`, `lobi-hub --data DIR backup FILE`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use lobi_hub::clock::{Clock, SystemClock};
use lobi_hub::db::{self, DataFolder};
use lobi_hub::discovery::Finder;
use lobi_hub::own_address::reachable;
use lobi_hub::serving::Serving;
use lobi_hub::texts::text;
use lobi_hub::{Config, demo, house};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Lobi's hub: owns the site's data and serves every screen on the network.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// The data folder; made where it is missing.
    #[arg(long, required_unless_present = "find")]
    data: Option<PathBuf>,
    /// Only list the hubs on this network, as lines of JSON, until stopped.
    #[arg(long)]
    find: bool,
    /// Where to listen; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:4040")]
    listen: SocketAddr,
    /// Fill an empty folder with a believable Puskesmas. Never touches a folder that has data.
    #[arg(long)]
    demo: bool,
    /// Go on without the newest data, which is missing, and do not give its numbers again.
    #[arg(long)]
    accept_loss: bool,
    /// Serve the built UI from this folder instead of the one inside the program.
    #[arg(long)]
    ui: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What the program does instead of serving.
#[derive(Subcommand)]
enum Command {
    /// Copy the database of `--data` into this file while the hub goes on; the key is not in it.
    Backup {
        /// The copy; an older one of that name is replaced.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let options = Options::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    raise_file_limit();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&error),
    };
    match runtime.block_on(run(options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(error.as_ref()),
    }
}

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = options.data.filter(|_| !options.find) else { return find().await };
    if let Some(Command::Backup { file }) = options.command {
        db::backup(&data, &file).map_err(|error| error.sentence())?;
        tracing::info!("{}", text("hub_start", "BACKED_UP", &[("file", &file.display().to_string())]));
        return Ok(());
    }
    if options.accept_loss {
        accept_loss(&data)?;
    }
    let config = Config::read(data, std::env::vars())?;
    let serving = Serving::start(options.listen, Config { ui: options.ui, ..config }).await?;
    if options.demo {
        match demo::fill_if_empty(&serving.hub).await.map_err(|error| not_filled(&error))? {
            Some(demo) => {
                let names = demo.usernames.join(", ");
                tracing::info!(
                    "{}",
                    text("hub_start", "DEMO", &[("names", &names), ("password", &demo.password)])
                );
            }
            None => tracing::warn!("{}", text("hub_start", "DEMO_IGNORED", &[])),
        }
    }
    let stop_signal = stop_signal()?;
    // Programs that start a hub wait for this line.
    #[expect(clippy::print_stdout, reason = "the one line that belongs on stdout")]
    {
        println!("lobi-hub ready {}", reachable(serving.address));
    }
    serving.until(stop_signal).await;
    Ok(())
}

/// `lobi-hub --accept-loss`: somebody decided to go on without what is missing.
fn accept_loss(data: &Path) -> Result<(), String> {
    let accepted = DataFolder::lock(data)
        .and_then(|folder| db::accept_loss(&folder, SystemClock.now(), &house::HOOKS.numbers));
    match accepted.map_err(|error| error.sentence())? {
        Some(lost) => tracing::warn!("{}", text("hub_start", lost.accepted(), &[])),
        None => tracing::info!("{}", text("hub_start", "NOTHING_LOST", &[])),
    }
    Ok(())
}

/// `lobi-hub --find`: every hub that answers on this network, as lines of JSON, until it is stopped.
async fn find() -> Result<(), Box<dyn std::error::Error>> {
    let finder = Finder::start()?;
    #[expect(clippy::print_stdout, reason = "the answer of this command")]
    while let Some(news) = finder.next().await {
        match news {
            Ok(hub) => println!("{}", serde_json::to_string(&hub)?),
            Err(gone) => println!("{}", serde_json::json!({ "id": gone, "gone": true })),
        }
    }
    Ok(())
}

/// Why the demonstration is not there.
fn not_filled(error: &lobi_hub::error::Error) -> String {
    text("hub_start", "DEMO_FAILED", &[("reason", &error.to_string())])
}

/// SIGTERM or Ctrl-C; on Windows also the closed console and the PC that shuts down. Listens from the call on, so that a stop right after "ready" is a clean one too.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }
    #[cfg(windows)]
    {
        use tokio::signal::windows::{ctrl_c, ctrl_close, ctrl_shutdown};
        let (mut interrupt, mut close, mut shutdown) = (ctrl_c()?, ctrl_close()?, ctrl_shutdown()?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = close.recv() => {}
                _ = shutdown.recv() => {}
            }
        })
    }
}

/// Ten thousand phones are ten thousand open files.
fn raise_file_limit() {
    #[cfg(unix)]
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

/// Says why the hub does not start.
fn refuse(error: &dyn std::error::Error) -> ExitCode {
    #[expect(clippy::print_stderr, reason = "for the person in front of the terminal")]
    {
        eprintln!("lobi-hub: {error}");
    }
    ExitCode::FAILURE
}
