//! The hub: owns the site's data, answers HTTP, tells every screen what changed. Knows no Tauri and, but for one printer on
//! the network, no device.
//!
//! Four storeys, top to bottom; a storey imports only what is below it, and `tests/tidy` says so:
//!
//! * **TOP**, the only files that name every subject: [`serving`] a hub at work, [`router`] every route once, [`house`] what
//!   lives here, [`ws`] the door to the live feed, [`demo`].
//! * **SUBJECTS**, a folder each, with its actions, SQL, wire shapes, events and routes: [`access`], [`site`], [`people`],
//!   [`queue`], [`devices`], [`announcements`], [`voices`], [`settings`], [`setup`], [`reach`], [`screens`],
//!   [`webhooks`], [`health`].
//! * **GROUND**, knows no subject: [`act`] the one way to write, [`hub`] what is open, [`db`], [`live`], [`jobs`],
//!   [`routines`], [`limits`] how much anybody may ask, [`http`] the toolbox, [`config`] and small tools.
//! * **CORE**, the crate `lobi-core`: the rules, pure.

pub mod demo;
pub mod house;
pub mod router;
pub mod serving;
pub mod ws;

pub mod access;
pub mod announcements;
pub mod devices;
pub mod health;
pub mod people;
pub mod portal;
pub mod queue;
pub mod reach;
pub mod reports;
pub mod screens;
pub mod settings;
pub mod setup;
pub mod site;
pub mod voices;
pub mod webhooks;

pub mod act;
pub mod acting;
pub mod clock;
pub mod config;
pub mod db;
pub mod discovery;
pub mod error;
pub mod fields;
pub mod hashing;
pub mod hooks;
pub mod http;
pub mod hub;
pub mod job_ends;
pub mod jobs;
pub mod limits;
pub mod live;
pub mod outgoing;
pub mod own_address;
pub mod passing;
pub mod reached;
pub mod routines;
pub mod secrets;
pub mod texts;
pub mod wire;

pub use config::Config;
pub use hub::Hub;
