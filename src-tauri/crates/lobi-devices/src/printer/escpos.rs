//! A real printer: asks how it is, hands it the whole ticket at once, and asks again.

use std::io;
use std::time::{Duration, Instant};

use lobi_core::printout::Printout;

use super::fault::PrintFault;
use super::link::Link;
use super::render::{self, Ticket};
use super::settings::{Limits, PrinterSettings};
use super::status::{Paper, Status};
use super::talk::{self, Answered, send};
use super::{Printed, Printer, Warning, open};

/// A printer that speaks ESC/POS. The connection is opened for each ticket and closed after it, because most printers
/// serve one caller at a time. Keep the value while its settings stay: it remembers how the printer answers.
#[derive(Debug)]
pub struct EscposPrinter {
    settings: PrinterSettings,
    limits: Limits,
    /// Whether it answers; what is not known yet is found out with the next ticket. [`Printer::status`] asks anew.
    speaks: Habit,
    /// Whether it answers what stands in line behind the ticket.
    queues: Habit,
    /// Whether a printer is known to be there: then one that refuses serves somebody else.
    met: bool,
}

/// What is known of a printer's habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    Unknown,
    Yes,
    No,
}

/// How many rows of dots the slowest printers move in a second: 50 mm.
const SLOWEST: usize = 400;

impl EscposPrinter {
    /// A printer that somebody tries out. Nothing is opened yet.
    pub fn new(settings: PrinterSettings) -> EscposPrinter {
        EscposPrinter::with_limits(settings, Limits::default())
    }

    /// The same with other limits.
    pub fn with_limits(settings: PrinterSettings, limits: Limits) -> EscposPrinter {
        EscposPrinter { settings, limits, speaks: Habit::Unknown, queues: Habit::Unknown, met: false }
    }

    /// A printer that is known to be there, because somebody chose it before.
    pub fn known(self) -> EscposPrinter {
        EscposPrinter { met: true, ..self }
    }

    /// The settings that it was made with.
    pub fn settings(&self) -> &PrinterSettings {
        &self.settings
    }

    fn open(&self) -> Result<Box<dyn Link>, PrintFault> {
        open::open(&self.settings.connection, &self.limits, self.met)
    }

    /// Hands an open printer the whole ticket, asking before and after.
    fn hand_over(&mut self, link: &mut dyn Link, ticket: &Ticket) -> Result<Printed, PrintFault> {
        let before = if self.speaks == Habit::No { Status::UNKNOWN } else { self.ask_first(link)? };
        if let Some(fault) = before.fault() {
            return Err(fault);
        }
        let until = Instant::now() + self.limits.write;
        send(link, &ticket.bytes, until)?;
        let after = self.ask_after(link, before, ticket, until)?;
        match after.fault() {
            Some(fault) => Err(PrintFault::Midway { cause: Box::new(fault) }),
            None => {
                let warning = (after.paper == Paper::NearEnd).then_some(Warning::PaperNearEnd);
                Ok(Printed { warning, bytes: ticket.bytes.len() })
            }
        }
    }

    /// Asks an open printer before a ticket. A connection that breaks here has cost nothing.
    fn ask_first(&mut self, link: &mut dyn Link) -> Result<Status, PrintFault> {
        if !link.talks_back() {
            return Ok(link.system_status().unwrap_or(Status::UNKNOWN));
        }
        let patience = if self.speaks == Habit::Yes { self.limits.busy } else { Duration::ZERO };
        let status =
            talk::ask(link, self.limits.status.max(patience), self.limits.status).map_err(|error| {
                tracing::debug!(%error, "the printer hung up when asked for its status");
                PrintFault::Offline
            })?;
        if self.speaks == Habit::Yes && !status.known {
            // The line stands, and the printer that always answers does not: it listens to somebody else.
            return Err(PrintFault::Busy);
        }
        (self.met, self.speaks) = (true, if status.known { Habit::Yes } else { Habit::No });
        Ok(status)
    }

