//! The watch over an engine, with engines that speak, hang, die and never end.

use super::*;

/// What the double does when it is asked to speak.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Speaks,
    /// Begins nothing, answers everything.
    NeverBegins,
    /// Blocks inside the call, as libspeechd does when its daemon is stopped.
    Blocks,
    NeverEnds,
    /// The same, with all the time in the world.
    Endless,
    /// Begins, and is gone when asked.
    DiesSpeaking,
    Cut,
    /// Died while nobody spoke.
    Refuses,
    /// Begins, then blocks when it is asked whether it lives.
    FreezesSpeaking,
    NoIndonesian,
    /// Speaks, but does not tell.
    Mute,
}

type Said = Arc<Mutex<Vec<String>>>;

struct Double {
    manner: Manner,
    said: Said,
    heard: Sender<Input>,
    stopped: Option<String>,
}

fn for_ever() {
    loop {
        thread::park();
    }
}

impl Engine for Double {
    fn voices(&mut self) -> Result<Voices, SpeakFault> {
        let indonesian = (self.manner != Manner::NoIndonesian).then(|| "Indonesian".to_owned());
        Ok(Voices { indonesian, english: Some("English".to_owned()) })
    }

    fn begin(&mut self, text: &str, language: Language, _volume: f32) -> Result<String, SpeakFault> {
        self.voices()?.of(language).ok_or(SpeakFault::NoVoice)?;
        if self.manner == Manner::Refuses {
            return Err(SpeakFault::Died);
        }
        self.said.lock().unwrap().push(text.to_owned());
        let id = text.to_owned();
        let tell = |heard: fn(String) -> Heard| self.heard.send(heard(id.clone()).into()).unwrap();
        match self.manner {
            Manner::NeverBegins | Manner::Mute | Manner::Refuses => {}
            Manner::Blocks => for_ever(),
            Manner::Speaks | Manner::NoIndonesian => {
                // The end of an older sentence comes late and must not end this one.
                self.heard.send(Heard::Ended("an older one".to_owned()).into()).unwrap();
                tell(Heard::Began);
                tell(Heard::Ended);
            }
            Manner::Cut => {
                tell(Heard::Began);
                tell(Heard::Cut);
            }
            Manner::NeverEnds | Manner::Endless | Manner::DiesSpeaking | Manner::FreezesSpeaking => {
                tell(Heard::Began);
            }
        }
        self.stopped = Some(id.clone());
        Ok(id)
    }

    fn reports_ends(&self) -> bool {
        self.manner != Manner::Mute
    }

    fn is_alive(&mut self) -> bool {
        if self.manner == Manner::FreezesSpeaking {
            for_ever();
        }
        self.manner != Manner::DiesSpeaking
    }

    fn stop(&mut self) {
        if let Some(id) = self.stopped.take() {
            self.heard.send(Heard::Cut(id).into()).unwrap();
        }
    }

    fn abandon(self: Box<Self>) {}
}

/// Short limits: a hanging engine is found in moments. Long for engines that behave, so that a busy machine lies not.
fn limits(manner: Manner) -> Limits {
    let (short, long) = (Duration::from_millis(30), Duration::from_secs(30));
    let hangs = matches!(manner, Manner::NeverBegins | Manner::Blocks);
    Limits {
        begin: if hangs { short } else { long },
        pulse: Duration::from_millis(2),
        silence: if manner == Manner::FreezesSpeaking { short } else { long },
        end: if manner == Manner::NeverEnds { short } else { long },
        letter: Duration::ZERO,
        usual_letter: Duration::from_millis(1),
    }
}

/// A speaker whose engines, one after the other, behave like this.
fn speaker(manners: &'static [Manner]) -> (SystemSpeaker, Said) {
    let said = Said::default();
    let (made, lines) = (AtomicUsize::new(0), said.clone());
    let speaker =
        SystemSpeaker::with(limits(manners.first().copied().unwrap_or(Manner::Speaks)), move |heard| {
            let turn = made.fetch_add(1, Ordering::Relaxed);
            let manner = *manners.get(turn).ok_or(SpeakFault::NoEngine)?;
            Ok(Box::new(Double { manner, said: lines.clone(), heard, stopped: None }))
        });
    (speaker, said)
}

fn say(speaker: &mut SystemSpeaker, text: &str) -> Result<Ending, SpeakFault> {
    speaker.say(text, Language::Id, 1.0).map(|said| said.ending)
}

#[test]
fn sentences_are_said_one_after_the_other() {
    let (mut speaker, said) = speaker(&[Manner::Speaks]);
    assert_eq!(say(&mut speaker, "satu"), Ok(Ending::Spoken));
    assert_eq!(say(&mut speaker, "dua"), Ok(Ending::Spoken));
    assert_eq!(*said.lock().unwrap(), ["satu", "dua"]);
}

