//! A thermal printer that exists only as a program: it listens, prints into pictures, and fails on request the way real
//! ones do. It has mechanics: a buffer, a speed, a roll that ends, and a knife or none.

mod commands;
mod draw;
mod font;
mod manner;
mod mechanics;
mod modes;
mod paper;
mod serve;
mod splitter;

pub use manner::Manner;
pub use modes::Modes;
pub use paper::{Paper, Width};
pub use serve::FakePrinter;
