//! The desktop program: `lobi [--mode kiosk|counter|tv|receptionist] [--hub URL] [--config FILE]`. Windows and adapters,
//! no rules: those are in the hub and in `lobi-core`.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod autostart;
mod awake;
mod commands;
mod devices;
mod hosting;
mod instance;
mod keeper;
mod machine;
mod mode;
mod options;
mod shell;
mod transport;
mod tray;
mod window;

use std::process::ExitCode;

use clap::Parser;

use options::Options;

fn main() -> ExitCode {
    let options = Options::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    if options.keep_running {
        return keeper::keep_running();
    }
    match shell::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
