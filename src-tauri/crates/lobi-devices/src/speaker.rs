//! The machine's own voice, with a watch on engines that hang.

pub mod engine;
pub mod system;

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A sentence that came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// From the request to the end.
    pub took: Duration,
    /// How the end is known.
    pub ending: Ending,
}

/// How the end of a sentence is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The engine reported it.
    Spoken,
    /// The engine reports no ends: the length was estimated from the text.
    Estimated,
    /// Somebody asked for silence.
    Stopped,
    /// There was nothing to say: no word in the text.
    Silent,
}

/// Why a sentence was not heard, or not surely heard to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakFault {
    /// This machine has no speech engine, or it cannot be started.
    #[error("no speech engine on this machine")]
    NoEngine,
    /// The engine has no voice for the language.
    #[error("the speech engine has no voice for this language")]
    NoVoice,
    /// The engine did not begin, did not answer or did not end in time. It was given up; the next sentence starts another.
    #[error("the speech engine does not answer")]
    Hung,
    /// The engine went away before the sentence ended. The next sentence starts it again.
    #[error("the speech engine died")]
    Died,
}

impl SpeakFault {
    /// The stable name under which screens find their words: `no_engine`, `no_voice`, `hung`, `died`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoEngine => "no_engine",
            Self::NoVoice => "no_voice",
            Self::Hung => "hung",
            Self::Died => "died",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_fault_is_its_name_on_the_wire() {
        for fault in [SpeakFault::NoEngine, SpeakFault::NoVoice, SpeakFault::Hung, SpeakFault::Died] {
            let written: String = serde::Deserialize::deserialize(serde::de::value::StrDeserializer::<
                serde::de::value::Error,
            >::new(fault.code()))
            .unwrap();
            let read = SpeakFault::deserialize(
                serde::de::value::StrDeserializer::<serde::de::value::Error>::new(&written),
            );
            assert_eq!(read, Ok(fault));
        }
    }
}
