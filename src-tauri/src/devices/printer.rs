//! This machine's devices while the program runs; each does one thing at a time, on threads that may wait.

use std::sync::{Arc, Mutex, PoisonError};

use lobi_core::printout::Printout;
use lobi_core::speech::Language;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::fault::PrintFault;
use lobi_devices::printer::settings::PrinterSettings;
use lobi_devices::printer::status::Status;
use lobi_devices::printer::{Printed, Printer};
use lobi_devices::speaker::system::{Limits, Stopper, SystemSpeaker};
use lobi_devices::speaker::{SpeakFault, Speaker};

/// Printer and voice.
pub struct Devices {
    printer: Arc<Mutex<Option<EscposPrinter>>>,
    voice: Mutex<Option<Voice>>,
}

struct Voice {
    speaker: Arc<Mutex<SystemSpeaker>>,
    stopper: Stopper,
}

impl Devices {
    /// The devices of a machine with this printer.
    pub fn new(printer: Option<PrinterSettings>) -> Devices {
        Devices { printer: Arc::new(Mutex::new(printer.map(EscposPrinter::new))), voice: Mutex::default() }
    }

    /// Another printer from now on.
    pub fn set_printer(&self, printer: Option<PrinterSettings>) {
        *self.printer.lock().unwrap_or_else(PoisonError::into_inner) = printer.map(EscposPrinter::new);
    }

    /// Prints on this machine's printer, after what is being printed already.
    ///
    /// # Errors
    /// The printer's fault; [`PrintFault::NotFound`] when this machine has none.
    pub async fn print(&self, printout: Printout) -> Result<Printed, PrintFault> {
        self.with_printer(move |printer| printer.print(&printout)).await
    }

    /// How the printer is.
    ///
    /// # Errors
    /// As [`Devices::print`].
    pub async fn printer_status(&self) -> Result<Status, PrintFault> {
        self.with_printer(EscposPrinter::status).await
    }

    async fn with_printer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut EscposPrinter) -> Result<T, PrintFault> + Send + 'static,
    ) -> Result<T, PrintFault> {
        let printer = Arc::clone(&self.printer);
        let waits = move || {
            let mut printer = printer.lock().unwrap_or_else(PoisonError::into_inner);
            work(printer.as_mut().ok_or(PrintFault::NotFound)?)
        };
        tokio::task::spawn_blocking(waits).await.unwrap_or(Err(PrintFault::PrinterError))
    }

    /// Reads a sentence aloud; returns at its end. `volume` is 0–1.
    ///
    /// # Errors
    /// What is wrong with the machine's own voice.
    pub async fn say(&self, sentence: String, language: Language, volume: f32) -> Result<(), SpeakFault> {
        let speaker = {
            let mut voice = self.voice.lock().unwrap_or_else(PoisonError::into_inner);
            let voice = voice.get_or_insert_with(|| {
                let speaker = SystemSpeaker::start(Limits::default());
                Voice { stopper: speaker.stopper(), speaker: Arc::new(Mutex::new(speaker)) }
            });
            Arc::clone(&voice.speaker)
        };
        let waits = move || {
            let mut speaker = speaker.lock().unwrap_or_else(PoisonError::into_inner);
            speaker.say(&sentence, language, volume).map(|_| ())
        };
        tokio::task::spawn_blocking(waits).await.unwrap_or(Err(SpeakFault::Died))
    }

    /// Falls silent at once.
    pub fn hush(&self) {
        if let Some(voice) = self.voice.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            voice.stopper.stop();
        }
    }
}
