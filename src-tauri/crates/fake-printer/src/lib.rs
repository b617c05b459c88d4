//! A thermal printer for tests. It listens on TCP, answers status requests, obeys the commands that Lobi sends (and
//! reports any other), fails on request, and draws the paper to a picture.

mod commands;
mod draw;
mod font;
mod modes;
mod paper;
mod serve;

pub use modes::Modes;
pub use paper::{Paper, Width};
pub use serve::FakePrinter;
