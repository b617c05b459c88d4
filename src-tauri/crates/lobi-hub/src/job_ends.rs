//! Somebody may wait for a durable job to end: the caller who asked for a paper.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot;

/// How a job ended, for somebody who waits for it.
pub type Outcome = Result<(), String>;

/// Who waits for the end of which job.
#[derive(Default)]
pub struct JobEnds(Mutex<Ends>);

/// The waiting, and how the last ones ended.
#[derive(Default)]
struct Ends {
    waiting: HashMap<i64, Vec<oneshot::Sender<Outcome>>>,
    /// A job may end before whoever enqueued it has heard its number.
    lately: VecDeque<(i64, Outcome)>,
}

/// How many ended jobs are remembered.
const LATELY: usize = 64;

impl JobEnds {
    /// Waits for the end of a job that was enqueued just now.
    pub fn outcome(&self, id: i64) -> oneshot::Receiver<Outcome> {
        let (told, hears) = oneshot::channel();
        let mut ends = self.lock();
        match ends.lately.iter().find(|(ended, _)| *ended == id) {
            Some((_, outcome)) => {
                let _ = told.send(outcome.clone());
            }
            None => ends.waiting.entry(id).or_default().push(told),
        }
        hears
    }

    /// How many jobs somebody waits for.
    pub fn awaited(&self) -> usize {
        self.lock().waiting.len()
    }

    /// A job ended.
    pub(crate) fn tell(&self, id: i64, outcome: &Outcome) {
        let mut ends = self.lock();
        for waiter in ends.waiting.remove(&id).unwrap_or_default() {
            // Who hung up does not want to know.
            let _ = waiter.send(outcome.clone());
        }
        ends.lately.push_back((id, outcome.clone()));
        if ends.lately.len() > LATELY {
            ends.lately.pop_front();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Ends> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
