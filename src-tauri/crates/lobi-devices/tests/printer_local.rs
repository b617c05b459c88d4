//! Printers plugged into this machine: a serial line and a device file, both played by a pair of connected terminals
//! with the fake printer at the far end.

#![cfg(all(unix, feature = "printer-local"))]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use fake_printer::{FakePrinter, Width};
use lobi_core::printout::{Line, Printout, Size};
use lobi_devices::printer::Printer;
use lobi_devices::printer::connection::Connection;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::{Limits, PrinterSettings};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

const PATIENT: Duration = Duration::from_secs(20);

fn a_ticket() -> Printout {
    Printout {
        lines: vec![
            Line::bold("A013", Size::Huge),
            Line::Qr { data: "http://192.168.1.5:4040/t/7K3M9QX2AB".into() },
        ],
    }
}

fn printer(connection: Connection) -> EscposPrinter {
    let limits = Limits { connect: PATIENT, status: PATIENT, write: PATIENT, ..Limits::default() };
    EscposPrinter::with_limits(PrinterSettings::at(connection), limits)
}

/// The near end of a line that leads to the fake printer.
struct Wire {
    near: PathBuf,
    /// Held, so that the line does not end when Lobi closes it.
    _open: File,
}

fn line_to(fake: &FakePrinter) -> Wire {
    let far = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&far).unwrap();
    unlockpt(&far).unwrap();
    let near = PathBuf::from(ptsname(&far, Vec::new()).unwrap().into_string().unwrap());
    let open = OpenOptions::new().read(true).write(true).open(&near).unwrap();
    // A printer's line passes every byte as it is; a terminal would not.
    let mut raw = tcgetattr(&open).unwrap();
    raw.make_raw();
    tcsetattr(&open, OptionalActions::Now, &raw).unwrap();

    let (mut far_in, mut far_out) = (File::from(far.try_clone().unwrap()), File::from(far));
    let mut to_printer = TcpStream::connect(fake.address()).unwrap();
    let mut from_printer = to_printer.try_clone().unwrap();
    let pass = |from: &mut dyn Read, to: &mut dyn Write| {
        let mut bytes = [0; 256];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            if to.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
    };
    thread::spawn(move || {
        pass(&mut far_in, &mut to_printer);
        let _ended = to_printer.shutdown(Shutdown::Both);
    });
    thread::spawn(move || pass(&mut from_printer, &mut far_out));
    Wire { near, _open: open }
}

#[test]
fn a_serial_line_prints_and_answers() {
    let fake = FakePrinter::start(Width::Mm80).unwrap();
    let line = line_to(&fake);
    let path = line.near.to_str().unwrap().to_owned();
    let mut printer = printer(Connection::Serial { path, baud: 9600 });
    let printed = printer.print(&a_ticket()).unwrap();
    assert_eq!(printed.bytes, fake.received());
    assert_eq!(fake.wait_for_papers(1, PATIENT)[0].lines, ["A013"]);
    fake.set(|modes| modes.out_of_paper = true);
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::OutOfPaper));
    assert_eq!((printed.bytes, fake.unknown()), (fake.received(), Vec::new()));
    drop(line);
}

#[test]
fn a_device_file_prints_and_answers() {
    let fake = FakePrinter::start(Width::Mm80).unwrap();
    let line = line_to(&fake);
    let mut printer = printer(Connection::File { path: line.near.clone() });
    assert!(printer.status().unwrap().known);
    let printed = printer.print(&a_ticket()).unwrap();
    assert_eq!(printed.bytes, fake.received());
    assert_eq!(fake.wait_for_papers(1, PATIENT)[0].qr.len(), 1);
    fake.set(|modes| modes.cover_open = true);
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::CoverOpen));
    drop(line);
}

#[test]
fn what_is_not_plugged_in_is_not_found() {
    for address in [
        "usb://ffff:ffff",
        "serial:///dev/no-such-line",
        "file:///dev/usb/no-such-printer",
        "file:///no/paper",
    ] {
        let outcome = printer(address.parse().unwrap()).print(&a_ticket());
        assert_eq!(outcome, Err(PrintFault::NotFound), "{address}");
    }
}

#[test]
fn the_print_queues_of_windows_do_not_exist_here() {
    let mut printer = printer("queue://EPSON TM-T82".parse().unwrap());
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::Unsupported));
}
