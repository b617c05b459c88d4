//! What can go wrong with a printer, told apart by what a person can do about it. The words are in the texts, by code.

use std::io;

use thiserror::Error;

/// Why a paper did not, or not surely, come out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PrintFault {
    /// Nothing answers at its address, or it says itself that it is not ready: switched off, unplugged, another network.
    #[error("the printer does not answer")]
    Offline,
    /// The address cannot be read, its name is unknown, or the machine there is no printer (it refuses).
    #[error("the printer's address is wrong")]
    WrongAddress,
    /// No paper.
    #[error("the printer is out of paper")]
    OutOfPaper,
    /// The cover is open.
    #[error("the printer's cover is open")]
    CoverOpen,
    /// The cutter is stuck.
    #[error("the printer's cutter is stuck")]
    Cutter,
    /// Another fault that the printer reports: too hot, broken.
    #[error("the printer reports an error")]
    PrinterError,
    /// The connection broke while the ticket was sent, or the printer stopped taking it: the paper may be incomplete.
    #[error("the printer hung up after at most {sent} of {of} bytes")]
    HungUp {
        /// Bytes that left this machine; the printer got no more.
        sent: usize,
        /// Bytes of the whole ticket.
        of: usize,
    },
    /// What the printer reports once the ticket was sent: the paper may have come out, whole or in part.
    #[error("while the ticket was printed: {cause}")]
    Midway {
        /// What is wrong.
        cause: Box<PrintFault>,
    },
    /// No such USB printer, serial line, print queue or folder on this machine.
    #[error("there is no such printer on this machine")]
    NotFound,
    /// This program may not use it.
    #[error("this program may not use the printer")]
    NotAllowed,
    /// Another program holds it.
    #[error("another program uses the printer")]
    Busy,
    /// This system or this build of Lobi has no such connection.
    #[error("this kind of printer connection does not exist here")]
    Unsupported,
}

impl PrintFault {
    /// Every code, for whoever keeps the words.
    pub const CODES: [&str; 15] = [
        "offline",
        "wrong_address",
        "out_of_paper",
        "cover_open",
        "cutter",
        "printer_error",
        "hung_up",
        "out_of_paper_midway",
        "cover_open_midway",
        "cutter_midway",
        "printer_error_midway",
        "not_found",
        "not_allowed",
        "busy",
        "unsupported",
    ];

    /// The stable name on the wire and in the texts. One that ends in `_midway` has the words of its [`Self::cause`].
    pub fn code(&self) -> &'static str {
        match self {
            PrintFault::Offline => "offline",
            PrintFault::WrongAddress => "wrong_address",
            PrintFault::OutOfPaper => "out_of_paper",
            PrintFault::CoverOpen => "cover_open",
            PrintFault::Cutter => "cutter",
            PrintFault::PrinterError => "printer_error",
            PrintFault::HungUp { .. } => "hung_up",
            PrintFault::Midway { cause } => match **cause {
                PrintFault::OutOfPaper => "out_of_paper_midway",
                PrintFault::CoverOpen => "cover_open_midway",
                PrintFault::Cutter => "cutter_midway",
                _ => "printer_error_midway",
            },
            PrintFault::NotFound => "not_found",
            PrintFault::NotAllowed => "not_allowed",
            PrintFault::Busy => "busy",
            PrintFault::Unsupported => "unsupported",
        }
    }

    /// What is wrong with the printer, whenever that was noticed.
    pub fn cause(&self) -> &PrintFault {
        match self {
            PrintFault::Midway { cause } => cause,
            other => other,
        }
    }

    /// What a failure to open a device of this machine means.
    pub(crate) fn opening(error: &io::Error) -> PrintFault {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => {
                PrintFault::NotFound
            }
            io::ErrorKind::PermissionDenied => PrintFault::NotAllowed,
            io::ErrorKind::ResourceBusy => PrintFault::Busy,
            io::ErrorKind::Unsupported => PrintFault::Unsupported,
            // A device file without a device behind it.
            _ => PrintFault::Offline,
        }
    }
}
