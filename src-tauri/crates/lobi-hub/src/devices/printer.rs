//! The site's printer on the network, for browsers without one of their own. One paper at a time.

use std::sync::Mutex;

use lobi_core::printout::Printout;
use lobi_devices::printer::connection::Connection;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::{PrinterSettings, Width};
use lobi_devices::printer::{Printed, Printer, Warning};
use thiserror::Error;

use super::{DeviceKind, DeviceReport, DeviceState, MachineReport};
use crate::http::ApiError;
use crate::hub::Hub;
use crate::settings::SitePrinter;

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

impl From<NotPrinted> for ApiError {
    fn from(why: NotPrinted) -> Self {
        let NotPrinted::Fault(fault) = why else { return ApiError::plain("NO_PRINTER") };
        ApiError::plain(match fault.cause() {
            PrintFault::Offline => "PRINTER_OFFLINE",
            PrintFault::WrongAddress => "PRINTER_WRONG_ADDRESS",
            PrintFault::OutOfPaper => "PRINTER_OUT_OF_PAPER",
            PrintFault::CoverOpen => "PRINTER_COVER_OPEN",
            PrintFault::Cutter => "PRINTER_CUTTER",
            PrintFault::PrinterError | PrintFault::Midway { .. } => "PRINTER_ERROR",
            PrintFault::HungUp { .. } => "PRINTER_HUNG_UP",
            PrintFault::NotFound => "PRINTER_NOT_FOUND",
            PrintFault::NotAllowed => "PRINTER_NOT_ALLOWED",
            PrintFault::Busy => "PRINTER_BUSY",
            PrintFault::Unsupported => "PRINTER_UNSUPPORTED",
        })
    }
}

/// What the driver needs to know; only printers on the network, because the hub's own files are nobody's paper.
///
/// # Errors
/// [`PrintFault::WrongAddress`] for anything else.
pub fn settings(printer: &SitePrinter) -> Result<PrinterSettings, PrintFault> {
    let connection: Connection = printer.connection.parse()?;
    let width = match printer.paper_width {
        58 => Width::Mm58,
        80 => Width::Mm80,
        _ => return Err(PrintFault::WrongAddress),
    };
    match connection {
        Connection::Tcp { .. } => Ok(PrinterSettings { width, ..PrinterSettings::at(connection) }),
        _ => Err(PrintFault::WrongAddress),
    }
}

/// The test page and a ticket must not be cut into each other.
static AT_WORK: Mutex<()> = Mutex::new(());

/// Prints on the site's network printer.
///
/// # Errors
/// [`NotPrinted`]: there is no printer, or what is wrong with it.
pub async fn print(hub: &Hub, printout: Printout) -> Result<(), NotPrinted> {
    let printer = hub.site().printer.clone().ok_or(NotPrinted::NoPrinter)?;
    let settings = settings(&printer)?;
    let work = move || {
        let _turn = AT_WORK.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        EscposPrinter::new(settings).print(&printout)
    };
    let printed = tokio::task::spawn_blocking(work).await.unwrap_or(Err(PrintFault::PrinterError));
    hub.report_devices(own_report(&hub.site().name, &printed));
    Ok(printed.map(|_| ())?)
}

/// Takes back what was said about the site's printer: it has another one now, or none.
pub fn forget(hub: &Hub) {
    let nama = hub.site().name.clone();
    hub.report_devices(MachineReport {
        machine: "hub".into(),
        nama,
        mode: "hub".into(),
        devices: Vec::new(),
    });
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
    MachineReport { machine: "hub".into(), nama: site.to_owned(), mode: "hub".into(), devices: vec![printer] }
}
