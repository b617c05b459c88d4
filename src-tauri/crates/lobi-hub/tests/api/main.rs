//! The hub from outside: real HTTP and WebSocket against a real listening hub with a real encrypted file.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod acceptance;
mod accounts;
mod budgets;
mod calls;
mod classes;
mod crowd;
mod day;
mod display;
mod events_page;
mod hand_over;
mod hangups;
mod harness;
mod hours;
mod idempotency;
mod jobs;
mod journeys;
mod late;
mod limits;
mod live;
mod machines;
mod manage;
mod merges;
mod openapi;
mod operations;
mod pages;
mod papers;
mod patients;
mod pauses;
mod process;
mod reach;
mod recordings;
mod register;
mod reports;
mod reset;
mod rights;
mod scenarios;
mod setup;
mod slow_listeners;
mod staff;
mod transfer;
mod undo;
mod upkeep;
mod voices;
mod writer;
