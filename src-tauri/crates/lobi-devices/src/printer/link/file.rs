//! A printer behind a device file (`/dev/usb/lp0`), or an ordinary file to which tickets are appended.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use super::{Link, silence};
use crate::printer::fault::PrintFault;

pub(in crate::printer) fn open(path: &Path) -> Result<Box<dyn Link>, PrintFault> {
    #[cfg(unix)]
    if device::is_device(path) {
        return device::open(path).map_err(|error| PrintFault::opening(&error));
    }
    let file = OpenOptions::new().append(true).create(true).open(path);
    Ok(Box::new(Plain(file.map_err(|error| PrintFault::opening(&error))?)))
}

/// An ordinary file; on Windows also a port such as `LPT1`.
struct Plain(File);

impl Link for Plain {
    fn write(&mut self, bytes: &[u8], _limit: Duration) -> io::Result<usize> {
        self.0.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn read(&mut self, _buffer: &mut [u8], _limit: Duration) -> io::Result<usize> {
        Err(silence())
    }

    fn talks_back(&self) -> bool {
        false
    }
}

/// Device files of Unix systems: both directions, and never waiting without a limit.
#[cfg(unix)]
mod device {
    use std::fs::{self, File, OpenOptions};
    use std::io::{self, Read, Write};
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
    use std::path::Path;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::OFlags;

    use super::super::{Link, silence};

    struct Device(File);

    pub(super) fn is_device(path: &Path) -> bool {
        // Where the kernel makes the file only while the printer is on, its absence must not create a plain one.
        path.starts_with("/dev") || fs::metadata(path).is_ok_and(|found| found.file_type().is_char_device())
    }

    pub(in crate::printer) fn open(path: &Path) -> io::Result<Box<dyn Link>> {
        let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
        let file = OpenOptions::new().read(true).write(true).custom_flags(flags.cast_signed()).open(path)?;
        Ok(Box::new(Device(file)))
    }

    impl Device {
        fn wait(&self, what: PollFlags, limit: Duration) -> io::Result<()> {
            let mut fds = [PollFd::new(&self.0, what)];
            let limit = Timespec::try_from(limit).map_err(|_| silence())?;
            match poll(&mut fds, Some(&limit))? {
                0 => Err(silence()),
                _ => Ok(()),
            }
        }
    }

    impl Link for Device {
        fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
            self.wait(PollFlags::OUT, limit)?;
            match self.0.write(bytes) {
                Ok(0) => Err(io::ErrorKind::WriteZero.into()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(silence()),
                other => other,
            }
        }

        fn read(&mut self, buffer: &mut [u8], limit: Duration) -> io::Result<usize> {
            self.wait(PollFlags::IN, limit)?;
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(silence()),
                other => other,
            }
        }

        fn talks_back(&self) -> bool {
            true
        }
    }
}
