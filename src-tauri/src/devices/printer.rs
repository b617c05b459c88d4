//! This machine's printer: one paper after the other.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use lobi_core::printout::Printout;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::PrinterSettings;
use lobi_devices::printer::status::Status;
use lobi_devices::printer::{NullPrinter, Printed, Printer};

/// How long a paper waits for a printer that another program has; less than the kiosk's page waits for a paper.
const BUSY: Duration = Duration::from_secs(20);
/// The pause before such a printer is asked again.
const AGAIN: Duration = Duration::from_millis(500);

type Held = Arc<Mutex<Box<dyn Printer>>>;

/// The printer.
pub struct Printing(RwLock<Held>);

impl Printing {
    /// The printer of these settings; without any, one that is not there.
    pub fn new(settings: Option<PrinterSettings>) -> Printing {
        Printing(RwLock::new(held(settings)))
    }

    /// Another printer from now on. A paper that is being printed comes out of the old one.
    pub fn set(&self, settings: Option<PrinterSettings>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = held(settings);
    }

    /// Prints, after what is being printed already. While another program has the printer, the paper waits, for a time.
    ///
    /// # Errors
    /// The printer's fault; [`PrintFault::NotFound`] when this machine has none.
    pub async fn print(&self, printout: Printout) -> Result<Printed, PrintFault> {
        self.with_printer(move |printer| {
            let until = Instant::now() + BUSY;
            loop {
                match printer.print(&printout) {
                    Err(PrintFault::Busy) if Instant::now() < until => thread::sleep(AGAIN),
                    outcome => return outcome,
                }
            }
        })
        .await
    }

    /// How the printer is.
    ///
    /// # Errors
    /// As [`Printing::print`].
    pub async fn status(&self) -> Result<Status, PrintFault> {
        self.with_printer(|printer| printer.status()).await
    }

    async fn with_printer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Printer) -> Result<T, PrintFault> + Send + 'static,
    ) -> Result<T, PrintFault> {
        let printer = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        let waits = move || work(&mut **printer.lock().unwrap_or_else(PoisonError::into_inner));
        tokio::task::spawn_blocking(waits).await.unwrap_or(Err(PrintFault::PrinterError))
    }
}

fn held(settings: Option<PrinterSettings>) -> Held {
    let printer: Box<dyn Printer> = match settings {
        // Whoever set the machine up has seen it print.
        Some(settings) => Box::new(EscposPrinter::new(settings).known()),
        None => Box::new(NullPrinter),
    };
    Arc::new(Mutex::new(printer))
}

/// Prints once on a printer that is only being chosen.
///
/// # Errors
/// The printer's fault.
pub async fn print_once(settings: PrinterSettings, printout: Printout) -> Result<Printed, PrintFault> {
    let print = move || EscposPrinter::new(settings).print(&printout);
    tokio::task::spawn_blocking(print).await.unwrap_or(Err(PrintFault::PrinterError))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// Begins a paper, and ends it when it is told to.
    struct Double {
        begun: Sender<&'static str>,
        go_on: Receiver<()>,
    }

    impl Printer for Double {
        fn print(&mut self, _printout: &Printout) -> Result<Printed, PrintFault> {
            self.begun.send("begun").unwrap();
            self.go_on.recv().unwrap();
            self.begun.send("ended").unwrap();
            Ok(Printed { warning: None, bytes: 7 })
        }

        fn status(&mut self) -> Result<Status, PrintFault> {
            Err(PrintFault::CoverOpen)
        }
    }

    fn double() -> (Arc<Printing>, Receiver<&'static str>, Sender<()>) {
        let ((begun, told), (say, go_on)) = (channel(), channel());
        let printer: Box<dyn Printer> = Box::new(Double { begun, go_on });
        (Arc::new(Printing(RwLock::new(Arc::new(Mutex::new(printer))))), told, say)
    }

    fn a_paper() -> Printout {
        Printout { lines: Vec::new() }
    }

    #[tokio::test]
    async fn a_machine_without_a_printer_says_that_there_is_none() {
        let printing = Printing::new(None);
        assert_eq!(printing.print(a_paper()).await, Err(PrintFault::NotFound));
        assert_eq!(printing.status().await, Err(PrintFault::NotFound));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn papers_come_out_one_after_the_other() {
        let (printing, told, say) = double();
        let print = || {
            let printing = Arc::clone(&printing);
            tokio::spawn(async move { printing.print(a_paper()).await })
        };
        let papers = [print(), print()];
        say.send(()).unwrap();
        say.send(()).unwrap();
        for paper in papers {
            assert_eq!(paper.await.unwrap().unwrap().bytes, 7);
        }
        assert_eq!(told.try_iter().collect::<Vec<_>>(), ["begun", "ended", "begun", "ended"]);
        assert_eq!(printing.status().await, Err(PrintFault::CoverOpen));
    }

    /// Serves another program, and is free when it is asked again.
    struct Shared(u32);

    impl Printer for Shared {
        fn print(&mut self, _printout: &Printout) -> Result<Printed, PrintFault> {
            self.0 += 1;
            if self.0 == 1 { Err(PrintFault::Busy) } else { Ok(Printed { warning: None, bytes: 7 }) }
        }

        fn status(&mut self) -> Result<Status, PrintFault> {
            Err(PrintFault::Busy)
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_paper_waits_for_a_printer_that_another_program_has() {
        let printer: Box<dyn Printer> = Box::new(Shared(0));
        let printing = Printing(RwLock::new(Arc::new(Mutex::new(printer))));
        assert_eq!(printing.print(a_paper()).await.unwrap().bytes, 7);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn choosing_another_printer_waits_for_no_paper_and_loses_none() {
        let (printing, told, say) = double();
        let paper = tokio::spawn({
            let printing = Arc::clone(&printing);
            async move { printing.print(a_paper()).await }
        });
        assert_eq!(tokio::task::block_in_place(|| told.recv()), Ok("begun"));
        printing.set(None);
        assert_eq!(printing.print(a_paper()).await, Err(PrintFault::NotFound), "the new one");
        say.send(()).unwrap();
        assert_eq!(paper.await.unwrap().unwrap().bytes, 7);
    }
}
