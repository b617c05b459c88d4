//! The desktop program: `lobi [--mode kiosk|counter|tv|receptionist] [--hub URL] [--config FILE]`. Windows and adapters,
//! no rules: those are in the hub and in `lobi-core`.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod commands;
mod devices;
mod from_hub;
mod hub;
mod machine;
mod options;
mod refused;
mod run;
mod shell;
mod tasks;
mod tray;
mod window;

use std::process::ExitCode;

use clap::Parser;

use machine::keeper;
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
    match run::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
