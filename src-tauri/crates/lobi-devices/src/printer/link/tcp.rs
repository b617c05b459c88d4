//! A printer on the network: raw bytes on port 9100.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Link, silence};
use crate::printer::fault::PrintFault;
use crate::printer::settings::Limits;

struct Tcp(TcpStream);

/// The pause before a printer that refuses is asked again.
const AGAIN: Duration = Duration::from_millis(50);

/// Connects. A printer that serves one caller at a time refuses the second, such as another kiosk's, for as long as a
/// ticket takes; a till keeps it for minutes. Where a printer was `met` before, whoever refuses is that one, and busy.
pub(in crate::printer) fn open(
    host: &str,
    port: u16,
    limits: &Limits,
    met: bool,
) -> Result<Box<dyn Link>, PrintFault> {
    let addresses = addresses(host, port, limits.connect)?;
    again_while_busy(&addresses, limits, thread::sleep).map_err(|fault| match fault {
        PrintFault::WrongAddress if met => PrintFault::Busy,
        other => other,
    })
}

/// Connects, and while the printer refuses, pauses and tries again.
fn again_while_busy(
    addresses: &[SocketAddr],
    limits: &Limits,
    mut pause: impl FnMut(Duration),
) -> Result<Box<dyn Link>, PrintFault> {
    let began = Instant::now();
    loop {
        match connect(addresses, limits.connect) {
            Err(PrintFault::WrongAddress) if began.elapsed() < limits.busy => pause(AGAIN),
            answer => return answer,
        }
    }
}

fn connect(addresses: &[SocketAddr], limit: Duration) -> Result<Box<dyn Link>, PrintFault> {
    let mut fault = PrintFault::WrongAddress;
    for address in addresses {
        match TcpStream::connect_timeout(address, limit) {
            Ok(stream) => {
                // A status request is three bytes that should not wait for more.
                let _best_effort = stream.set_nodelay(true);
                return Ok(Box::new(Tcp(stream)));
            }
            // Something is there and no printer listens on it.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
            Err(error) => {
                tracing::debug!(%address, %error, "no connection to the printer");
                fault = PrintFault::Offline;
            }
        }
    }
    Err(fault)
}

/// The addresses behind a name. The system's look-up knows no limit, so it runs beside.
fn addresses(host: &str, port: u16, limit: Duration) -> Result<Vec<SocketAddr>, PrintFault> {
    let (found, answer) = mpsc::channel();
    let host = host.to_owned();
    let looking = thread::Builder::new().name("printer-name".into()).spawn(move || {
        let addresses = (host.as_str(), port).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Nobody waits any more where the limit has passed.
        let _late = found.send(addresses);
    });
    looking.map_err(|_| PrintFault::Offline)?;
    match answer.recv_timeout(limit) {
        Ok(Ok(addresses)) if !addresses.is_empty() => Ok(addresses),
        _ => Err(PrintFault::WrongAddress),
    }
}

impl Link for Tcp {
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
        self.0.set_write_timeout(Some(limit.max(Duration::from_millis(1))))?;
        match self.0.write(bytes).map_err(timed_out) {
            Ok(0) => Err(io::ErrorKind::WriteZero.into()),
            other => other,
        }
    }

    fn read(&mut self, buffer: &mut [u8], limit: Duration) -> io::Result<usize> {
        self.0.set_read_timeout(Some(limit.max(Duration::from_millis(1))))?;
        self.0.read(buffer).map_err(timed_out)
    }

    fn talks_back(&self) -> bool {
        true
    }
}

/// Linux calls a passed limit `WouldBlock`, Windows `TimedOut`.
fn timed_out(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock { silence() } else { error }
}

impl Drop for Tcp {
    /// Unread bytes would turn the good-bye into a reset, and a reset may cost the printer what it has not read yet.
    fn drop(&mut self) {
        let _closing = self.0.shutdown(Shutdown::Write);
        if self.0.set_nonblocking(true).is_ok() {
            let mut unread = [0; 256];
            while matches!(self.0.read(&mut unread), Ok(count) if count > 0) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use fake_printer::{FakePrinter, Width};

    use super::*;

    const PATIENT: Duration = Duration::from_secs(20);

    #[test]
    fn a_printer_that_refuses_while_it_serves_somebody_else_is_asked_again() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let limits = Limits { connect: PATIENT, busy: PATIENT, ..Limits::default() };
        let (mut refused, mut printer) = (0, None);
        let link = again_while_busy(&[address], &limits, |_| {
            // It refused, or there would be no pause; the second time it is free again.
            refused += 1;
            if refused == 2 {
                printer = Some(FakePrinter::listen(address, Width::Mm80, |_, _| {}).unwrap());
            }
        });
        assert_eq!(refused, 2);
        link.unwrap().write(b"A013\n\x1dV\x00", PATIENT).unwrap();
        assert_eq!(printer.unwrap().wait_for_papers(1, PATIENT).len(), 1);
    }

    #[test]
    fn one_that_refuses_for_longer_than_a_ticket_takes_is_no_printer() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let limits = Limits { connect: PATIENT, busy: Duration::ZERO, ..Limits::default() };
        let outcome = again_while_busy(&[address], &limits, |_| panic!("there is no time left to pause"));
        assert_eq!(outcome.err(), Some(PrintFault::WrongAddress));
    }
}
