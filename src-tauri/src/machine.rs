//! This machine: its settings, and how the program lives on it.

pub mod autostart;
pub mod awake;
pub mod file;
pub mod instance;
pub mod keeper;
pub mod mode;
pub mod settings;
pub mod settled;
