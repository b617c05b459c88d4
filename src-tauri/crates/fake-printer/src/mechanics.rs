//! The moving parts: a buffer in front, a motor that takes its time, a roll that ends, and the knife.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::commands::{Commands, Effect, LINE};
use crate::manner::Manner;
use crate::modes::Modes;
use crate::paper::Paper;

/// What waits in the buffer.
pub(crate) enum Item {
    /// A byte, not yet printed.
    Byte(u8),
    /// The caller hung up here.
    End,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) modes: Modes,
    pub(crate) papers: Vec<Paper>,
    pub(crate) unknown: Vec<String>,
    pub(crate) received: usize,
    pub(crate) status_requests: usize,
    pub(crate) buffer: VecDeque<Item>,
    /// Callers that hung up and whose paper is not torn off yet.
    pub(crate) ended: usize,
    /// Who hears answers.
    pub(crate) caller: Option<std::net::TcpStream>,
    pub(crate) over: bool,
}

impl State {
    /// What the motor does next; nothing while it stands still.
    fn next(&mut self) -> Option<Item> {
        if !self.modes.can_print() {
            if self.ended == 0 {
                return None;
            }
            // Nobody waits for it any more, and nobody wants it later.
            while matches!(self.buffer.front(), Some(Item::Byte(_))) {
                self.buffer.pop_front();
            }
        }
        self.buffer.pop_front()
    }
}

#[derive(Default)]
pub(crate) struct Shared {
    state: Mutex<State>,
    pub(crate) changed: Condvar,
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until this is so.
    pub(crate) fn wait_until(&self, mut so: impl FnMut(&State) -> bool) -> MutexGuard<'_, State> {
        let waited = self.changed.wait_while(self.lock(), |state| !state.over && !so(state));
        waited.unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, for so long.
    pub(crate) fn wait_for(
        &self,
        limit: Duration,
        mut so: impl FnMut(&State) -> bool,
    ) -> MutexGuard<'_, State> {
        let waited = self.changed.wait_timeout_while(self.lock(), limit, |state| !so(state));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Prints what the buffer holds until the printer is no more.
pub(crate) fn run(shared: &Arc<Shared>, manner: Manner, out: &Sender<(usize, Paper)>) {
    let (mut commands, mut bytes) = (Commands::new(manner), 0);
    loop {
        let item = {
            let idle =
                |state: &State| !state.buffer.is_empty() && (state.modes.can_print() || state.ended > 0);
            let mut state = shared.wait_until(idle);
            if state.over {
                return;
            }
            state.next()
        };
        match item {
            None => {}
            Some(Item::End) => {
                bytes = 0;
                let torn = commands.tear();
                let mut state = shared.lock();
                state.unknown.extend(commands.take_unknown());
                if let Some(torn) = torn {
                    keep(&mut state, torn, out);
                }
                state.ended -= 1;
                shared.changed.notify_all();
            }
            Some(Item::Byte(byte)) => {
                bytes += 1;
                let before = commands.rows();
                let effect = commands.take(byte);
                let moved = commands.rows().saturating_sub(before);
                // The motor takes its time; that is what the speed is for.
                let pause = shared.lock().modes.lines_per_second.map(|speed| seconds(moved, speed));
                pause.into_iter().for_each(thread::sleep);
                roll(&mut shared.lock(), bytes, moved);
                act(shared, &mut commands, effect, out);
            }
        }
    }
}

fn seconds(rows: usize, lines_per_second: u64) -> Duration {
    Duration::from_secs_f64(rows as f64 / (LINE as f64 * lines_per_second as f64))
}

/// The roll gets shorter, and ends.
fn roll(state: &mut State, bytes: usize, moved: usize) {
    let modes = &mut state.modes;
    if let Some(left) = &mut modes.paper_rows {
        *left = left.saturating_sub(moved);
    }
    if modes.paper_ends_at.is_some_and(|at| bytes >= at) || modes.paper_rows == Some(0) {
        modes.out_of_paper = true;
        (modes.paper_ends_at, modes.paper_rows) = (None, None);
    }
    if modes.cover_opens_at.is_some_and(|at| bytes >= at) {
        modes.cover_open = true;
        modes.cover_opens_at = None;
    }
}

fn act(shared: &Shared, commands: &mut Commands, effect: Option<Effect>, out: &Sender<(usize, Paper)>) {
    match effect {
        Some(Effect::Cut(paper)) => {
            let mut state = shared.lock();
            state.unknown.extend(commands.take_unknown());
            keep(&mut state, *paper, out);
            shared.changed.notify_all();
        }
        Some(Effect::Queued(kind)) => {
            let state = shared.lock();
            let answer =
                state.modes.queued(kind).filter(|_| !state.modes.mute_status && !state.modes.mute_queued);
            if let (Some(answer), Some(mut caller)) = (answer, state.caller.as_ref()) {
                let _hung_up = caller.write_all(&[answer]);
            }
        }
        None => {}
    }
}

fn keep(state: &mut State, paper: Paper, out: &Sender<(usize, Paper)>) {
    state.papers.push(paper.clone());
    // Nobody collects any more where the collector panicked; the paper is kept all the same.
    let _collected = out.send((state.papers.len(), paper));
}
