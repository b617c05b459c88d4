//! What the threads of a viewfinder share: the newest picture, how the camera does, and who wants to hear of it.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::camera::CameraFault;
use crate::camera::judge::Health;
use crate::scan::Frame;

/// What a viewfinder tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// A code came into view.
    Hit(Hit),
    /// The camera does better or worse than before.
    Health(Health),
}

/// A code that came into view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What the code says.
    pub text: String,
    /// When the frame was taken that it was read in, in milliseconds since the viewfinder was opened.
    pub taken: u64,
    /// When it was read, on the same clock.
    pub read: u64,
}

/// What the threads share.
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// When it was opened: the clock of every frame and hit.
    pub(super) start: Instant,
}

struct State {
    /// Rises with every frame and fault.
    number: u64,
    news: News,
    health: Health,
    listeners: Vec<Sender<Sight>>,
    closed: bool,
}

/// What came from the camera last.
#[derive(Clone)]
pub(super) enum News {
    /// Nothing yet.
    Nothing,
    /// A picture; see [`crate::camera::Camera::may_stand_still`].
    Frame { frame: Arc<Frame>, may_stand_still: bool },
    /// No picture.
    Fault { fault: CameraFault, at: u64 },
}

impl Shared {
    /// Nothing seen yet; opened at `start`.
    pub(super) fn new(start: Instant) -> Self {
        let state = State {
            number: 0,
            news: News::Nothing,
            health: Health::Starting,
            listeners: Vec::new(),
            closed: false,
        };
        Self { state: Mutex::new(state), changed: Condvar::new(), start }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new listener; it hears the health of now first.
    pub(super) fn subscribe(&self) -> Receiver<Sight> {
        let (send, receive) = mpsc::channel();
        let mut state = self.lock();
        let _ = send.send(Sight::Health(state.health));
        state.listeners.push(send);
        receive
    }

    /// How the camera does.
    pub(super) fn health(&self) -> Health {
        self.lock().health
    }

    /// Ends everything: whoever waits is woken, and listeners hear no more, also while a driver holds the capture.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.listeners.clear();
        self.changed.notify_all();
    }

    /// Tells the news; `false` when nobody wants any more.
    pub(super) fn publish(&self, news: News) -> bool {
        let mut state = self.lock();
        state.number += 1;
        state.news = news;
        self.changed.notify_all();
        !state.closed
    }

    /// Waits until `done` or the deadline. `None` when it was closed.
    fn wait<T>(&self, until: Instant, done: impl Fn(&State) -> Option<T>) -> Option<Option<T>> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            let left = until.saturating_duration_since(Instant::now());
            let found = done(&state);
            if found.is_some() || left.is_zero() {
                return Some(found);
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The news after the one with this number, if any came in time. `None` when it was closed.
    pub(super) fn news_after(&self, number: u64, until: Instant) -> Option<Option<(u64, News)>> {
        self.wait(until, |state| (state.number > number).then(|| (state.number, state.news.clone())))
    }

    /// The newest frame after the one with this number. `None` when none came in time, or it was closed.
    pub(super) fn frame_after(&self, number: u64, until: Instant) -> Option<(u64, Arc<Frame>)> {
        let newer = |state: &State| match &state.news {
            News::Frame { frame, .. } if state.number > number => Some((state.number, frame.clone())),
            _ => None,
        };
        self.wait(until, newer).flatten()
    }

    /// Waits for a moment. `false` when it was closed.
    pub(super) fn pause(&self, until: Instant) -> bool {
        self.wait(until, |_| None::<()>).is_some()
    }

    /// Notes how the camera does, and tells it where that is new.
    pub(super) fn tell_health(&self, health: Health) {
        {
            let mut state = self.lock();
            if state.health == health {
                return;
            }
            state.health = health;
        }
        match health {
            Health::Fault(fault) => tracing::warn!(fault = fault.code(), "camera trouble"),
            Health::Starting | Health::Ok => tracing::info!("camera delivers"),
        }
        self.tell(&Sight::Health(health));
    }

    /// Tells everybody who still listens.
    pub(super) fn tell(&self, sight: &Sight) {
        self.lock().listeners.retain(|listener| listener.send(sight.clone()).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_hears_the_end_when_the_camera_is_closed_also_while_its_driver_hangs() {
        let shared = Arc::new(Shared::new(Instant::now()));
        let sights = shared.subscribe();
        // A hanging driver: somebody still holds what the threads share.
        let _held = Arc::clone(&shared);
        shared.close();
        assert_eq!(sights.iter().collect::<Vec<_>>(), [Sight::Health(Health::Starting)]);
        assert!(!shared.publish(News::Nothing), "and the capture is told to end");
    }
}
