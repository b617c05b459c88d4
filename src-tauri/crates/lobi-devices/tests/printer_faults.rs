//! Every way in which a printer fails, each told apart, and what then stood on the paper.

#![cfg(feature = "printer")]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::time::Duration;

use fake_printer::{FakePrinter, Manner, Modes};
use lobi_core::printout::{Line, Printout, Size};
use lobi_devices::printer::connection::Connection;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::{Limits, PrinterSettings};
use lobi_devices::printer::status::{Paper, Status};
use lobi_devices::printer::{NullPrinter, Printer, Warning};

const PATIENT: Duration = Duration::from_secs(20);
/// Long enough where an answer comes, and where none comes the test waits for it in vain: short.
const IMPATIENT: Duration = Duration::from_millis(60);

fn a_ticket() -> Printout {
    Printout {
        lines: vec![
            Line::bold("Poli Umum", Size::Large),
            Line::bold("A013", Size::Huge),
            Line::Qr { data: "http://192.168.1.5:4040/t/7K3M9QX2AB".into() },
            Line::centred("7K3M9-QX2AB", Size::Tall),
        ],
    }
}

fn patient() -> Limits {
    Limits {
        connect: PATIENT,
        busy: PATIENT,
        status: PATIENT,
        write: PATIENT,
        linger: IMPATIENT,
        look_every: IMPATIENT,
    }
}

fn fake() -> FakePrinter {
    FakePrinter::start(fake_printer::Width::Mm80).unwrap()
}

fn printer(address: &str, limits: Limits) -> EscposPrinter {
    EscposPrinter::with_limits(PrinterSettings::at(address.parse().unwrap()), limits)
}

/// A fake printer in this mode and Lobi's printer on it.
fn in_mode(change: impl FnOnce(&mut Modes)) -> (FakePrinter, EscposPrinter) {
    let fake = fake();
    fake.set(change);
    let printer = printer(&fake.connection(), patient());
    (fake, printer)
}

/// Prints where the status before must refuse: not one byte of the ticket may leave.
fn refused(change: impl FnOnce(&mut Modes)) -> PrintFault {
    let (fake, mut printer) = in_mode(change);
    let fault = printer.print(&a_ticket()).unwrap_err();
    assert_eq!(printer.status().unwrap().fault(), Some(fault.clone()), "the settings screen sees the same");
    drop(printer);
    assert_eq!((fake.received(), fake.papers().len()), (0, 0));
    fault
}

#[test]
fn out_of_paper_is_seen_before_a_byte_of_the_ticket_leaves() {
    assert_eq!(refused(|modes| modes.out_of_paper = true), PrintFault::OutOfPaper);
}

#[test]
fn an_open_cover_is_seen_before_a_byte_of_the_ticket_leaves() {
    assert_eq!(refused(|modes| modes.cover_open = true), PrintFault::CoverOpen);
}

#[test]
fn a_stuck_cutter_and_a_broken_printer_are_seen_before_a_byte_of_the_ticket_leaves() {
    assert_eq!(refused(|modes| modes.cutter_error = true), PrintFault::Cutter);
    assert_eq!(refused(|modes| modes.broken = true), PrintFault::PrinterError);
}

#[test]
fn paper_near_its_end_prints_and_warns() {
    let (fake, mut printer) = in_mode(|modes| modes.near_end = true);
    assert_eq!(printer.print(&a_ticket()).unwrap().warning, Some(Warning::PaperNearEnd));
    assert_eq!(printer.status().unwrap().paper, Paper::NearEnd);
    assert_eq!(fake.wait_for_papers(1, PATIENT).len(), 1);
}

#[test]
fn a_ticket_can_be_printed_once_the_paper_is_back() {
    let (fake, mut printer) = in_mode(|modes| modes.out_of_paper = true);
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::OutOfPaper));
    fake.set(|modes| modes.out_of_paper = false);
    let printed = printer.print(&a_ticket()).unwrap();
    assert_eq!((printed.warning, printed.bytes), (None, fake.received()));
    assert_eq!(fake.unknown(), Vec::<String>::new());
}

