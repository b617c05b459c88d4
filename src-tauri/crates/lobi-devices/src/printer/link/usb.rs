//! A USB printer by its identification numbers: on Linux without the kernel's printer driver, on Windows through it.

#[cfg(not(windows))]
pub(in crate::printer) use bulk::open;
#[cfg(windows)]
pub(in crate::printer) use usbprint::open;

#[cfg(not(windows))]
mod bulk {
    use std::collections::VecDeque;
    use std::io;
    use std::time::{Duration, Instant};

    use nusb::descriptors::TransferType;
    use nusb::transfer::{Buffer, Bulk, Direction, In, Out, TransferError};
    use nusb::{Endpoint, ErrorKind, MaybeFuture};

    use super::super::{Link, silence};
    use crate::printer::fault::PrintFault;

    /// The USB class of printers.
    pub(crate) const PRINTER: u8 = 7;

    struct Usb {
        to: Endpoint<Bulk, Out>,
        /// Some printers cannot talk back.
        from: Option<Endpoint<Bulk, In>>,
        said: VecDeque<u8>,
    }

    pub(in crate::printer) fn open(vendor: u16, product: u16) -> Result<Box<dyn Link>, PrintFault> {
        let info = nusb::list_devices()
            .wait()
            .map_err(|error| {
                tracing::debug!(%error, "this machine lists no USB devices");
                PrintFault::NotFound
            })?
            .find(|device| device.vendor_id() == vendor && device.product_id() == product)
            .ok_or(PrintFault::NotFound)?;
        let device = info.open().wait().map_err(|error| fault(&error))?;
        let configuration = device.active_configuration().map_err(|_| PrintFault::Offline)?;
        let alternative = configuration
            .interface_alt_settings()
            .find(|interface| interface.class() == PRINTER)
            .ok_or(PrintFault::NotFound)?;
        let address = |direction: Direction| {
            alternative
                .endpoints()
                .find(|end| end.direction() == direction && end.transfer_type() == TransferType::Bulk)
                .map(|end| end.address())
        };
        let (to, from) = (address(Direction::Out).ok_or(PrintFault::NotFound)?, address(Direction::In));
        let number = alternative.interface_number();
        let interface = device.detach_and_claim_interface(number).wait().map_err(|error| fault(&error))?;
        if alternative.alternate_setting() != 0 {
            let chosen = interface.set_alt_setting(alternative.alternate_setting());
            chosen.wait().map_err(|error| fault(&error))?;
        }
        let to = interface.endpoint::<Bulk, Out>(to).map_err(|error| fault(&error))?;
        let from = from.and_then(|from| interface.endpoint::<Bulk, In>(from).ok());
        Ok(Box::new(Usb { to, from, said: VecDeque::new() }))
    }

    fn fault(error: &nusb::Error) -> PrintFault {
        match error.kind() {
            ErrorKind::Busy => PrintFault::Busy,
            ErrorKind::PermissionDenied => PrintFault::NotAllowed,
            ErrorKind::NotFound => PrintFault::NotFound,
            ErrorKind::Unsupported => PrintFault::Unsupported,
            _ => PrintFault::Offline,
        }
    }

    impl Link for Usb {
        fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
            let done = self.to.transfer_blocking(Buffer::from(bytes.to_vec()), limit);
            match done.status {
                Ok(()) if done.actual_len > 0 => Ok(done.actual_len),
                Err(TransferError::Cancelled) if done.actual_len > 0 => Ok(done.actual_len),
                Ok(()) | Err(TransferError::Cancelled) => Err(silence()),
                Err(error) => Err(error.into()),
            }
        }

        fn read(&mut self, buffer: &mut [u8], limit: Duration) -> io::Result<usize> {
            let Some(from) = &mut self.from else { return Err(silence()) };
            let until = Instant::now() + limit;
            // A printer with nothing to say answers with empty packets.
            while self.said.is_empty() {
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(silence());
                }
                let done = from.transfer_blocking(Buffer::new(from.max_packet_size()), left);
                match done.status {
                    Ok(()) => self.said.extend(&done.buffer[..done.actual_len]),
                    Err(TransferError::Cancelled) => return Err(silence()),
                    Err(error) => return Err(error.into()),
                }
            }
            let count = buffer.len().min(self.said.len());
            for (to, from) in buffer.iter_mut().zip(self.said.drain(..count)) {
                *to = from;
            }
            Ok(count)
        }

        fn talks_back(&self) -> bool {
            self.from.is_some()
        }
    }
}

#[cfg(windows)]
mod usbprint {
    use std::io;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use escpos::driver::{Driver, WindowsUsbPrintDriver};

    use super::super::{Link, silence};
    use crate::printer::fault::PrintFault;
    use crate::printer::status::{Paper, Status};

    struct Usb(WindowsUsbPrintDriver);

    pub(in crate::printer) fn open(vendor: u16, product: u16) -> Result<Box<dyn Link>, PrintFault> {
        let found = WindowsUsbPrintDriver::list().map_err(|_| PrintFault::Offline)?;
        let same = |id: Option<u16>, wanted: u16| id == Some(wanted);
        let printer = found
            .into_iter()
            .find(|printer| same(printer.vendor_id, vendor) && same(printer.product_id, product))
            .ok_or(PrintFault::NotFound)?;
        let driver = WindowsUsbPrintDriver::open(&printer.device_path).map_err(|_| PrintFault::Busy)?;
        Ok(Box::new(Usb(driver)))
    }

    impl Link for Usb {
        /// Windows waits without a limit, so the bytes are handed over beside.
        fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
            let (driver, ticket, count) = (self.0.clone(), bytes.to_vec(), bytes.len());
            let (done, taken) = mpsc::channel();
            thread::Builder::new().name("usb-printer".into()).spawn(move || {
                let _late =
                    done.send(driver.write(&ticket).map_err(|error| io::Error::other(error.to_string())));
            })?;
            taken.recv_timeout(limit).map_err(|_| silence())?.map(|()| count)
        }

        fn read(&mut self, _buffer: &mut [u8], _limit: Duration) -> io::Result<usize> {
            Err(silence())
        }

        /// Windows' printer driver keeps the answers to itself.
        fn talks_back(&self) -> bool {
            false
        }

        /// The three wires of the old printer port, which USB printers still report.
        fn system_status(&mut self) -> Option<Status> {
            const NO_PAPER: u32 = 0x20;
            let out = self.0.lpt_status().ok()? & NO_PAPER != 0;
            out.then_some(Status { known: true, paper: Paper::Out, ..Status::UNKNOWN })
        }
    }
}
