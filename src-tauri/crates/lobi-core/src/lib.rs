//! The rules of the lobby. Nothing here reads a clock, touches a file, waits or speaks SQL:
//! time and state are passed in, decisions come out, and every rule can be tested in milliseconds.

pub mod access;
pub mod budget;
pub mod devices;
pub mod door;
pub mod memory;
pub mod names;
pub mod password;
pub mod people;
pub mod printout;
pub mod queue;
pub mod reports;
pub mod screens;
pub mod site;
pub mod speech;
pub mod text;
pub mod time;
pub mod webhooks;