#[test]
fn paper_that_ends_in_the_middle_of_a_ticket_is_noticed_after_it() {
    let (fake, mut printer) = in_mode(|modes| modes.paper_ends_at = Some(60));
    let fault = printer.print(&a_ticket()).unwrap_err();
    assert_eq!((fault.cause(), fault.code()), (&PrintFault::OutOfPaper, "out_of_paper_midway"));
    let papers = fake.wait_for_papers(1, PATIENT);
    assert!(!papers[0].complete, "half a ticket hangs out of the printer");
}

/// Twelve lines, as the issue tried it.
fn twelve_lines() -> Printout {
    Printout { lines: (1..=12).map(|line| Line::centred(format!("Baris {line}"), Size::Normal)).collect() }
}

/// A status that is answered at once tells nothing of paper that moves later.
#[test]
fn what_goes_wrong_while_the_paper_moves_is_noticed_however_late_it_moves() {
    type Change = fn(&mut Modes);
    let wrong: [(Change, &str); 4] = [
        (|modes| modes.paper_rows = Some(6 * 30), "out_of_paper_midway"),
        (|modes| modes.paper_rows = Some(1), "out_of_paper_midway"),
        (|modes| modes.paper_rows = Some(12 * 30 - 1), "out_of_paper_midway"),
        (|modes| modes.cover_opens_at = Some(100), "cover_open_midway"),
    ];
    for mute_queued in [false, true] {
        for (change, code) in wrong {
            let (fake, mut printer) = in_mode(|modes| {
                modes.lines_per_second = Some(20);
                modes.mute_queued = mute_queued;
            });
            fake.set(change);
            let fault = printer.print(&twelve_lines()).unwrap_err();
            assert_eq!(fault.code(), code, "answers in line: {}", !mute_queued);
            let papers = fake.wait_for_papers(1, PATIENT);
            assert!(!papers[0].complete, "half a ticket hangs out of the printer");
        }
    }
}

#[test]
fn a_slow_motor_is_no_fault_whether_or_not_it_says_when_it_is_done() {
    for mute_queued in [false, true] {
        let (fake, mut printer) = in_mode(|modes| {
            modes.lines_per_second = Some(20);
            modes.mute_queued = mute_queued;
        });
        for count in 1..=2 {
            assert_eq!(printer.print(&twelve_lines()).unwrap().warning, None);
            assert!(fake.wait_for_papers(count, PATIENT).iter().all(|paper| paper.complete));
        }
        assert_eq!(fake.unknown(), Vec::<String>::new());
    }
}

#[test]
fn a_roll_that_ends_with_the_ticket_is_told_with_it() {
    let (fake, mut printer) = in_mode(|modes| modes.lines_per_second = Some(200));
    printer.print(&twelve_lines()).unwrap();
    fake.set(|modes| modes.near_end = true);
    assert_eq!(printer.print(&twelve_lines()).unwrap().warning, Some(Warning::PaperNearEnd));
}

/// A printer that calls itself offline and names no reason prints; with a reason it does not.
#[test]
fn a_printer_that_always_says_offline_prints_and_its_real_faults_are_still_seen() {
    let (fake, mut printer) = in_mode(|modes| modes.says_offline = true);
    assert_eq!(printer.print(&a_ticket()).unwrap().warning, None);
    assert_eq!(fake.wait_for_papers(1, PATIENT).len(), 1);
    let offline = |modes: &mut Modes| modes.says_offline = true;
    let with = |change: fn(&mut Modes)| {
        refused(move |modes| {
            offline(modes);
            change(modes);
        })
    };
    assert_eq!(with(|modes| modes.out_of_paper = true), PrintFault::OutOfPaper);
    assert_eq!(with(|modes| modes.cover_open = true), PrintFault::CoverOpen);
    assert_eq!(with(|modes| modes.broken = true), PrintFault::PrinterError);
}

