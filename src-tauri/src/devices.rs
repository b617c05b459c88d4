//! This machine's devices while the program runs; each does one thing at a time, on threads that may wait.

pub mod printer;
pub mod viewing;
pub mod voice;
