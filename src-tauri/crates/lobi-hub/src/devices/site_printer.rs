//! The site's printer on the network, for browsers without one of their own. One paper at a time.

use std::sync::atomic::Ordering;

use lobi_core::devices::machines::{DeviceKind, DeviceReport, DeviceState, HUB, MachineReport};
use lobi_core::printout::Printout;
use lobi_core::site::SitePrinter;
use lobi_devices::printer::connection::Connection;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::PrinterSettings;
use lobi_devices::printer::{Printed, Printer, Warning};
use thiserror::Error;

use super::actions;
use crate::error::{Code, Refusal};
use crate::hub::Hub;

/// Why nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotPrinted {
    /// The site has no network printer.
    #[error("the site has no printer")]
    NoPrinter,
    /// The printer could not.
    #[error(transparent)]
    Fault(#[from] PrintFault),
}

impl NotPrinted {
    /// The stable code, as tickets and machines carry it.
    pub fn code(&self) -> &'static str {
        match self {
            NotPrinted::NoPrinter => "no_printer",
            NotPrinted::Fault(fault) => fault.code(),
        }
    }
}

impl NotPrinted {
    /// The ticket's day ended before its paper came out.
    pub const TICKET_GONE: &str = "ticket_gone";

    /// The error code of a fault's stable code, as a job carries it.
    pub fn code_of(fault: &str) -> Code {
        const TABLE: [(PrintFault, Code); 10] = [
            (PrintFault::Offline, Code::PrinterOffline),
            (PrintFault::WrongAddress, Code::PrinterWrongAddress),
            (PrintFault::OutOfPaper, Code::PrinterOutOfPaper),
            (PrintFault::CoverOpen, Code::PrinterCoverOpen),
            (PrintFault::Cutter, Code::PrinterCutter),
            (PrintFault::PrinterError, Code::PrinterError),
            (PrintFault::NotFound, Code::PrinterNotFound),
            (PrintFault::NotAllowed, Code::PrinterNotAllowed),
            (PrintFault::Busy, Code::PrinterBusy),
            (PrintFault::Unsupported, Code::PrinterUnsupported),
        ];
        // A fault while the paper moved is the fault of its cause.
        let cause = fault.strip_suffix("_midway").unwrap_or(fault);
        match cause {
            "no_printer" => Code::NoPrinter,
            NotPrinted::TICKET_GONE => Code::TicketNotFound,
            "hung_up" => Code::PrinterHungUp,
            _ => TABLE
                .into_iter()
                .find(|(known, _)| known.code() == cause)
                .map_or(Code::PrinterError, |(_, code)| code),
        }
    }
}

impl From<NotPrinted> for Refusal {
    fn from(why: NotPrinted) -> Self {
        NotPrinted::code_of(why.code()).into()
    }
}

/// What the driver needs to know; only printers on the network, because the hub's own files are nobody's paper.
///
/// # Errors
/// [`PrintFault::WrongAddress`] for anything else.
pub fn settings(printer: &SitePrinter) -> Result<PrinterSettings, PrintFault> {
    let connection: Connection = printer.connection.parse()?;
    let SitePrinter { width, code_page, qr, cutter, .. } = *printer;
    match connection {
        Connection::Tcp { .. } => {
            Ok(PrinterSettings { width, code_page, qr, cutter, ..PrinterSettings::at(connection) })
        }
        _ => Err(PrintFault::WrongAddress),
    }
}

/// Prints on the site's network printer.
///
/// # Errors
/// [`NotPrinted`]: there is no printer, or what is wrong with it.
pub async fn print(hub: &Hub, printout: Printout) -> Result<(), NotPrinted> {
    let printer = hub.site().printer.clone().ok_or(NotPrinted::NoPrinter)?;
    let settings = settings(&printer)?;
    // The test page and a ticket must not be cut into each other.
    let mut turn = hub.passing.printer_turn().await;
    let is_new = hub.passing.printer_is_new.load(Ordering::Relaxed);
    let work = move || {
        let last = turn.take().filter(|printer| *printer.settings() == settings);
        let printer = last.unwrap_or_else(|| {
            let printer = EscposPrinter::new(settings);
            // One that was there before this start is there: when it refuses, it serves somebody else.
            if is_new { printer } else { printer.known() }
        });
        turn.insert(printer).print(&printout)
    };
    let printed = tokio::task::spawn_blocking(work).await.unwrap_or(Err(PrintFault::PrinterError));
    actions::report(hub, own_report(&hub.site().name, &printed));
    Ok(printed.map(|_| ())?)
}

/// Takes back what was said about the site's printer: it has another one now, or none.
pub fn forget(hub: &Hub) {
    hub.passing.printer_is_new.store(true, Ordering::Relaxed);
    let nama = hub.site().name.clone();
    actions::report(
        hub,
        MachineReport { machine: HUB.into(), nama, mode: HUB.into(), devices: Vec::new(), tampil: None },
    );
}

/// The hub says about the site's printer what every machine says about its own, so that staff see it.
fn own_report(site: &str, printed: &Result<Printed, PrintFault>) -> MachineReport {
    let (state, fault) = match printed {
        Err(fault) => (DeviceState::Fault, Some(fault.cause().code())),
        Ok(Printed { warning: Some(Warning::PaperNearEnd), .. }) => {
            (DeviceState::Warning, Some("paper_near_end"))
        }
        Ok(_) => (DeviceState::Ok, None),
    };
    let printer = DeviceReport { kind: DeviceKind::Printer, state, fault: fault.map(str::to_owned) };
    MachineReport {
        machine: HUB.into(),
        nama: site.to_owned(),
        mode: HUB.into(),
        devices: vec![printer],
        tampil: None,
    }
}