/// A till keeps the line for minutes; the printer refuses everybody else, or lets them wait without a word.
#[test]
fn a_printer_that_serves_another_program_is_busy_and_prints_when_it_is_free() {
    for refuses in [true, false] {
        let fake = FakePrinter::start(Manner { refuses, ..Manner::MODERN }).unwrap();
        let limits = Limits { busy: IMPATIENT, status: IMPATIENT, ..patient() };
        let mut printer = printer(&fake.connection(), limits).known();
        // It is heard once, so that its silence means something.
        while printer.print(&a_ticket()).is_err() {}
        let till = held(&fake, refuses);
        let papers = fake.papers().len();
        for _ in 0..3 {
            assert_eq!(printer.print(&a_ticket()), Err(PrintFault::Busy), "refuses: {refuses}");
        }
        assert_eq!(fake.papers().len(), papers, "not one byte is left for later");
        drop(till);
        // Until it has noticed that the till hung up.
        while printer.print(&a_ticket()) == Err(PrintFault::Busy) {}
        assert!(fake.wait_for_papers(papers + 1, PATIENT).last().unwrap().complete);
    }
}

/// Another program on the line: the printer listens to it.
fn held(fake: &FakePrinter, refuses: bool) -> TcpStream {
    loop {
        let Ok(mut till) = TcpStream::connect(fake.address()) else { continue };
        till.set_read_timeout(Some(PATIENT)).unwrap();
        if till.write_all(&[0x10, 4, 1]).is_ok() && matches!(till.read(&mut [0]), Ok(1)) {
            return till;
        }
        assert!(refuses, "it lets everybody wait");
    }
}

#[test]
fn one_that_nobody_met_and_that_refuses_is_a_wrong_address() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("tcp://{free}");
    let limits = Limits { busy: IMPATIENT, ..patient() };
    assert_eq!(printer(&address, limits).print(&a_ticket()), Err(PrintFault::WrongAddress));
    assert_eq!(printer(&address, limits).known().print(&a_ticket()), Err(PrintFault::Busy));
    // A name that nobody knows stays wrong, however well the printer was known.
    assert_eq!(
        printer("tcp://printer.invalid", limits).known().print(&a_ticket()),
        Err(PrintFault::WrongAddress)
    );
}

#[test]
fn a_printer_that_hangs_up_at_any_byte_leaves_the_ticket_in_doubt() {
    let (fake, mut printer) = in_mode(|_| {});
    let whole = printer.print(&a_ticket()).unwrap().bytes;
    for at in [0, 1, 2, 17, whole / 2, whole - 1, whole] {
        fake.set(|modes| modes.hang_up_at = Some(at));
        let before = fake.received();
        match printer.print(&a_ticket()) {
            Err(PrintFault::HungUp { sent, of }) => {
                assert_eq!(of, whole);
                assert!(sent >= at && sent <= of, "hung up at {at}, {sent} left this machine");
            }
            other => panic!("hung up at byte {at}, and the outcome was {other:?}"),
        }
        assert_eq!(fake.received() - before, at);
    }
}

#[test]
fn a_mute_printer_that_hangs_up_leaves_the_ticket_in_doubt_too() {
    let fake = fake();
    fake.set(|modes| modes.mute_status = true);
    let limits = Limits { status: IMPATIENT, linger: PATIENT, ..patient() };
    let mut printer = printer(&fake.connection(), limits);
    for at in [0, 17] {
        fake.set(|modes| modes.hang_up_at = Some(at));
        assert!(matches!(printer.print(&a_ticket()), Err(PrintFault::HungUp { .. })), "at byte {at}");
    }
}

#[test]
fn a_mute_printer_prints_and_is_asked_once() {
    let fake = fake();
    fake.set(|modes| modes.mute_status = true);
    let mut printer = printer(&fake.connection(), Limits { status: IMPATIENT, ..patient() });
    for _ in 0..2 {
        printer.print(&a_ticket()).unwrap();
    }
    assert_eq!(fake.wait_for_papers(2, PATIENT).len(), 2);
    assert_eq!(fake.status_requests(), 1, "the second ticket waits for no answer");
    assert_eq!(printer.status(), Ok(Status::UNKNOWN));
}

#[test]
fn a_slow_printer_gets_its_time() {
    let (fake, mut printer) = in_mode(|modes| modes.slow = Some(2000));
    printer.print(&a_ticket()).unwrap();
    assert_eq!(fake.wait_for_papers(1, PATIENT).len(), 1);
}

