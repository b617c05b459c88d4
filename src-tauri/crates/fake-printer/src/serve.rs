//! The printer's plug: one connection at a time, as real ones; the rest of the callers wait, or are refused.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::manner::Manner;
use crate::mechanics::{self, Item, Shared};
use crate::modes::Modes;
use crate::paper::Paper;
use crate::splitter::Splitter;

/// How often a quiet connection looks whether it is over.
const GLANCE: Duration = Duration::from_millis(20);

/// A printer that listens until it is dropped.
pub struct FakePrinter {
    address: SocketAddr,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl FakePrinter {
    /// A healthy printer on a free port of this machine.
    ///
    /// # Errors
    /// Where no port can be had.
    pub fn start(manner: impl Into<Manner>) -> io::Result<FakePrinter> {
        FakePrinter::listen("127.0.0.1:0", manner, |_, _| {})
    }

    /// A healthy printer on that address. `collect` gets each paper with its number, from 1, on a thread of its own, so
    /// that a picture being drawn holds no status answer up.
    ///
    /// # Errors
    /// Where the address cannot be had.
    pub fn listen(
        address: impl ToSocketAddrs,
        manner: impl Into<Manner>,
        mut collect: impl FnMut(usize, &Paper) + Send + 'static,
    ) -> io::Result<FakePrinter> {
        let (listener, manner) = (TcpListener::bind(address)?, manner.into());
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let (out, papers) = mpsc::channel::<(usize, Paper)>();
        thread::Builder::new().name("fake-printer-out".into()).spawn(move || {
            papers.iter().for_each(|(number, paper)| collect(number, &paper));
        })?;
        let (moves, served) = (Arc::clone(&shared), Arc::clone(&shared));
        let motor = thread::Builder::new().name("fake-printer-motor".into());
        let plug = thread::Builder::new().name("fake-printer".into());
        let threads = vec![
            motor.spawn(move || mechanics::run(&moves, manner, &out))?,
            plug.spawn(move || accept(listener, address, manner, &served))?,
        ];
        Ok(FakePrinter { address, shared, threads })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, as Lobi's settings write it: `tcp://127.0.0.1:41234`.
    pub fn connection(&self) -> String {
        format!("tcp://{}", self.address)
    }

    /// Switches modes; the next byte meets them.
    pub fn set(&self, change: impl FnOnce(&mut Modes)) {
        change(&mut self.shared.lock().modes);
        self.shared.changed.notify_all();
    }

    /// All papers so far, in order.
    pub fn papers(&self) -> Vec<Paper> {
        self.shared.lock().papers.clone()
    }

    /// All papers once there are `count`, or as many as there are after `limit`.
    pub fn wait_for_papers(&self, count: usize, limit: Duration) -> Vec<Paper> {
        self.shared.wait_for(limit, |state| state.papers.len() >= count).papers.clone()
    }

    /// How many ticket bytes arrived since it started; questions do not count.
    pub fn received(&self) -> usize {
        self.shared.lock().received
    }

    /// How many status requests arrived since it started, answered or not.
    pub fn status_requests(&self) -> usize {
        self.shared.lock().status_requests
    }

    /// Commands and letters that it did not understand: a test fails on any.
    pub fn unknown(&self) -> Vec<String> {
        self.shared.lock().unknown.clone()
    }
}

impl Drop for FakePrinter {
    fn drop(&mut self) {
        self.shared.lock().over = true;
        self.shared.changed.notify_all();
        // Wakes the thread where it waits for a caller.
        let _woken = TcpStream::connect(self.address);
        for thread in self.threads.drain(..) {
            let _ended = thread.join();
        }
    }
}

fn accept(listener: TcpListener, address: SocketAddr, manner: Manner, shared: &Shared) {
    let mut listening = Some(listener);
    loop {
        let Some(listener) = listening.take().or_else(|| again(address, shared)) else { return };
        let Ok((stream, _)) = listener.accept() else { continue };
        if shared.lock().over {
            return;
        }
        // One that refuses has no door for a second caller.
        if manner.refuses {
            drop(listener);
        } else {
            listening = Some(listener);
        }
        // A connection that breaks is the caller's business, as with a real printer.
        let _ended = serve(&stream, manner, shared);
        let _closed = stream.shutdown(Shutdown::Both);
        let mut state = shared.lock();
        state.caller = None;
        state.ended += 1;
        state.buffer.push_back(Item::End);
        shared.changed.notify_all();
        drop(state);
        // The paper of one is torn off before the next one's begins.
        drop(shared.wait_until(|state| state.ended == 0));
    }
}

/// Opens the door again.
fn again(address: SocketAddr, shared: &Shared) -> Option<TcpListener> {
    while !shared.lock().over {
        if let Ok(listener) = TcpListener::bind(address) {
            return Some(listener);
        }
        thread::sleep(GLANCE);
    }
    None
}

/// Serves one caller until one of the two hangs up.
fn serve(mut stream: &TcpStream, manner: Manner, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(GLANCE))?;
    shared.lock().caller = Some(stream.try_clone()?);
    let (mut ticket_bytes, mut splitter) = (0, Splitter::new(manner));
    let mut buffer = [0; 1024];
    loop {
        let slow = shared.lock().modes.slow;
        let take = slow.map_or(buffer.len(), |rate| (rate as usize / 50).clamp(1, buffer.len()));
        let count = match stream.read(&mut buffer[..take]) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                if shared.lock().over {
                    return Ok(());
                }
                continue;
            }
            Err(error) => return Err(error),
        };
        if let Some(rate) = slow {
            // The line is slow, not the test: this is what the mode is for.
            thread::sleep(Duration::from_secs_f64(count as f64 / rate as f64));
        }
        for byte in &buffer[..count] {
            for command in splitter.take(*byte) {
                let mut state = shared.lock();
                if let [0x10, 0x04, request] = *command {
                    state.status_requests += 1;
                    let answer =
                        state.modes.status(request).filter(|_| manner.speaks && !state.modes.mute_status);
                    drop(state);
                    stream.write_all(answer.as_slice())?;
                    continue;
                }
                let asks = command.starts_with(&[0x1d, b'r']) && manner.speaks;
                for byte in command {
                    if !asks {
                        if state.modes.hang_up_at.is_some_and(|at| ticket_bytes >= at) {
                            return Ok(());
                        }
                        ticket_bytes += 1;
                        state.received += 1;
                    }
                    state.buffer.push_back(Item::Byte(byte));
                }
                shared.changed.notify_all();
                if state.modes.hang_up_at.is_some_and(|at| at > 0 && ticket_bytes >= at) {
                    return Ok(());
                }
            }
        }
    }
}