#[test]
fn an_engine_that_does_not_begin_is_given_up_and_the_next_sentence_gets_a_new_one() {
    for first in [&[Manner::NeverBegins, Manner::Speaks], &[Manner::Blocks, Manner::Speaks]] {
        let (mut speaker, said) = speaker(first);
        assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::Hung));
        speaker.limits = limits(Manner::Speaks);
        assert_eq!(say(&mut speaker, "dua"), Ok(Ending::Spoken));
        assert_eq!(*said.lock().unwrap(), ["satu", "dua"]);
    }
}

#[test]
fn an_end_that_never_comes_is_bounded_by_the_length_of_the_text() {
    let (mut speaker, _) = speaker(&[Manner::NeverEnds]);
    assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::Hung));
    let limits = Limits::default();
    let (short, long) = ("A, satu", "Nomor antrean A, dua belas, silakan ke loket tiga");
    assert!(limits.longest(short) < limits.longest(long));
    assert!(limits.longest(long) < Duration::from_secs(15));
}

#[test]
fn an_engine_that_dies_mid_sentence_is_reported_and_started_again() {
    for first in [&[Manner::DiesSpeaking, Manner::Speaks], &[Manner::Cut, Manner::Speaks]] {
        let (mut speaker, _) = speaker(first);
        assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::Died));
        assert_eq!(say(&mut speaker, "dua"), Ok(Ending::Spoken));
    }
}

#[test]
fn an_engine_that_died_unnoticed_is_replaced_before_the_next_sentence() {
    let (mut speaker, said) = speaker(&[Manner::Refuses, Manner::Speaks]);
    assert_eq!(say(&mut speaker, "satu"), Ok(Ending::Spoken));
    assert_eq!(*said.lock().unwrap(), ["satu"]);
    let (mut broken, _) = super::tests::speaker(&[Manner::Refuses, Manner::Refuses, Manner::Speaks]);
    assert_eq!(say(&mut broken, "satu"), Err(SpeakFault::Died), "twice is not an accident");
}

#[test]
fn an_engine_that_freezes_mid_sentence_is_reported() {
    let (mut speaker, _) = speaker(&[Manner::FreezesSpeaking]);
    assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::Hung));
}

#[test]
fn a_machine_without_an_engine_says_so_every_time() {
    let (mut speaker, _) = speaker(&[]);
    assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::NoEngine));
    assert_eq!(speaker.voices(), Err(SpeakFault::NoEngine));
    assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::NoEngine));
}

#[test]
fn a_language_without_a_voice_is_refused_while_the_other_is_spoken() {
    let (mut speaker, said) = speaker(&[Manner::NoIndonesian]);
    assert_eq!(speaker.voices().unwrap().indonesian, None);
    assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::NoVoice));
    let english = speaker.say("one", Language::En, 1.0).unwrap();
    assert_eq!(english.ending, Ending::Spoken);
    assert_eq!(*said.lock().unwrap(), ["one"]);
}

#[test]
fn somebody_else_can_ask_for_silence() {
    let (mut speaker, said) = speaker(&[Manner::Endless]);
    let stopper = speaker.stopper();
    let other = thread::spawn(move || {
        while said.lock().unwrap().is_empty() {
            thread::yield_now();
        }
        stopper.stop();
    });
    assert_eq!(say(&mut speaker, "panjang"), Ok(Ending::Stopped));
    other.join().unwrap();
}

#[test]
fn an_engine_that_tells_nothing_is_given_the_time_the_text_takes() {
    let limits = Limits::default();
    let call = limits.usual("Nomor antrean A, dua belas, silakan ke loket tiga");
    assert!((Duration::from_secs(3)..Duration::from_secs(6)).contains(&call), "{call:?}");
    let (mut speaker, _) = speaker(&[Manner::Mute]);
    assert_eq!(say(&mut speaker, "a"), Ok(Ending::Estimated));
}

#[test]
fn text_without_a_word_is_not_spoken() {
    let (mut speaker, said) = speaker(&[Manner::Speaks]);
    assert_eq!(say(&mut speaker, " \u{1b}\0, "), Ok(Ending::Silent));
    assert_eq!(say(&mut speaker, "a\0b"), Ok(Ending::Spoken));
    assert_eq!(*said.lock().unwrap(), ["a b"]);
}

#[test]
fn engines_that_hang_again_and_again_are_not_started_for_ever() {
    static ALL: [Manner; 9] = [Manner::Blocks; 9];
    let (mut speaker, said) = speaker(&ALL);
    for _ in 0..8 {
        assert_eq!(say(&mut speaker, "satu"), Err(SpeakFault::Hung));
    }
    assert_eq!(said.lock().unwrap().len(), MOST_HANGING);
}
