//! A ticket knows its paper: asked for, printed, or failed with the printer's reason.

use crate::names::named;

named! {
    /// Where a ticket's paper stands.
    #[derive(Default)]
    pub enum PaperState {
        /// Nobody asked for paper: taken on a phone, or at a kiosk without a printer.
        #[default]
        None = "none",
        /// A printer was asked; no word from it yet.
        Queued = "queued",
        /// On paper.
        Printed = "printed",
        /// The printer could not; the fault says why.
        Failed = "failed",
    }
}

/// What a printer reports about a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperReport {
    /// A printer is asked now.
    Queued,
    /// It is on paper, whole.
    Printed,
    /// It is not, for this reason (a printer's fault code such as `out_of_paper`).
    Failed(String),
}

/// Whether the paper may have come out all the same: the connection broke, or the fault came while it was printed, as
/// with a roll that ends in the ticket's last lines (`out_of_paper_midway`).
fn broke_while_printing(fault: &str) -> bool {
    fault == "hung_up" || fault.ends_with("_midway")
}

/// A ticket's paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Where it stands.
    pub state: PaperState,
    /// Why the last try failed.
    pub fault: Option<String>,
    /// How many copies followed the first paper; each says SALINAN.
    pub copies: u32,
}

impl Paper {
    /// Whether the next printout is a copy: somebody may hold the first paper already, also when something broke while
    /// it was printed.
    pub fn next_is_copy(&self) -> bool {
        let broke =
            self.state == PaperState::Failed && self.fault.as_deref().is_some_and(broke_while_printing);
        self.state == PaperState::Printed || self.copies > 0 || broke
    }

    /// The paper after a report. A failed copy does not unmake the first paper.
    pub fn after(&self, report: PaperReport) -> Paper {
        let held = self.next_is_copy();
        match report {
            PaperReport::Queued if held => self.clone(),
            PaperReport::Queued => Paper { state: PaperState::Queued, fault: None, ..self.clone() },
            PaperReport::Printed => {
                Paper { state: PaperState::Printed, fault: None, copies: self.copies + u32::from(held) }
            }
            PaperReport::Failed(fault) if held => Paper { fault: Some(fault), ..self.clone() },
            PaperReport::Failed(fault) => {
                Paper { state: PaperState::Failed, fault: Some(fault), ..self.clone() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_asked_for_then_printed() {
        let queued = Paper::default().after(PaperReport::Queued);
        assert_eq!(queued.state, PaperState::Queued);
        assert!(!queued.next_is_copy());
        let printed = queued.after(PaperReport::Printed);
        assert_eq!(printed, Paper { state: PaperState::Printed, fault: None, copies: 0 });
        assert!(printed.next_is_copy());
    }

    #[test]
    fn a_failed_paper_printed_later_is_no_copy() {
        let failed =
            Paper::default().after(PaperReport::Queued).after(PaperReport::Failed("out_of_paper".into()));
        assert_eq!((failed.state, failed.fault.as_deref()), (PaperState::Failed, Some("out_of_paper")));
        assert!(!failed.next_is_copy());
        assert_eq!(
            failed.after(PaperReport::Printed),
            Paper { state: PaperState::Printed, fault: None, copies: 0 }
        );
    }

    #[test]
    fn a_paper_that_may_have_come_out_is_followed_by_a_copy() {
        for fault in ["hung_up", "out_of_paper_midway"] {
            let broke = Paper::default().after(PaperReport::Queued).after(PaperReport::Failed(fault.into()));
            assert!(broke.next_is_copy());
            let printed = broke.after(PaperReport::Printed);
            assert_eq!((printed.state, printed.copies), (PaperState::Printed, 1));
        }
    }

    #[test]
    fn every_further_paper_is_a_counted_copy() {
        let printed = Paper::default().after(PaperReport::Printed);
        let twice =
            printed.after(PaperReport::Queued).after(PaperReport::Printed).after(PaperReport::Printed);
        assert_eq!((twice.state, twice.copies), (PaperState::Printed, 2));
    }

    #[test]
    fn a_copy_that_fails_leaves_the_first_paper_printed() {
        let after = Paper::default().after(PaperReport::Printed).after(PaperReport::Failed("offline".into()));
        assert_eq!(
            (after.state, after.fault.as_deref(), after.copies),
            (PaperState::Printed, Some("offline"), 0)
        );
    }
}
