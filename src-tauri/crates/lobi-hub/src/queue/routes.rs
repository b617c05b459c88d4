//! Handlers of the queue: read the request, call the action or the state in memory, answer.

pub mod calls;
pub mod classes;
pub mod dashboard;
pub mod hours;
pub mod journeys;
pub mod manage;
pub mod paper;
pub mod patients;
pub mod pause;
pub mod reset;
pub mod stats;
pub mod visitor;
