//! This machine's printer.

use lobi_core::printout::Printout;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::PrinterSettings;
use lobi_devices::printer::status::{Paper, Status};
use serde::Serialize;
use tauri::State;

use crate::devices::printer::print_once;
use crate::from_hub::text;
use crate::hub::transport::HubRequest;
use crate::refused::Refused;
use crate::shell::Shell;

/// A paper came out.
#[derive(Serialize)]
pub struct PrintedPaper {
    warning: Option<&'static str>,
    bytes: usize,
}

/// How the printer is.
#[derive(Serialize)]
pub struct PrinterHealth {
    fault: Option<&'static str>,
    warning: Option<&'static str>,
}

const NEAR_END: &str = "paper_near_end";

fn refused(fault: &PrintFault) -> Refused {
    let code = fault.code();
    let key = match fault.cause() {
        PrintFault::PrinterError => "PRINTER_ERROR".to_owned(),
        cause => format!("PRINTER_{}", cause.code().to_uppercase()),
    };
    Refused::said(code, text("errors", &key, &[]))
}

/// Prints one paper on this machine's printer.
#[tauri::command]
pub async fn print_paper(shell: State<'_, Shell>, printout: Printout) -> Result<PrintedPaper, Refused> {
    let printed = shell.printing.print(printout).await.map_err(|fault| refused(&fault))?;
    Ok(PrintedPaper { warning: printed.warning.map(|_| NEAR_END), bytes: printed.bytes })
}

/// How this machine's printer is, without printing.
#[tauri::command]
pub async fn printer_status(shell: State<'_, Shell>) -> Result<PrinterHealth, Refused> {
    Ok(match shell.printing.status().await {
        Ok(status) => health(&status),
        Err(fault) => PrinterHealth { fault: Some(fault.code()), warning: None },
    })
}

fn health(status: &Status) -> PrinterHealth {
    let near_end = status.paper == Paper::NearEnd;
    PrinterHealth { fault: status.fault().map(|fault| fault.code()), warning: near_end.then_some(NEAR_END) }
}

/// Prints the test page on a printer that is being chosen.
#[tauri::command]
pub async fn test_print(shell: State<'_, Shell>, printer: PrinterSettings) -> Result<PrintedPaper, Refused> {
    let machine = shell.machine();
    let facts = serde_json::json!({ "facts": [
        ["Printer", printer.connection.to_string()],
        [text("ticket", "test_width", &[]), format!("{} dots", printer.width.dots())],
        [text("ticket", "test_machine", &[]), machine.name],
    ] });
    let request = HubRequest::post("/api/printouts/test", facts.to_string());
    let page = shell.transport.answer(&request).await.map_err(|_| Refused::new("hub_away"))?;
    let page: Printout = serde_json::from_slice(&page).map_err(|_| Refused::new("hub_away"))?;
    let printed = print_once(printer, page).await.map_err(|fault| refused(&fault))?;
    Ok(PrintedPaper { warning: printed.warning.map(|_| NEAR_END), bytes: printed.bytes })
}