#[test]
fn a_printer_that_stops_taking_a_ticket_leaves_it_in_doubt() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (done, until_done) = channel::<()>();
    let stuck = std::thread::spawn(move || {
        let (mut caller, _) = listener.accept().unwrap();
        for _ in 0..4 {
            caller.read_exact(&mut [0; 3]).unwrap();
            caller.write_all(&[0x12]).unwrap();
        }
        // It is well, and takes nothing more.
        let _ = until_done.recv();
    });
    // More than any system keeps for somebody who does not read.
    let endless = Printout { lines: vec![Line::bold("Poli Umum", Size::Large); 1_000_000] };
    let mut printer = printer(&format!("tcp://{address}"), Limits { write: IMPATIENT, ..patient() });
    let outcome = printer.print(&endless);
    assert!(matches!(outcome, Err(PrintFault::HungUp { sent, of }) if sent < of), "{outcome:?}");
    drop(done);
    stuck.join().unwrap();
}

#[test]
fn nobody_listening_there_is_a_wrong_address() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut printer = printer(&format!("tcp://{free}"), Limits { busy: IMPATIENT, ..patient() });
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::WrongAddress));
    assert_eq!(printer.status(), Err(PrintFault::WrongAddress));
}

#[test]
fn a_name_that_nobody_knows_is_a_wrong_address() {
    // Reserved by RFC 6761: it never exists.
    let mut printer = printer("tcp://printer.invalid", patient());
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::WrongAddress));
}

/// On Windows a full queue refuses instead of keeping silent.
#[cfg(unix)]
#[test]
fn a_machine_that_does_not_answer_is_offline() {
    use socket2::{Domain, Socket, Type};

    let silent = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    silent.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    silent.listen(0).unwrap();
    let address = silent.local_addr().unwrap();
    // Callers fill the queue of connections that nobody takes; the next gets no answer at all.
    let waiting: Vec<Socket> = std::iter::repeat_with(|| {
        let caller = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        caller.set_nonblocking(true).unwrap();
        let _in_progress = caller.connect(&address);
        caller
    })
    .take(8)
    .collect();
    let limits = Limits { connect: Duration::from_millis(200), ..patient() };
    let mut printer = printer(&format!("tcp://{}", address.as_socket().unwrap()), limits);
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::Offline));
    drop(waiting);
}

#[test]
fn a_printer_that_hangs_up_before_the_ticket_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let hanging_up = std::thread::spawn(move || drop(listener.accept()));
    let mut printer = printer(&format!("tcp://{address}"), patient());
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::Offline));
    hanging_up.join().unwrap();
}

#[test]
fn a_file_takes_tickets_one_after_the_other() {
    let folder = std::env::temp_dir().join(format!("lobi-paper-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("paper.bin");
    let connection = Connection::File { path: path.clone() };
    let mut printer = EscposPrinter::new(PrinterSettings::at(connection));
    assert_eq!(printer.status(), Ok(Status::UNKNOWN));
    let first = printer.print(&a_ticket()).unwrap();
    printer.print(&a_ticket()).unwrap();
    assert_eq!(fs::read(&path).unwrap().len(), 2 * first.bytes);

    let connection = Connection::File { path: folder.join("no/such/folder/paper.bin") };
    let outcome = EscposPrinter::new(PrinterSettings::at(connection)).print(&a_ticket());
    assert_eq!(outcome, Err(PrintFault::NotFound));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_machine_without_a_printer_says_so() {
    let mut printer: Box<dyn Printer> = Box::new(NullPrinter);
    assert_eq!(printer.print(&a_ticket()), Err(PrintFault::NotFound));
    assert_eq!(printer.status(), Err(PrintFault::NotFound));
}

#[test]
fn settings_travel_as_json() {
    let settings: PrinterSettings =
        serde_json::from_str(r#"{"connection":"192.168.1.50","width":"58","code_page":"pc858"}"#).unwrap();
    assert!(settings.cutter);
    let written = serde_json::to_string(&settings).unwrap();
    assert!(written.contains(r#""connection":"tcp://192.168.1.50:9100""#), "{written}");
    assert_eq!(serde_json::from_str::<PrinterSettings>(&written).unwrap(), settings);
}

#[cfg(all(windows, feature = "printer-local"))]
#[test]
fn a_print_queue_that_windows_does_not_know_is_not_found() {
    for address in ["queue://No such queue", "usb://ffff:ffff", "serial://COM250"] {
        assert_eq!(printer(address, patient()).print(&a_ticket()), Err(PrintFault::NotFound), "{address}");
    }
}
