//! What can be chosen as a printer on this machine. Network printers are typed in; the rest is found.

use super::connection::Connection;

/// A printer that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How to reach it.
    pub connection: Connection,
    /// A name for people, as the printer or the system gives it.
    pub name: String,
}

/// USB printers, serial lines, device files and print queues of this machine. Empty where this build has no
/// `printer-local`; parts that cannot be listed are left out.
pub fn find_printers() -> Vec<Found> {
    #[cfg(feature = "printer-local")]
    {
        let mut found = local::usb();
        found.extend(local::device_files());
        found.extend(local::queues());
        found.extend(local::serial_lines());
        found
    }
    #[cfg(not(feature = "printer-local"))]
    Vec::new()
}

#[cfg(feature = "printer-local")]
mod local {
    use super::Found;
    use crate::printer::connection::{Connection, USUAL_BAUD};

    #[cfg(not(windows))]
    pub(super) fn usb() -> Vec<Found> {
        use nusb::MaybeFuture;

        let Ok(devices) = nusb::list_devices().wait() else { return Vec::new() };
        let printers = devices.filter(|device| device.interfaces().any(|interface| interface.class() == 7));
        let found = printers.map(|device| {
            let words = [device.manufacturer_string(), device.product_string()];
            let name = words.into_iter().flatten().map(str::trim).collect::<Vec<_>>().join(" ");
            let connection = Connection::Usb { vendor: device.vendor_id(), product: device.product_id() };
            Found { name: if name.is_empty() { connection.to_string() } else { name }, connection }
        });
        found.collect()
    }

    #[cfg(windows)]
    pub(super) fn usb() -> Vec<Found> {
        let found = escpos::driver::WindowsUsbPrintDriver::list().unwrap_or_default();
        let found = found.into_iter().filter_map(|printer| {
            let connection = Connection::Usb { vendor: printer.vendor_id?, product: printer.product_id? };
            Some(Found { name: connection.to_string(), connection })
        });
        found.collect()
    }

    #[cfg(unix)]
    pub(super) fn device_files() -> Vec<Found> {
        use std::fs;

        let Ok(entries) = fs::read_dir("/dev/usb") else { return Vec::new() };
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("lp")));
        files.sort();
        let found = files.into_iter().map(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let id = fs::read_to_string(format!("/sys/class/usbmisc/{file}/device/ieee1284_id"));
            let model = id.ok().and_then(|id| model(&id));
            Found { name: model.unwrap_or(file), connection: Connection::File { path } }
        });
        found.collect()
    }

    #[cfg(not(unix))]
    pub(super) fn device_files() -> Vec<Found> {
        Vec::new()
    }

    /// The model in a printer's description of itself: `MFG:EPSON;CMD:ESC/POS;MDL:TM-T82;`.
    #[cfg(any(unix, test))]
    pub(super) fn model(id: &str) -> Option<String> {
        let value = |names: [&str; 2]| {
            let mut fields = id.split(';').filter_map(|field| field.trim().split_once(':'));
            fields.find(|(name, _)| names.contains(name)).map(|(_, value)| value.trim().to_owned())
        };
        let words = [value(["MFG", "MANUFACTURER"]), value(["MDL", "MODEL"])];
        let words: Vec<String> = words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    #[cfg(windows)]
    pub(super) fn queues() -> Vec<Found> {
        let queues = printers::get_printers().into_iter();
        queues
            .map(|queue| Found {
                connection: Connection::Queue { name: queue.name.clone() },
                name: queue.name,
            })
            .collect()
    }

    #[cfg(not(windows))]
    pub(super) fn queues() -> Vec<Found> {
        Vec::new()
    }

    pub(super) fn serial_lines() -> Vec<Found> {
        use serialport::SerialPortType;

        let lines = serialport::available_ports().unwrap_or_default().into_iter();
        let found = lines.map(|line| {
            let name = match line.port_type {
                SerialPortType::UsbPort(usb) => usb.product.unwrap_or_else(|| line.port_name.clone()),
                _ => line.port_name.clone(),
            };
            Found { name, connection: Connection::Serial { path: line.port_name, baud: USUAL_BAUD } }
        });
        found.collect()
    }
}

#[cfg(all(test, feature = "printer-local"))]
mod tests {
    use super::*;

    #[test]
    fn a_printer_is_called_what_it_calls_itself() {
        let id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T82X;CLS:PRINTER;";
        assert_eq!(local::model(id).as_deref(), Some("EPSON TM-T82X"));
        assert_eq!(local::model("CLS:PRINTER;"), None);
    }

    #[test]
    fn whatever_is_found_has_an_address_that_can_be_kept() {
        for found in find_printers() {
            assert_eq!(found.connection.to_string().parse(), Ok(found.connection));
            assert!(!found.name.is_empty());
        }
    }
}
