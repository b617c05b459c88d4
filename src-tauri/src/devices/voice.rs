//! This machine's own voice: one sentence after the other, silent when it is asked to be.

use std::sync::{Arc, Mutex, PoisonError};

use lobi_core::speech::Language;
use lobi_devices::speaker::SpeakFault;
use lobi_devices::speaker::system::{Limits, Stopper, SystemSpeaker};

/// The voice; its engine is started with the first sentence.
#[derive(Default)]
pub struct Voice(Mutex<Option<Started>>);

struct Started {
    speaker: Arc<Mutex<SystemSpeaker>>,
    stopper: Stopper,
}

impl Voice {
    /// Reads a sentence aloud; returns at its end. `volume` is 0–1.
    ///
    /// # Errors
    /// What is wrong with the machine's own voice.
    pub async fn say(&self, sentence: String, language: Language, volume: f32) -> Result<(), SpeakFault> {
        let speaker = {
            let mut voice = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let voice = voice.get_or_insert_with(|| {
                let speaker = SystemSpeaker::start(Limits::default());
                Started { stopper: speaker.stopper(), speaker: Arc::new(Mutex::new(speaker)) }
            });
            Arc::clone(&voice.speaker)
        };
        let waits = move || {
            let mut speaker = speaker.lock().unwrap_or_else(PoisonError::into_inner);
            speaker.say(&sentence, language, volume).map(|_| ())
        };
        tokio::task::spawn_blocking(waits).await.unwrap_or(Err(SpeakFault::Died))
    }

    /// Falls silent at once.
    pub fn hush(&self) {
        if let Some(voice) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            voice.stopper.stop();
        }
    }
}
