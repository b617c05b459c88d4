//! A speaker that owns an engine on a thread of its own and never waits for it longer than its limits say.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use lobi_core::speech::Language;

use crate::speaker::engine::{Engine, Heard, TtsEngine, Voices};
use crate::speaker::{Ending, Said, SpeakFault};

/// How long an engine may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the request to the first sound, starting the engine included.
    pub begin: Duration,
    /// Between two questions whether a speaking engine is still there.
    pub pulse: Duration,
    /// How long a speaking engine may leave such a question unanswered.
    pub silence: Duration,
    /// What a sentence may take besides its letters.
    pub end: Duration,
    /// What a letter may take, at most. Slow voices need about 0.1 s.
    pub letter: Duration,
    /// What a letter usually takes: how the end is guessed with an engine that does not report ends.
    pub usual_letter: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            begin: Duration::from_secs(3),
            pulse: Duration::from_millis(250),
            silence: Duration::from_secs(2),
            end: Duration::from_secs(3),
            letter: Duration::from_millis(200),
            usual_letter: Duration::from_millis(83),
        }
    }
}

impl Limits {
    /// The longest that a begun sentence may take.
    fn longest(&self, text: &str) -> Duration {
        self.end + self.letter * letters(text)
    }

    /// What a sentence usually takes, with a breath of five letters.
    fn usual(&self, text: &str) -> Duration {
        self.usual_letter * (5 + letters(text))
    }
}

fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(10_000).min(10_000)
}

/// Engines that hang keep their thread. With so many of them there is no sense in starting another.
const MOST_HANGING: usize = 4;

/// What reaches the engine's thread.
enum Input {
    Say { text: String, language: Language, volume: f32, news: Sender<News> },
    Voices(Sender<Result<Voices, SpeakFault>>),
    Stop,
    Heard(Heard),
}

impl From<Heard> for Input {
    fn from(heard: Heard) -> Self {
        Self::Heard(heard)
    }
}

/// What the engine's thread tells the one who waits.
enum News {
    Began,
    Alive,
    Over(Ending),
    Failed(SpeakFault),
}

/// Was any of the sentence heard?
#[derive(Clone, Copy, PartialEq)]
enum Sound {
    None,
    Begun,
}

type Make = dyn Fn(Sender<Input>) -> Result<Box<dyn Engine>, SpeakFault> + Send + Sync;

/// The machine's own voice.
pub struct SystemSpeaker {
    make: Arc<Make>,
    limits: Limits,
    engine: Arc<Mutex<Option<Sender<Input>>>>,
    threads: Arc<AtomicUsize>,
}

/// Silences a [`SystemSpeaker`] from another thread.
#[derive(Clone)]
pub struct Stopper(Arc<Mutex<Option<Sender<Input>>>>);

impl Stopper {
    /// Silence, now. A sentence under way ends as [`Ending::Stopped`].
    pub fn stop(&self) {
        if let Some(engine) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            // An engine that is gone is silent.
            let _ = engine.send(Input::Stop);
        }
    }
}

impl SystemSpeaker {
    /// Starts the machine's engine in the background; returns at once. The first sentence or [`Self::voices`] tells
    /// whether there is one.
    pub fn start(limits: Limits) -> Self {
        Self::with(limits, |heard| Ok(Box::new(TtsEngine::open(&heard)?)))
    }

    fn with(
        limits: Limits,
        make: impl Fn(Sender<Input>) -> Result<Box<dyn Engine>, SpeakFault> + Send + Sync + 'static,
    ) -> Self {
        let speaker = Self { make: Arc::new(make), limits, engine: Arc::default(), threads: Arc::default() };
        if let Err(fault) = speaker.engine() {
            tracing::warn!(fault = fault.code(), "no voice at the start");
        }
        speaker
    }

    /// Which voices there are. An Indonesian one is preferred where the engine has several.
    ///
    /// # Errors
    /// When there is no engine or it does not answer in time.
    pub fn voices(&self) -> Result<Voices, SpeakFault> {
        let (answer, answered) = mpsc::channel();
        self.engine()?.send(Input::Voices(answer)).map_err(|_| self.give_up(SpeakFault::Died))?;
        match answered.recv_timeout(self.limits.begin) {
            Ok(Ok(voices)) => Ok(voices),
            Ok(Err(fault)) => Err(self.give_up(fault)),
            Err(RecvTimeoutError::Timeout) => Err(self.give_up(SpeakFault::Hung)),
            Err(RecvTimeoutError::Disconnected) => Err(self.give_up(SpeakFault::Died)),
        }
    }

