//! The hub: owns the site's data, answers HTTP, tells every screen what changed. Knows no Tauri and no device.
//!
//! Reading order: [`hub`] what is open while it runs, [`db`] how things become durable, then one folder per
//! subject ([`queue`], [`staff`], [`people`], [`settings`]) with its actions, SQL and routes, [`live`] and [`http`].

pub mod announcements;
pub mod clock;
pub mod db;
pub mod demo;
pub mod devices;
pub mod discovery;
pub mod error;
pub mod http;
pub mod hub;
pub mod live;
pub mod people;
pub mod queue;
pub mod schedule;
pub mod secrets;
pub mod serving;
pub mod settings;
pub mod staff;
pub mod texts;
pub mod voices;

pub use hub::{Config, Hub};
