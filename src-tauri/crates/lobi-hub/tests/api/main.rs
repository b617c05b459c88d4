//! The hub from outside: real HTTP and WebSocket against a real listening hub with a real encrypted file.

mod calls;
mod crowd;
mod day;
mod display;
mod harness;
mod idempotency;
mod limits;
mod live;
mod openapi;
mod process;
mod register;
mod staff;