    /// Says the text and returns at its end. `volume` runs from 0 (silent) to 1 (the engine's loudest).
    ///
    /// # Errors
    /// When the sentence was not heard to its end, as far as this machine can know; always within bounded time.
    pub fn say(&mut self, text: &str, language: Language, volume: f32) -> Result<Said, SpeakFault> {
        let asked = Instant::now();
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let text = text.trim().to_owned();
        if !text.chars().any(char::is_alphanumeric) {
            return Ok(Said { took: Duration::ZERO, ending: Ending::Silent });
        }
        let mut outcome = self.attempt(&text, language, volume, asked);
        if matches!(outcome, Err((SpeakFault::Died, Sound::None))) {
            // It died while nobody spoke, perhaps days ago: nothing was heard yet, so a new one may say it.
            outcome = self.attempt(&text, language, volume, asked);
        }
        match outcome {
            Ok(ending) => Ok(Said { took: asked.elapsed(), ending }),
            Err((fault, _)) => Err(fault),
        }
    }

    /// What silences this speaker while another thread is inside [`Self::say`].
    pub fn stopper(&self) -> Stopper {
        Stopper(self.engine.clone())
    }

    /// The engine's thread, started anew if the last one was given up.
    fn engine(&self) -> Result<Sender<Input>, SpeakFault> {
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = &*engine {
            return Ok(engine.clone());
        }
        if self.threads.load(Ordering::Relaxed) >= MOST_HANGING {
            return Err(SpeakFault::Hung);
        }
        let (input, inputs) = mpsc::channel();
        let (make, threads, limits, heard) =
            (self.make.clone(), self.threads.clone(), self.limits, input.clone());
        threads.fetch_add(1, Ordering::Relaxed);
        let started = thread::Builder::new().name("voice".to_owned()).spawn({
            let threads = threads.clone();
            move || {
                let made = make(heard);
                serve(made, &inputs, &limits);
                threads.fetch_sub(1, Ordering::Relaxed);
            }
        });
        if let Err(error) = started {
            threads.fetch_sub(1, Ordering::Relaxed);
            tracing::warn!(%error, "no thread for the voice");
            return Err(SpeakFault::NoEngine);
        }
        *engine = Some(input.clone());
        Ok(input)
    }

    /// Leaves the engine to itself; the next use starts another.
    fn give_up(&self, fault: SpeakFault) -> SpeakFault {
        tracing::warn!(fault = fault.code(), "the voice is given up until its next use");
        if let Some(engine) = self.engine.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = engine.send(Input::Stop);
        }
        fault
    }

    /// Says a sentence with the engine there is, and gives the engine up if it fails.
    fn attempt(
        &self,
        text: &str,
        language: Language,
        volume: f32,
        asked: Instant,
    ) -> Result<Ending, (SpeakFault, Sound)> {
        let (news, told) = mpsc::channel();
        let request = Input::Say { text: text.to_owned(), language, volume, news };
        let engine = self.engine().map_err(|fault| (fault, Sound::None))?;
        let mut sound = Sound::None;
        let outcome = match engine.send(request) {
            Ok(()) => self.follow(&told, text, asked, &mut sound),
            Err(_) => Err(SpeakFault::Died),
        };
        outcome.map_err(|fault| {
            // Without a voice for one language the engine is still well.
            let fault = if fault == SpeakFault::NoVoice { fault } else { self.give_up(fault) };
            (fault, sound)
        })
    }

    /// Waits for the end of a sentence within the limits, and notes its first sound.
    fn follow(
        &self,
        news: &Receiver<News>,
        text: &str,
        asked: Instant,
        sound: &mut Sound,
    ) -> Result<Ending, SpeakFault> {
        let mut deadline = asked + self.limits.begin;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let patience = if *sound == Sound::Begun { left.min(self.limits.silence) } else { left };
            match news.recv_timeout(patience) {
                Ok(News::Began) if *sound == Sound::None => {
                    *sound = Sound::Begun;
                    deadline = Instant::now() + self.limits.longest(text);
                }
                Ok(News::Began | News::Alive) if Instant::now() < deadline => {}
                Ok(News::Over(ending)) => return Ok(ending),
                Ok(News::Failed(fault)) => return Err(fault),
                Ok(_) | Err(RecvTimeoutError::Timeout) => return Err(SpeakFault::Hung),
                Err(RecvTimeoutError::Disconnected) => return Err(SpeakFault::Died),
            }
        }
    }
}

