//! The rules of the lobby. Nothing here reads a clock, touches a file, waits or speaks SQL:
//! time and state are passed in, decisions come out, and every rule can be tested in milliseconds.

pub mod door;
pub mod people;
pub mod printout;
pub mod queue;
pub mod speech;
pub mod staff;
pub mod time;
