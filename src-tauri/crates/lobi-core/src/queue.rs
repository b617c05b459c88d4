//! The queue: numbers are given, called, served. One file per idea, in reading order:
//! [`service`] what one can wait for, [`ticket`] one visitor's number and its states, [`next`] who is called,
//! [`estimate`] how long it may take, [`paper`] what became of its paper, [`board`] the day as every screen sees it.

pub mod board;
pub mod estimate;
pub mod next;
pub mod paper;
pub mod service;
pub mod ticket;

pub use board::Board;
pub use next::{NextUp, Reason};
pub use paper::{Paper, PaperReport, PaperState};
pub use service::{CounterNumber, Service, ServiceId};
pub use ticket::{Action, Refused, Status, Ticket, TicketId};
