//! Opens the wire that a printer's settings name.

use super::connection::Connection;
use super::fault::PrintFault;
use super::link::{Link, file, tcp};
#[cfg(feature = "printer-local")]
use super::link::{queue, serial, usb};
use super::settings::Limits;

/// Opens the connection. `met`: a printer is known to be there.
pub(super) fn open(connection: &Connection, limits: &Limits, met: bool) -> Result<Box<dyn Link>, PrintFault> {
    match connection {
        Connection::Tcp { host, port } => tcp::open(host, *port, limits, met),
        Connection::File { path } => file::open(path),
        #[cfg(feature = "printer-local")]
        Connection::Usb { vendor, product } => usb::open(*vendor, *product),
        #[cfg(feature = "printer-local")]
        Connection::Serial { path, baud } => serial::open(path, *baud),
        #[cfg(feature = "printer-local")]
        Connection::Queue { name } => queue::open(name),
        #[cfg(not(feature = "printer-local"))]
        Connection::Usb { .. } | Connection::Serial { .. } | Connection::Queue { .. } => {
            Err(PrintFault::Unsupported)
        }
    }
}