    /// Waits, after a ticket, for the printer's word that all of it is on paper.
    fn ask_after(
        &mut self,
        link: &mut dyn Link,
        before: Status,
        ticket: &Ticket,
        until: Instant,
    ) -> Result<Status, PrintFault> {
        let cut_off = PrintFault::HungUp { sent: ticket.bytes.len(), of: ticket.bytes.len() };
        if !link.talks_back() {
            return Ok(link.system_status().unwrap_or(before));
        }
        if !before.known {
            return match link.read(&mut [0; 64], self.limits.linger) {
                Err(error) if error.kind() == io::ErrorKind::TimedOut => Ok(before),
                Ok(bytes) if bytes > 0 => Ok(before),
                _ => Err(cut_off),
            };
        }
        let (now, moves) = (Instant::now(), Duration::from_millis((ticket.rows * 1_000 / SLOWEST) as u64));
        let enough = match self.queues {
            Habit::Yes => until.max(now + self.limits.status),
            Habit::Unknown => now + 2 * moves + 4 * self.limits.look_every,
            Habit::No => now + moves,
        };
        let watched = talk::watch(link, &self.limits, self.queues != Habit::No, enough);
        let (status, answered) = watched.map_err(|error| {
            tracing::debug!(%error, "the printer hung up while the paper moved");
            cut_off.clone()
        })?;
        match answered {
            Answered::Queued => self.queues = Habit::Yes,
            _ if status.fault().is_some() => {}
            // It says how it is, and never that it is done: the next ticket need not ask.
            Answered::OnlyStatus if self.queues != Habit::Yes => self.queues = Habit::No,
            Answered::OnlyStatus | Answered::Nothing => return Err(cut_off),
        }
        Ok(status)
    }
}

impl Printer for EscposPrinter {
    fn print(&mut self, printout: &Printout) -> Result<Printed, PrintFault> {
        let ticket = render::ticket(printout, &self.settings).map_err(|error| {
            tracing::error!(%error, "a printout could not be turned into bytes");
            PrintFault::Unsupported
        })?;
        let mut link = self.open()?;
        self.hand_over(&mut *link, &ticket)
    }

    fn status(&mut self) -> Result<Status, PrintFault> {
        let mut link = self.open()?;
        if self.speaks == Habit::No {
            self.speaks = Habit::Unknown;
        }
        self.ask_first(&mut *link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wire whose other end answers as scripted and is silent after that; a passed limit passes at once.
    struct Script {
        takes: usize,
        answers: Vec<u8>,
        taken: Vec<u8>,
    }

    impl Link for Script {
        fn write(&mut self, bytes: &[u8], _limit: Duration) -> io::Result<usize> {
            let count = bytes.len().min(self.takes - self.taken.len());
            self.taken.extend(&bytes[..count]);
            if count == 0 { Err(io::ErrorKind::TimedOut.into()) } else { Ok(count) }
        }

        fn read(&mut self, buffer: &mut [u8], _limit: Duration) -> io::Result<usize> {
            if self.answers.is_empty() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            buffer[0] = self.answers.remove(0);
            Ok(1)
        }

        fn talks_back(&self) -> bool {
            true
        }
    }

    const WELL: [u8; 4] = [0x12; 4];
    /// Four requests of three bytes.
    const ASKED: usize = 12;

    fn outcome(takes: usize, answers: &[u8]) -> Result<Printed, PrintFault> {
        let limits = Limits { write: Duration::from_millis(50), ..Limits::default() };
        let settings = PrinterSettings::at("tcp://127.0.0.1".parse().unwrap());
        let mut printer = EscposPrinter::with_limits(settings, limits);
        let mut link = Script { takes, answers: answers.to_vec(), taken: Vec::new() };
        printer.hand_over(&mut link, &Ticket { bytes: vec![b'A'; 100], rows: 0 })
    }

    #[test]
    fn a_printer_that_takes_longer_than_its_limit_leaves_the_ticket_in_doubt() {
        for sent in [0, 1, 99] {
            let stops_there = outcome(ASKED + sent, &WELL);
            assert_eq!(stops_there, Err(PrintFault::HungUp { sent, of: 100 }), "it takes {sent} bytes");
        }
        // Well before; well while the paper moves; done; well at last.
        let keeps_its_word = outcome(usize::MAX, &[&WELL[..], &WELL, &[0], &WELL].concat());
        assert_eq!(keeps_its_word, Ok(Printed { warning: None, bytes: 100 }));
        let silent_at_last = outcome(usize::MAX, &WELL);
        assert_eq!(
            silent_at_last,
            Err(PrintFault::HungUp { sent: 100, of: 100 }),
            "the limit is for its word too"
        );
    }
}
