//! Tickets on thermal paper: a printout in, bytes and an honest outcome out.

use lobi_core::printout::Printout;
use serde::{Deserialize, Serialize};

pub mod connection;
pub mod escpos;
pub mod fault;
pub mod find;
mod link;
pub mod logo;
mod open;
mod raster;
mod render;
pub mod settings;
pub mod status;
mod talk;
mod text;

use fault::PrintFault;
use status::Status;

/// Something that puts a printout on paper. Calls wait for the printer, within its limits: make them on a thread that
/// may wait.
pub trait Printer: Send {
    /// Prints and cuts one paper.
    ///
    /// # Errors
    /// What a person can do something about. After [`PrintFault::HungUp`], and after a fault that shows up while
    /// printing (paper, cover), the paper may be incomplete; after any other nothing was printed.
    fn print(&mut self, printout: &Printout) -> Result<Printed, PrintFault>;

    /// How the printer is, without printing.
    ///
    /// # Errors
    /// Where it cannot be reached. A printer that is reached but cannot print is a [`Status`], see [`Status::fault`].
    fn status(&mut self) -> Result<Status, PrintFault>;
}

/// A paper that was printed, as far as the printer tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// What somebody should see to soon.
    pub warning: Option<Warning>,
    /// Bytes handed to the printer for this paper.
    pub bytes: usize,
}

/// The paper came out, but.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The roll is nearly used up.
    PaperNearEnd,
}

/// A machine without a printer: says so to whoever prints.
#[derive(Clone, Copy, Debug, Default)]
pub struct NullPrinter;

impl Printer for NullPrinter {
    fn print(&mut self, _printout: &Printout) -> Result<Printed, PrintFault> {
        Err(PrintFault::NotFound)
    }

    fn status(&mut self) -> Result<Status, PrintFault> {
        Err(PrintFault::NotFound)
    }
}
