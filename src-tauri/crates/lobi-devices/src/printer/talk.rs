//! Talking with a printer over its wire: hand over, ask, watch the paper move.

use std::io;
use std::time::{Duration, Instant};

use super::fault::PrintFault;
use super::link::Link;
use super::settings::Limits;
use super::status::{self, QUEUED, Said, Status, said};

/// The whole ticket, as one write where the line takes it.
pub(super) fn send(link: &mut dyn Link, bytes: &[u8], until: Instant) -> Result<(), PrintFault> {
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
pub(super) fn ask(link: &mut dyn Link, first: Duration, next: Duration) -> io::Result<Status> {
    let mut ear = Ear::default();
    ear.ask(link, first, next)
}

/// What a printer answered while the paper moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// That everything before the question is on paper.
    Queued,
    /// Only how it is.
    OnlyStatus,
    /// Nothing any more.
    Nothing,
}

/// Watches until the paper is out, or something is wrong with it. A printer answers the status at once and prints much
/// later, so one look after the last byte tells nothing: `queued` asks a question that stands behind the ticket in the
/// line, and the status is looked at again and again. Without an answer to the question, that lasts until `enough`.
pub(super) fn watch(
    link: &mut dyn Link,
    limits: &Limits,
    queued: bool,
    enough: Instant,
) -> io::Result<(Status, Answered)> {
    let mut ear = Ear::default();
    if queued {
        write(link, &QUEUED, limits.write)?;
    }
    // Behind a slow line even the first answer takes as long as the ticket.
    let mut first = limits.write;
    loop {
        let mut status = ear.ask(link, first.max(limits.status), limits.status)?;
        first = limits.status;
        if !status.known {
            return Ok((status, Answered::Nothing));
        }
        if let Some(paper) = ear.queued {
            status.learn_queued(paper);
            return Ok((status, Answered::Queued));
        }
        let left = enough.saturating_duration_since(Instant::now());
        if status.fault().is_some() || left.is_zero() {
            return Ok((status, Answered::OnlyStatus));
        }
        ear.listen(link, limits.look_every.min(left))?;
    }
}

/// What comes back, sorted.
#[derive(Default)]
struct Ear {
    /// The answer to [`QUEUED`], once it came.
    queued: Option<u8>,
    /// Bytes still to come of a report that nobody asked for.
    report: u8,
}

impl Ear {
    fn ask(&mut self, link: &mut dyn Link, first: Duration, next: Duration) -> io::Result<Status> {
        let mut status = Status::UNKNOWN;
        for part in 1..=4 {
            let limit = if part == 1 { first } else { next };
            write(link, &status::request(part), limit)?;
            match self.hear(link, limit, |said| matches!(said, Said::Status(_)))? {
                Some(Said::Status(byte)) => status.learn(part, byte),
                _ => break,
            }
        }
        Ok(status)
    }

    /// Listens for the answer to [`QUEUED`] for so long.
    fn listen(&mut self, link: &mut dyn Link, limit: Duration) -> io::Result<()> {
        self.hear(link, limit, |said| matches!(said, Said::Queued(_))).map(drop)
    }

    /// The next byte that `wanted` wants; nothing where it does not come within the limit.
    fn hear(
        &mut self,
        link: &mut dyn Link,
        limit: Duration,
        wanted: impl Fn(Said) -> bool,
    ) -> io::Result<Option<Said>> {
        let until = Instant::now() + limit;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let mut byte = [0];
            match link.read(&mut byte, left) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) if self.report > 0 => self.report -= 1,
                Ok(_) => {
                    let said = said(byte[0]);
                    match said {
                        Said::Report => self.report = 3,
                        Said::Queued(answer) => self.queued = Some(answer),
                        Said::Status(_) | Said::Other => {}
                    }
                    if wanted(said) {
                        return Ok(Some(said));
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::TimedOut => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn write(link: &mut dyn Link, bytes: &[u8], limit: Duration) -> io::Result<()> {
    let mut written = 0;
    while written < bytes.len() {
        written += link.write(&bytes[written..], limit)?;
    }
    Ok(())
}
