//! The printer's plug: one connection at a time, as real ones; the rest of the callers wait.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::commands::{Commands, Effect};
use crate::modes::Modes;
use crate::paper::{Paper, Width};

/// How often a quiet connection looks whether it is over.
const GLANCE: Duration = Duration::from_millis(20);

/// A printer that listens until it is dropped.
pub struct FakePrinter {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    over: AtomicBool,
}

#[derive(Default)]
struct State {
    modes: Modes,
    papers: Vec<Paper>,
    unknown: Vec<String>,
    received: usize,
    status_requests: usize,
}

impl FakePrinter {
    /// A healthy printer on a free port of this machine.
    ///
    /// # Errors
    /// Where no port can be had.
    pub fn start(width: Width) -> io::Result<FakePrinter> {
        FakePrinter::listen("127.0.0.1:0", width, |_, _| {})
    }

    /// A healthy printer on that address. `collect` gets each paper with its number, from 1, on a thread of its own, so
    /// that a picture being drawn holds no status answer up.
    ///
    /// # Errors
    /// Where the address cannot be had.
    pub fn listen(
        address: impl ToSocketAddrs,
        width: Width,
        mut collect: impl FnMut(usize, &Paper) + Send + 'static,
    ) -> io::Result<FakePrinter> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let (out, papers) = mpsc::channel::<(usize, Paper)>();
        thread::Builder::new().name("fake-printer-out".into()).spawn(move || {
            papers.iter().for_each(|(number, paper)| collect(number, &paper));
        })?;
        let served = Arc::clone(&shared);
        let thread = thread::Builder::new().name("fake-printer".into()).spawn(move || {
            let mut commands = Commands::new(width);
            for stream in listener.incoming().map_while(Result::ok) {
                if served.over.load(Ordering::Acquire) {
                    return;
                }
                // A connection that breaks is the caller's business, as with a real printer.
                let _ended = serve(stream, &mut commands, &served, &out);
                served.lock().unknown.extend(commands.take_unknown());
                if let Some(torn) = commands.tear() {
                    served.keep(torn, &out);
                }
            }
        })?;
        Ok(FakePrinter { address, shared, thread: Some(thread) })
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
    }

    /// All papers so far, in order.
    pub fn papers(&self) -> Vec<Paper> {
        self.shared.lock().papers.clone()
    }

    /// All papers once there are `count`, or as many as there are after `limit`.
    pub fn wait_for_papers(&self, count: usize, limit: Duration) -> Vec<Paper> {
        let state = self.shared.lock();
        let fewer = |state: &mut State| state.papers.len() < count;
        let waited = self.shared.changed.wait_timeout_while(state, limit, fewer);
        waited.unwrap_or_else(PoisonError::into_inner).0.papers.clone()
    }

    /// How many ticket bytes arrived since it started; status requests do not count.
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
        self.shared.over.store(true, Ordering::Release);
        // Wakes the thread where it waits for a caller.
        let _woken = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, paper: Paper, out: &mpsc::Sender<(usize, Paper)>) {
        let mut state = self.lock();
        state.papers.push(paper.clone());
        self.changed.notify_all();
        // Nobody collects any more where the collector panicked; the paper is kept all the same.
        let _collected = out.send((state.papers.len(), paper));
    }
}

/// Serves one caller until one of the two hangs up.
fn serve(
    mut stream: TcpStream,
    commands: &mut Commands,
    shared: &Shared,
    out: &mpsc::Sender<(usize, Paper)>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(GLANCE))?;
    let (mut ticket_bytes, mut status_left) = (0, 0);
    let mut buffer = [0; 1024];
    loop {
        let slow = shared.lock().modes.slow;
        let take = slow.map_or(buffer.len(), |rate| (rate as usize / 50).clamp(1, buffer.len()));
        let count = match stream.read(&mut buffer[..take]) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                if shared.over.load(Ordering::Acquire) {
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
            if status_left == 0 && *byte == 0x10 && commands.is_between_commands() {
                status_left = 3;
            }
            let mut prints = true;
            if status_left > 0 {
                status_left -= 1;
            } else {
                let mut state = shared.lock();
                if state.modes.hang_up_at.is_some_and(|at| ticket_bytes >= at) {
                    return stream.shutdown(Shutdown::Both);
                }
                ticket_bytes += 1;
                state.received += 1;
                if state.modes.paper_ends_at.is_some_and(|at| ticket_bytes > at) {
                    state.modes.out_of_paper = true;
                }
                prints = state.modes.can_print();
            }
            let effect = if prints { commands.take(*byte) } else { commands.lose() };
            match effect {
                Some(Effect::Cut(paper)) => {
                    shared.lock().unknown.extend(commands.take_unknown());
                    shared.keep(*paper, out);
                }
                Some(Effect::Status(request)) => {
                    let mut state = shared.lock();
                    state.status_requests += 1;
                    let answer = state.modes.status(request).filter(|_| !state.modes.mute_status);
                    drop(state);
                    stream.write_all(answer.as_slice())?;
                }
                None => {}
            }
            if shared.lock().modes.hang_up_at.is_some_and(|at| at > 0 && ticket_bytes >= at) {
                return stream.shutdown(Shutdown::Both);
            }
        }
    }
}
