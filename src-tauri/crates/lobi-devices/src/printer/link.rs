//! The wire to a printer, whatever it is made of: bytes there, bytes back, and never longer than a limit.

use std::io;
use std::time::Duration;

use super::status::Status;

pub(super) mod file;
#[cfg(feature = "printer-local")]
pub(super) mod queue;
#[cfg(feature = "printer-local")]
pub(super) mod serial;
pub(super) mod tcp;
#[cfg(feature = "printer-local")]
pub(super) mod usb;

/// An open connection to a printer.
pub(crate) trait Link {
    /// Hands bytes over and says how many were taken: at least one, or an error of kind `TimedOut` where none was
    /// taken within the limit, or any other where the connection is gone.
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize>;

    /// Reads what the printer said. `Ok(0)` means that it hung up, an error of kind `TimedOut` that it kept silent.
    fn read(&mut self, buffer: &mut [u8], limit: Duration) -> io::Result<usize>;

    /// Whether answers can come back at all.
    fn talks_back(&self) -> bool;

    /// What the operating system knows of the printer, where the printer itself cannot be asked.
    fn system_status(&mut self) -> Option<Status> {
        None
    }
}

/// The error that means "not within the limit".
fn silence() -> io::Error {
    io::ErrorKind::TimedOut.into()
}
