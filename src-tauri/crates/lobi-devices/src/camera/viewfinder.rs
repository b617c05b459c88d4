//! A camera at work: one thread captures, one decodes and judges, and whoever likes takes the newest frame.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use crate::camera::judge::{Health, Judge, Patience};
use crate::camera::preview::Preview;
use crate::camera::sight::{Hit, News, Shared, Sight};
use crate::camera::since;
use crate::camera::source::{Source, open};
use crate::scan::Scanner;

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

/// The camera at work. Dropping it ends the capture.
pub struct Viewfinder {
    shared: Arc<Shared>,
}

impl Viewfinder {
    /// Starts to capture and decode; returns at once. A camera that is not there is waited for. What comes with it
    /// hears everything from the first frame on; see [`Self::subscribe`].
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn open(settings: Settings) -> std::io::Result<(Self, Receiver<Sight>)> {
        let shared = Arc::new(Shared::new(Instant::now()));
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
        self.shared.subscribe()
    }

    /// How the camera does.
    pub fn health(&self) -> Health {
        self.shared.health()
    }

    /// A preview of at most `fps` pictures a second and `width` pixels: JPEG, made on the thread that asks for it, so
    /// that a slow one slows nothing else.
    pub fn preview(&self, fps: f32, width: u32) -> Preview {
        Preview::new(self.shared.clone(), fps, width)
    }

    /// Milliseconds since it was opened: the clock of [`Hit`] and [`crate::scan::Frame::taken`].
    pub fn now(&self) -> u64 {
        since(self.shared.start)
    }
}

impl Drop for Viewfinder {
    fn drop(&mut self) {
        self.shared.close();
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
        // Silence is judged too, five times a second.
        let Some(news) = shared.news_after(seen, Instant::now() + Duration::from_millis(200)) else { return };
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
        shared.tell_health(judge.health(since(shared.start)));
        if let Some(frame) = to_read {
            let began = Instant::now();
            let taken = frame.taken;
            for text in scanner.look(&frame) {
                shared.tell(&Sight::Hit(Hit { text, taken, read: since(shared.start) }));
            }
            rested = began + settings.search_every.max(began.elapsed() * 2);
        }
    }
}
