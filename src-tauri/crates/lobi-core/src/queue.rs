//! The queue: numbers are given, called, served. One file per idea, in reading order:
//! [`service`] what one can wait for, [`states`] the states of a visit and the buttons, [`ticket`] one visitor's number, [`stage`] where it waits and how far it got,
//! [`class`] who goes before others, [`next`] who is called, [`shares`] how a counter shares its calls among services, [`journey`] ways through the building, [`calling`] what a call does, [`estimate`] how long it may take, [`paper`] what became of its paper, [`board`] the day as every screen sees it.

pub mod board;
pub mod calling;
pub mod class;
pub mod estimate;
pub mod journey;
pub mod late;
mod line;
pub mod next;
pub mod paper;
pub mod service;
pub mod shares;
pub mod stage;
pub mod states;
pub mod ticket;

pub use board::{Board, Change};
pub use class::{Class, ClassId};
pub use journey::Journey;
pub use next::{NextUp, Reason};
pub use paper::{Paper, PaperReport, PaperState};
pub use service::{CounterNumber, CounterState, Service, ServiceId};
pub use stage::{Moment, Place, Stage};
pub use states::{Action, Refused, Status, TicketId};
pub use ticket::{Before, CaraDaftar, Destination, Ticket};
