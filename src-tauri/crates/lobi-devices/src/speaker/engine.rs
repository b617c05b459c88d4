//! What a speaker needs of a speech engine, and the machine's own one through the `tts` crate.

use std::sync::mpsc::Sender;

use lobi_core::speech::Language;
use tts::{Tts, UtteranceId, Voice};

use crate::speaker::SpeakFault;

/// Which languages an engine has a voice for, by the voice's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// The voice for Indonesian, if there is one.
    pub indonesian: Option<String>,
    /// The voice for English, if there is one.
    pub english: Option<String>,
}

impl Voices {
    /// The voice for a language, if there is one.
    pub fn of(&self, language: Language) -> Option<&str> {
        match language {
            Language::Id => self.indonesian.as_deref(),
            Language::En => self.english.as_deref(),
        }
    }
}

/// What an engine tells about a sentence, from whatever thread it likes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The first sound of the sentence with this id.
    Began(String),
    /// The sentence with this id is over.
    Ended(String),
    /// The sentence with this id was cut short.
    Cut(String),
    /// The one who listened has gone: nothing more will be asked.
    Gone,
}

/// A speech engine, living on one thread. Every call may block for ever: somebody else holds the watch.
pub trait Engine {
    /// The voices it has.
    ///
    /// # Errors
    /// When the engine does not tell.
    fn voices(&mut self) -> Result<Voices, SpeakFault>;

    /// Begins a sentence and returns its id at once.
    ///
    /// # Errors
    /// When there is no voice for the language or the engine refuses.
    fn begin(&mut self, text: &str, language: Language, volume: f32) -> Result<String, SpeakFault>;

    /// Does the engine tell when a sentence begins and ends?
    fn reports_ends(&self) -> bool;

    /// Does the engine still answer a small question?
    fn is_alive(&mut self) -> bool;

    /// Cuts the sentence short.
    fn stop(&mut self);

    /// The engine failed: leave it without touching it again.
    fn abandon(self: Box<Self>);
}

/// The machine's engine: speech-dispatcher, WinRT or AVFoundation.
pub struct TtsEngine {
    tts: Tts,
    voices: Vec<(Language, Voice)>,
    speaks: Option<Language>,
    volume: f32,
}

impl TtsEngine {
    /// Opens the machine's engine; what it tells goes to `heard`, wrapped as the receiver likes.
    ///
    /// # Errors
    /// `NoEngine` when there is none or it cannot be started.
    pub fn open<T: From<Heard> + Send + 'static>(heard: &Sender<T>) -> Result<Self, SpeakFault> {
        let no_engine = |error: tts::Error| {
            tracing::warn!(%error, "no speech engine");
            SpeakFault::NoEngine
        };
        let tts = Tts::default().map_err(no_engine)?;
        if tts.supported_features().utterance_callbacks {
            let tell = |how: fn(String) -> Heard| -> Option<Box<dyn FnMut(UtteranceId)>> {
                let heard = heard.clone();
                // Nobody listens any more only when the speaker is gone.
                Some(Box::new(move |id| drop(heard.send(how(format!("{id:?}")).into()))))
            };
            tts.on_utterance_begin(tell(Heard::Began)).map_err(no_engine)?;
            tts.on_utterance_end(tell(Heard::Ended)).map_err(no_engine)?;
            tts.on_utterance_stop(tell(Heard::Cut)).map_err(no_engine)?;
        }
        let voices = tts.voices().map_err(no_engine)?;
        let voices = [Language::Id, Language::En]
            .into_iter()
            .filter_map(|language| Some((language, best_voice(&voices, language)?)))
            .collect();
        let volume = tts.normal_volume();
        Ok(Self { tts, voices, speaks: None, volume })
    }
}

/// The plainest voice of a language: engines list variants ("Indonesian+whisper") beside it.
fn best_voice(voices: &[Voice], language: Language) -> Option<Voice> {
    let tag = match language {
        Language::Id => "id",
        Language::En => "en",
    };
    let speaks = |voice: &&Voice| voice.language().primary_language().eq_ignore_ascii_case(tag);
    voices.iter().filter(speaks).min_by_key(|voice| (voice.name().contains('+'), voice.name().len())).cloned()
}

impl Engine for TtsEngine {
    fn voices(&mut self) -> Result<Voices, SpeakFault> {
        let name = |wanted| {
            self.voices.iter().find(|(language, _)| *language == wanted).map(|(_, voice)| voice.name())
        };
        Ok(Voices { indonesian: name(Language::Id), english: name(Language::En) })
    }

    fn begin(&mut self, text: &str, language: Language, volume: f32) -> Result<String, SpeakFault> {
        let died = |error: tts::Error| {
            tracing::warn!(%error, "the speech engine refused a sentence");
            SpeakFault::Died
        };
        let voice = self.voices.iter().find(|(spoken, _)| *spoken == language).map(|(_, voice)| voice);
        let voice = voice.ok_or(SpeakFault::NoVoice)?;
        if self.speaks != Some(language) {
            self.tts.set_voice(voice).map_err(died)?;
            self.speaks = Some(language);
        }
        let (quietest, loudest) = (self.tts.min_volume(), self.tts.max_volume());
        self.volume = quietest + (loudest - quietest) * volume.clamp(0.0, 1.0);
        self.tts.set_volume(self.volume).map_err(died)?;
        let id = self.tts.speak(text, false).map_err(died)?;
        Ok(id.map_or_else(String::new, |id| format!("{id:?}")))
    }

    fn reports_ends(&self) -> bool {
        self.tts.supported_features().utterance_callbacks
    }

    fn is_alive(&mut self) -> bool {
        // Setting what is set already is a question and an answer in every engine.
        self.tts.set_volume(self.volume).is_ok()
    }

    fn stop(&mut self) {
        if let Err(error) = self.tts.stop() {
            tracing::debug!(%error, "the speech engine did not stop");
        }
    }

    fn abandon(self: Box<Self>) {
        // Dropping it would remove its callbacks, and the crate panics inside a foreign thread, which ends the whole
        // program, when an event still comes after that. So a failed engine is left where it is, some kilobytes.
        std::mem::forget(*self);
    }
}
