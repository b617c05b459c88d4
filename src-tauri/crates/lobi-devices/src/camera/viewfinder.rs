//! A camera at work: one thread captures, one decodes and judges, and whoever likes takes the newest frame.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::camera::judge::{Health, Judge, Patience};
use crate::camera::preview::Preview;
use crate::camera::{CameraFault, Source, open, since};
use crate::scan::{Frame, Scanner};

/// What to look through, and how patiently.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where pictures come from.
    pub source: Source,
    /// Frames a second of a file, where not its own.
    pub fps: Option<f32>,
    /// When a picture is black or frozen.
    pub patience: Patience,
    /// A code is told again after it left for so many milliseconds.
    pub gone_after: u64,
    /// Between the beginnings of two searches for codes, at least; searching takes at most half of the time.
    pub search_every: Duration,
    /// How long a failed camera is left alone, at first and at most: twice as long after each failure.
    pub retry: (Duration, Duration),
}

impl Settings {
    /// The usual patience.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            fps: None,
            patience: Patience::default(),
            gone_after: 1_500,
            search_every: Duration::from_millis(80),
            retry: (Duration::from_millis(250), Duration::from_secs(2)),
        }
    }
}

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

/// The camera at work. Dropping it ends the capture.
pub struct Viewfinder {
    shared: Arc<Shared>,
}

/// What the threads share.
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    start: Instant,
}

struct State {
    /// Rises with every frame and fault.
    number: u64,
    news: News,
    health: Health,
    listeners: Vec<Sender<Sight>>,
    closed: bool,
}

#[derive(Clone)]
enum News {
    Nothing,
    Frame { frame: Arc<Frame>, may_stand_still: bool },
    Fault { fault: CameraFault, at: u64 },
}

impl Viewfinder {
    /// Starts to capture and decode; returns at once. A camera that is not there is waited for. What comes with it
    /// hears everything from the first frame on; see [`Self::subscribe`].
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn open(settings: Settings) -> std::io::Result<(Self, Receiver<Sight>)> {
        let state = State {
            number: 0,
            news: News::Nothing,
            health: Health::Starting,
            listeners: Vec::new(),
            closed: false,
        };
        let shared =
            Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), start: Instant::now() });
        let viewfinder = Self { shared: shared.clone() };
        let sights = viewfinder.subscribe();
        let (to_capture, about) = (shared.clone(), settings.clone());
        // Not joined: a driver may hold the capture for ever.
        thread::Builder::new().name("camera".to_owned()).spawn(move || capture(&to_capture, &about))?;
        thread::Builder::new().name("scanner".to_owned()).spawn(move || watch(&shared, &settings))?;
        Ok((viewfinder, sights))
    }

    /// Every hit and every change of health from now on; the health of now comes first. A code that was in view
    /// before is not told again.
    pub fn subscribe(&self) -> Receiver<Sight> {
        let (send, receive) = mpsc::channel();
        let mut state = self.shared.lock();
        let _ = send.send(Sight::Health(state.health));
        state.listeners.push(send);
        receive
    }

    /// How the camera does.
    pub fn health(&self) -> Health {
        self.shared.lock().health
    }

    /// A preview of at most `fps` pictures a second and `width` pixels: JPEG, made on the thread that asks for it, so
    /// that a slow one slows nothing else.
    pub fn preview(&self, fps: f32, width: u32) -> Preview {
        Preview::new(self.shared.clone(), fps, width)
    }

    /// Milliseconds since it was opened: the clock of [`Hit`] and [`Frame::taken`].
    pub fn now(&self) -> u64 {
        since(self.shared.start)
    }
}

impl Drop for Viewfinder {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the news; `false` when nobody wants any more.
    fn publish(&self, news: News) -> bool {
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
}

/// Opens the camera again and again, and publishes what it delivers.
fn capture(shared: &Shared, settings: &Settings) {
    let (first, most) = settings.retry;
    let mut rest = first;
    loop {
        let fault = match open(&settings.source, settings.fps, shared.start) {
            Ok(mut camera) => loop {
                let may_stand_still = camera.may_stand_still();
                match camera.next_frame() {
                    Ok(frame) => {
                        rest = first;
                        if !shared.publish(News::Frame { frame: Arc::new(frame), may_stand_still }) {
                            return;
                        }
                    }
                    Err(fault) => break fault,
                }
            },
            Err(fault) => fault,
        };
        let told = shared.publish(News::Fault { fault, at: since(shared.start) });
        if !told || !shared.pause(Instant::now() + rest) {
            return;
        }
        rest = (rest * 2).min(most);
    }
}

/// Judges and reads the newest frame.
fn watch(shared: &Shared, settings: &Settings) {
    let mut judge = Judge::new(settings.patience, since(shared.start));
    let mut scanner = Scanner::new(settings.gone_after);
    let (mut seen, mut rested) = (0, Instant::now());
    loop {
        if !shared.pause(rested) {
            return;
        }
        let newer = |state: &State| (state.number > seen).then(|| (state.number, state.news.clone()));
        // Silence is judged too, five times a second.
        let Some(news) = shared.wait(Instant::now() + Duration::from_millis(200), newer) else { return };
        let mut to_read = None;
        match news {
            Some((number, News::Frame { frame, may_stand_still })) => {
                seen = number;
                judge.frame(&frame, may_stand_still);
                to_read = Some(frame);
            }
            Some((number, News::Fault { fault, at })) => {
                seen = number;
                judge.fault(fault, at);
            }
            Some((_, News::Nothing)) | None => {}
        }
        tell_health(shared, judge.health(since(shared.start)));
        if let Some(frame) = to_read {
            let began = Instant::now();
            let taken = frame.taken;
            for text in scanner.look(&frame) {
                tell(shared, &Sight::Hit(Hit { text, taken, read: since(shared.start) }));
            }
            rested = began + settings.search_every.max(began.elapsed() * 2);
        }
    }
}

fn tell_health(shared: &Shared, health: Health) {
    {
        let mut state = shared.lock();
        if state.health == health {
            return;
        }
        state.health = health;
    }
    match health {
        Health::Fault(fault) => tracing::warn!(fault = fault.code(), "camera trouble"),
        Health::Starting | Health::Ok => tracing::info!("camera delivers"),
    }
    tell(shared, &Sight::Health(health));
}

/// Tells everybody who still listens.
fn tell(shared: &Shared, sight: &Sight) {
    shared.lock().listeners.retain(|listener| listener.send(sight.clone()).is_ok());
}