impl Drop for SystemSpeaker {
    fn drop(&mut self) {
        // The engine's callbacks hold the channel open, so it is told.
        if let Some(engine) = self.engine.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = engine.send(Input::Heard(Heard::Gone));
        }
    }
}

/// The life of the engine's thread: until the speaker is gone or the engine failed.
fn serve(made: Result<Box<dyn Engine>, SpeakFault>, inputs: &Receiver<Input>, limits: &Limits) {
    let mut engine = match made {
        Ok(engine) => engine,
        Err(fault) => return refuse(inputs, fault),
    };
    while let Ok(input) = inputs.recv() {
        match input {
            Input::Voices(answer) => drop(answer.send(engine.voices())),
            Input::Say { text, language, volume, news } => {
                let outcome = speak(&mut *engine, inputs, limits, &text, language, volume, &news);
                let failed = matches!(outcome, Err(fault) if fault != SpeakFault::NoVoice);
                let told = news.send(outcome.map_or_else(News::Failed, News::Over));
                if failed || told.is_err() {
                    return engine.abandon();
                }
            }
            Input::Stop => {}
            Input::Heard(Heard::Gone) => return,
            Input::Heard(_) => {}
        }
    }
}

/// There is no engine: whoever asks first is told so, and the next use tries again.
fn refuse(inputs: &Receiver<Input>, fault: SpeakFault) {
    while let Ok(input) = inputs.recv() {
        match input {
            Input::Voices(answer) => return drop(answer.send(Err(fault))),
            Input::Say { news, .. } => return drop(news.send(News::Failed(fault))),
            Input::Heard(Heard::Gone) => return,
            Input::Stop | Input::Heard(_) => {}
        }
    }
}

/// One sentence, from the engine's side.
fn speak(
    engine: &mut dyn Engine,
    inputs: &Receiver<Input>,
    limits: &Limits,
    text: &str,
    language: Language,
    volume: f32,
    news: &Sender<News>,
) -> Result<Ending, SpeakFault> {
    let id = engine.begin(text, language, volume)?;
    let estimated = (!engine.reports_ends()).then(|| Instant::now() + limits.usual(text));
    if estimated.is_some() {
        let _ = news.send(News::Began);
    }
    let mut stopped = false;
    loop {
        let left = estimated
            .map_or(limits.pulse, |end| end.saturating_duration_since(Instant::now()).min(limits.pulse));
        match inputs.recv_timeout(left) {
            Ok(Input::Heard(Heard::Began(begun))) if begun == id => drop(news.send(News::Began)),
            Ok(Input::Heard(Heard::Ended(ended))) if ended == id => return Ok(Ending::Spoken),
            // Cut without our asking: another program took the engine, or it failed inside.
            Ok(Input::Heard(Heard::Cut(cut))) if cut == id => {
                return if stopped { Ok(Ending::Stopped) } else { Err(SpeakFault::Died) };
            }
            Ok(Input::Heard(Heard::Gone)) => return Err(SpeakFault::Died),
            Ok(Input::Heard(_)) => {}
            Ok(Input::Stop) => {
                engine.stop();
                stopped = true;
                if estimated.is_some() {
                    return Ok(Ending::Stopped);
                }
            }
            Ok(Input::Voices(answer)) => drop(answer.send(engine.voices())),
            // A speaker says one sentence at a time; another one means that the first was given up.
            Ok(Input::Say { news: next, .. }) => drop(next.send(News::Failed(SpeakFault::Hung))),
            Err(RecvTimeoutError::Timeout) if estimated.is_some_and(|end| Instant::now() >= end) => {
                return Ok(Ending::Estimated);
            }
            Err(RecvTimeoutError::Timeout) => {
                if !engine.is_alive() {
                    return Err(SpeakFault::Died);
                }
                if news.send(News::Alive).is_err() {
                    // Given up by the one who waited.
                    return Err(SpeakFault::Hung);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(SpeakFault::Died),
        }
    }
}

#[cfg(test)]
mod tests;
