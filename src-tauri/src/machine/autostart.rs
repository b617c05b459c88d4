//! Starting with the computer: the mode of this machine, brought back after a crash.

use auto_launch::AutoLaunchBuilder;

use crate::machine::settings::Machine;

/// Switches the start with the computer on or off, as the machine's settings say.
///
/// # Errors
/// What the system says.
pub fn set(machine: &Machine) -> Result<(), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let auto = AutoLaunchBuilder::new()
        .set_app_name("Lobi")
        .set_app_path(&program.display().to_string())
        .set_args(&["--keep-running"])
        .build()
        .map_err(|error| error.to_string())?;
    let on = auto.is_enabled().unwrap_or(false);
    let wish = machine.window.autostart && machine.mode.is_some();
    let changed = match (wish, on) {
        (true, _) => auto.enable(),
        (false, true) => auto.disable(),
        (false, false) => Ok(()),
    };
    changed.map_err(|error| error.to_string())
}
