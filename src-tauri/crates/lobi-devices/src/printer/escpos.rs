//! A real printer: asks how it is, hands it the whole ticket at once, and asks again.

use std::io;
use std::time::{Duration, Instant};

use lobi_core::printout::Printout;

use super::fault::PrintFault;
use super::link::Link;
use super::settings::{Limits, PrinterSettings};
use super::status::{self, Paper, Status};
use super::{Printed, Printer, Warning, open, render};

/// A printer that speaks ESC/POS. The connection is opened for each ticket and closed after it, because most printers
/// serve one caller at a time. Keep the value while its settings stay: it remembers that a printer never answers.
#[derive(Debug)]
pub struct EscposPrinter {
    settings: PrinterSettings,
    limits: Limits,
    /// It gave no status; tickets do not wait for one again. [`Printer::status`] asks anew.
    mute: bool,
}

impl EscposPrinter {
    /// The printer of these settings. Nothing is opened yet.
    pub fn new(settings: PrinterSettings) -> EscposPrinter {
        EscposPrinter::with_limits(settings, Limits::default())
    }

    /// The same with other limits.
    pub fn with_limits(settings: PrinterSettings, limits: Limits) -> EscposPrinter {
        EscposPrinter { settings, limits, mute: false }
    }

    /// Hands an open printer the whole ticket, asking before and after.
    fn hand_over(&mut self, link: &mut dyn Link, bytes: &[u8]) -> Result<Printed, PrintFault> {
        let before = if self.mute { Status::UNKNOWN } else { self.ask_first(link)? };
        if let Some(fault) = before.fault() {
            return Err(fault);
        }
        let until = Instant::now() + self.limits.write;
        send(link, bytes, until)?;
        let cut_off = PrintFault::HungUp { sent: bytes.len(), of: bytes.len() };
        let after = self.ask_after(link, before, until, &cut_off)?;
        match after.fault() {
            Some(fault) => Err(PrintFault::Midway { cause: Box::new(fault) }),
            None => {
                let warning = (after.paper == Paper::NearEnd).then_some(Warning::PaperNearEnd);
                Ok(Printed { warning, bytes: bytes.len() })
            }
        }
    }

    /// Asks an open printer before a ticket. A connection that breaks here has cost nothing.
    fn ask_first(&mut self, link: &mut dyn Link) -> Result<Status, PrintFault> {
        if !link.talks_back() {
            return Ok(link.system_status().unwrap_or(Status::UNKNOWN));
        }
        let status = ask(link, self.limits.status, self.limits.status).map_err(|error| {
            tracing::debug!(%error, "the printer hung up when asked for its status");
            PrintFault::Offline
        })?;
        self.mute = !status.known;
        Ok(status)
    }

    /// Waits, after a ticket, for the printer's word that all is well.
    fn ask_after(
        &self,
        link: &mut dyn Link,
        before: Status,
        until: Instant,
        cut_off: &PrintFault,
    ) -> Result<Status, PrintFault> {
        if !link.talks_back() {
            return Ok(link.system_status().unwrap_or(before));
        }
        if !before.known {
            return match link.read(&mut [0; 64], self.limits.linger) {
                Err(error) if error.kind() == io::ErrorKind::TimedOut => Ok(before),
                Ok(bytes) if bytes > 0 => Ok(before),
                _ => Err(cut_off.clone()),
            };
        }
        // Its answer stands behind the ticket in the line, so it may take as long as the ticket.
        let left = until.saturating_duration_since(Instant::now()).max(self.limits.status);
        match ask(link, left, self.limits.status) {
            Ok(status) if status.known => Ok(status),
            _ => Err(cut_off.clone()),
        }
    }
}

impl Printer for EscposPrinter {
    fn print(&mut self, printout: &Printout) -> Result<Printed, PrintFault> {
        let bytes = render::ticket(printout, &self.settings).map_err(|error| {
            tracing::error!(%error, "a printout could not be turned into bytes");
            PrintFault::Unsupported
        })?;
        let mut link = open::open(&self.settings.connection, &self.limits)?;
        self.hand_over(&mut *link, &bytes)
    }

    fn status(&mut self) -> Result<Status, PrintFault> {
        let mut link = open::open(&self.settings.connection, &self.limits)?;
        self.ask_first(&mut *link)
    }
}

/// The whole ticket, as one write where the line takes it.
fn send(link: &mut dyn Link, bytes: &[u8], until: Instant) -> Result<(), PrintFault> {
    let mut sent = 0;
    while sent < bytes.len() {
        let left = until.saturating_duration_since(Instant::now());
        let taken = if left.is_zero() { Ok(0) } else { link.write(&bytes[sent..], left) };
        match taken {
            Ok(0) => return Err(PrintFault::HungUp { sent, of: bytes.len() }),
            Ok(taken) => sent += taken,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::debug!(%error, sent, of = bytes.len(), "the printer stopped taking the ticket");
                return Err(PrintFault::HungUp { sent, of: bytes.len() });
            }
        }
    }
    Ok(())
}

/// Asks for the four parts of the status, one after the other. The first answer may take `first`, the others `next`;
/// after a silence no further part is asked.
fn ask(link: &mut dyn Link, first: Duration, next: Duration) -> io::Result<Status> {
    let mut status = Status::UNKNOWN;
    for part in 1..=4 {
        let limit = if part == 1 { first } else { next };
        let request = status::request(part);
        let mut asked = 0;
        while asked < request.len() {
            asked += link.write(&request[asked..], limit)?;
        }
        match answer(link, limit)? {
            Some(byte) => status.learn(part, byte),
            None => break,
        }
    }
    Ok(status)
}

/// The next answer; nothing where the printer keeps silent.
fn answer(link: &mut dyn Link, limit: Duration) -> io::Result<Option<u8>> {
    let until = Instant::now() + limit;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        let mut byte = [0];
        match link.read(&mut byte, left) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) if status::is_answer(byte[0]) => return Ok(Some(byte[0])),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::TimedOut => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
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
        let mut printer = EscposPrinter::new(PrinterSettings::at("tcp://127.0.0.1".parse().unwrap()));
        let mut link = Script { takes, answers: answers.to_vec(), taken: Vec::new() };
        printer.hand_over(&mut link, &[b'A'; 100])
    }

    #[test]
    fn a_printer_that_takes_longer_than_its_limit_leaves_the_ticket_in_doubt() {
        for sent in [0, 1, 99] {
            let stops_there = outcome(ASKED + sent, &WELL);
            assert_eq!(stops_there, Err(PrintFault::HungUp { sent, of: 100 }), "it takes {sent} bytes");
        }
        let keeps_its_word = outcome(usize::MAX, &[WELL, WELL].concat());
        assert_eq!(keeps_its_word, Ok(Printed { warning: None, bytes: 100 }));
        let silent_at_last = outcome(usize::MAX, &WELL);
        assert_eq!(
            silent_at_last,
            Err(PrintFault::HungUp { sent: 100, of: 100 }),
            "the limit is for its word too"
        );
    }
}
