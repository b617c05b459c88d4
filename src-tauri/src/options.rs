//! What may be said on the command line; everything else stands in `lobi.toml`.

use std::path::PathBuf;

use clap::Parser;

use crate::machine::mode::Mode;

/// Lobi on this machine: a kiosk, a counter, a TV or a reception desk.
#[derive(Clone, Debug, Parser)]
#[command(version)]
pub struct Options {
    /// What this machine is for; without it, what `lobi.toml` says.
    #[arg(long, value_enum)]
    pub mode: Option<Mode>,
    /// Where the hub is, such as http://192.168.1.5:4040; without it, what `lobi.toml` says.
    #[arg(long)]
    pub hub: Option<String>,
    /// This machine's settings; without it, the usual place of this system.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// Start again whenever the program crashes; used by the autostart of kiosks and TVs.
    #[arg(long)]
    pub keep_running: bool,
}
