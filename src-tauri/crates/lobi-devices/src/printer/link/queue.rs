//! A print queue of Windows, used raw: the printer's own driver passes the bytes on. The queue takes a ticket whole
//! and tells only what Windows knows of the printer.

#[cfg(not(windows))]
pub(in crate::printer) fn open(
    _name: &str,
) -> Result<Box<dyn super::Link>, crate::printer::fault::PrintFault> {
    Err(crate::printer::fault::PrintFault::Unsupported)
}

#[cfg(windows)]
pub(in crate::printer) use windows::open;

#[cfg(windows)]
mod windows {
    use std::io;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use printers::common::base::job::PrinterJobOptions;

    use super::super::{Link, silence};
    use crate::printer::fault::PrintFault;
    use crate::printer::status::{Paper, Status};

    struct Queue {
        name: String,
    }

    pub(in crate::printer) fn open(name: &str) -> Result<Box<dyn Link>, PrintFault> {
        let known = printers::get_printers().into_iter().any(|printer| printer.name == name);
        if known { Ok(Box::new(Queue { name: name.to_owned() })) } else { Err(PrintFault::NotFound) }
    }

    impl Link for Queue {
        /// The spooler knows no limit, so the job is handed over beside.
        fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
            let (name, job, count) = (self.name.clone(), bytes.to_vec(), bytes.len());
            let (done, taken) = mpsc::channel();
            thread::Builder::new().name("print-queue".into()).spawn(move || {
                let options = PrinterJobOptions { name: Some("Lobi"), ..PrinterJobOptions::none() };
                let outcome = printers::get_printer_by_name(&name)
                    .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
                    .and_then(|queue| {
                        queue.print(&job, options).map_err(|error| io::Error::other(error.message))
                    });
                let _late = done.send(outcome);
            })?;
            taken.recv_timeout(limit).map_err(|_| silence())?.map(|_job| count)
        }

        fn read(&mut self, _buffer: &mut [u8], _limit: Duration) -> io::Result<usize> {
            Err(silence())
        }

        fn talks_back(&self) -> bool {
            false
        }

        fn system_status(&mut self) -> Option<Status> {
            let queue = printers::get_printers().into_iter().find(|printer| printer.name == self.name)?;
            let says = |reason: &str| queue.state_reasons.iter().any(|said| said == reason);
            let mut status = Status::UNKNOWN;
            status.cover_open = says("door_open");
            if says("paper_out") {
                status.paper = Paper::Out;
            }
            status.error = says("error") || says("paper_jam");
            status.online = !(says("offline") || says("not_available") || says("paused"));
            // Windows says "ready" of every printer whose driver does not report, so only a complaint is news.
            status.known = status.fault().is_some();
            status.known.then_some(status)
        }
    }
}
