//! A printer behind a serial line or a USB adapter for one.

use std::io::{self, Read, Write};
use std::time::Duration;

use serialport::{ErrorKind, SerialPort};

use super::{Link, silence};
use crate::printer::fault::PrintFault;

struct Serial(Box<dyn SerialPort>);

pub(in crate::printer) fn open(path: &str, baud: u32) -> Result<Box<dyn Link>, PrintFault> {
    let port = serialport::new(path, baud).open().map_err(|error| match error.kind {
        ErrorKind::Io(kind) => PrintFault::opening(&kind.into()),
        ErrorKind::InvalidInput => PrintFault::WrongAddress,
        // The crate says the same for a line that is missing and for one that another program holds.
        ErrorKind::NoDevice if error.description.contains("lock") => PrintFault::Busy,
        ErrorKind::NoDevice => PrintFault::NotFound,
        ErrorKind::Unknown if error.description.contains("busy") => PrintFault::Busy,
        ErrorKind::Unknown => PrintFault::Offline,
    })?;
    Ok(Box::new(Serial(port)))
}

impl Link for Serial {
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
        self.0.set_timeout(limit)?;
        match self.0.write(bytes) {
            Ok(0) => Err(io::ErrorKind::WriteZero.into()),
            other => other,
        }
    }

    fn read(&mut self, buffer: &mut [u8], limit: Duration) -> io::Result<usize> {
        self.0.set_timeout(limit)?;
        match self.0.read(buffer) {
            // A serial line cannot hang up; nothing read is silence.
            Ok(0) => Err(silence()),
            other => other,
        }
    }

    fn talks_back(&self) -> bool {
        true
    }
}
