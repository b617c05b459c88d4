//! What a printer says about itself (`DLE EOT` 1 to 4, Epson's table), and what that means for a ticket.

use serde::{Deserialize, Serialize};

use super::fault::PrintFault;

/// How a printer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Whether it said anything. Many cheap printers do not, and print all the same.
    pub known: bool,
    /// Whether it is ready.
    pub online: bool,
    /// Whether the cover is open.
    pub cover_open: bool,
    /// How much paper there is.
    pub paper: Paper,
    /// Whether the cutter is stuck.
    pub cutter_error: bool,
    /// Whether it reports another error.
    pub error: bool,
}

/// How much paper there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// Enough, or the printer has no sensor.
    Enough,
    /// The roll is nearly used up.
    NearEnd,
    /// None.
    Out,
}

impl Status {
    /// A printer that says nothing: it is taken to be well.
    pub const UNKNOWN: Status = Status {
        known: false,
        online: true,
        cover_open: false,
        paper: Paper::Enough,
        cutter_error: false,
        error: false,
    };

    /// Why it cannot print; nothing where it can. The fault that a person sees and mends first comes first. A printer that
    /// calls itself offline and names no reason is believed to print: some never say anything else.
    pub fn fault(&self) -> Option<PrintFault> {
        match self {
            Status { cover_open: true, .. } => Some(PrintFault::CoverOpen),
            Status { paper: Paper::Out, .. } => Some(PrintFault::OutOfPaper),
            Status { cutter_error: true, .. } => Some(PrintFault::Cutter),
            Status { error: true, .. } => Some(PrintFault::PrinterError),
            _ => None,
        }
    }

    /// Takes the answer to `DLE EOT request` in.
    pub(crate) fn learn(&mut self, request: u8, answer: u8) {
        self.known = true;
        let says = |mask: u8| answer & mask != 0;
        match request {
            1 => self.online = !says(0x08),
            2 => {
                self.cover_open |= says(0x04);
                if says(0x20) {
                    self.paper = Paper::Out;
                }
                self.error |= says(0x40) && !says(0x24);
            }
            3 => {
                self.cutter_error |= says(0x08);
                self.error |= says(0x20) || says(0x40);
            }
            _ if says(0x60) => self.paper = Paper::Out,
            _ if says(0x0c) && self.paper == Paper::Enough => self.paper = Paper::NearEnd,
            _ => {}
        }
    }

    /// Takes the answer to [`QUEUED`] in.
    pub(crate) fn learn_queued(&mut self, answer: u8) {
        if answer & 0x0c != 0 {
            self.paper = Paper::Out;
        } else if answer & 0x03 != 0 && self.paper == Paper::Enough {
            self.paper = Paper::NearEnd;
        }
    }
}

/// `GS r 1`: how the paper is, answered only when everything before it is on paper.
pub(crate) const QUEUED: [u8; 3] = [0x1d, b'r', 1];

/// The request for part 1 to 4 of the status. It is answered at once, even while printing.
pub(crate) fn request(part: u8) -> [u8; 3] {
    [0x10, 0x04, part]
}

/// What a byte from the printer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The answer to a part of the status: `0xx1xx10`.
    Status(u8),
    /// The answer to [`QUEUED`]: `0xx0xxxx`.
    Queued(u8),
    /// The first of the four bytes of a report that nobody asked for (automatic status back): `0xx1xx00`.
    Report,
    /// Flow control, and what no table knows.
    Other,
}

/// Tells them apart.
pub(crate) fn said(byte: u8) -> Said {
    match byte {
        _ if byte & 0b1001_0011 == 0b0001_0010 => Said::Status(byte),
        _ if byte & 0b1001_0011 == 0b0001_0000 => Said::Report,
        _ if byte & 0b1001_0000 == 0 => Said::Queued(byte),
        _ => Said::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(answers: [u8; 4]) -> Status {
        let mut status = Status::UNKNOWN;
        for (request, answer) in (1..).zip(answers) {
            assert_eq!(said(answer), Said::Status(answer));
            status.learn(request, answer);
        }
        status
    }

    #[test]
    fn each_answer_means_one_thing_to_do() {
        assert_eq!(learned([0x12; 4]).fault(), None);
        assert_eq!(learned([0x1a, 0x32, 0x12, 0x7e]).fault(), Some(PrintFault::OutOfPaper));
        assert_eq!(learned([0x1a, 0x16, 0x12, 0x12]).fault(), Some(PrintFault::CoverOpen));
        assert_eq!(learned([0x1a, 0x52, 0x1a, 0x12]).fault(), Some(PrintFault::Cutter));
        assert_eq!(learned([0x1a, 0x52, 0x32, 0x12]).fault(), Some(PrintFault::PrinterError));
        assert_eq!(learned([0x1a, 0x52, 0x12, 0x12]).fault(), Some(PrintFault::PrinterError));
    }

    #[test]
    fn a_printer_that_is_offline_for_no_reason_prints() {
        for first in [0x1a, 0x3a, 0x5a, 0x7a, 0x1e, 0x16, 0x36] {
            assert_eq!(learned([first, 0x12, 0x12, 0x12]).fault(), None, "{first:02x}");
        }
        // Paper fed by its button, no automatic recovery, a drawer: none of these keeps paper from coming out.
        assert_eq!(learned([0x1a, 0x1a, 0x12, 0x12]).fault(), None);
        assert_eq!(learned([0x1a, 0x12, 0x12, 0x1e]).fault(), None);
    }

    #[test]
    fn what_stands_behind_the_ticket_in_the_line_tells_of_the_paper() {
        let after = |answer| {
            let mut status = Status::UNKNOWN;
            status.learn_queued(answer);
            status.paper
        };
        assert_eq!(
            [0x00, 0x03, 0x0c, 0x0f].map(after),
            [Paper::Enough, Paper::NearEnd, Paper::Out, Paper::Out]
        );
    }

    #[test]
    fn little_paper_is_no_fault() {
        let status = learned([0x12, 0x12, 0x12, 0x1e]);
        assert_eq!((status.paper, status.fault()), (Paper::NearEnd, None));
    }

    #[test]
    fn flow_control_and_unasked_reports_are_no_answers() {
        for byte in [0x11, 0x13, 0xff, 0x80, 0x92] {
            assert_eq!(said(byte), Said::Other, "{byte:02x}");
        }
        for byte in [0x10, 0x14, 0x18, 0x30] {
            assert_eq!(said(byte), Said::Report, "{byte:02x}");
        }
        for byte in [0x00, 0x03, 0x0c, 0x0f] {
            assert_eq!(said(byte), Said::Queued(byte), "{byte:02x}");
        }
    }
}
