//! What the room hears: the null sink's monitor, recorded while the story runs.

use std::io::Read;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::stage::{Running, Stage};

const RATE: usize = 22_050;
/// Louder than the dither of any sound server.
const LOUD: u16 = 200;

/// A recorder at work.
pub struct Ear {
    _recorder: Running,
    sound: Mutex<Receiver<(Instant, Vec<i16>)>>,
    first: Mutex<Vec<(Instant, Vec<i16>)>>,
}

/// A sound from its first to its last loud sample.
#[derive(Debug)]
#[expect(dead_code, reason = "printed whole")]
pub struct Sound {
    pub seconds: f64,
    pub rms_dbfs: f64,
    pub peak_dbfs: f64,
}

impl Ear {
    pub fn listen(stage: &Stage) -> Ear {
        let mut recorder = stage
            .command("parecord")
            .args(["--device=lobi.monitor", "--raw", "--format=s16le", "--channels=1"])
            .args([&format!("--rate={RATE}"), "--latency-msec=20"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = recorder.stdout.take().unwrap();
        let (send, sound) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 1024];
            while let Ok(read) = output.read(&mut bytes) {
                let samples =
                    bytes[..read].chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
                if read == 0 || send.send((Instant::now(), samples)).is_err() {
                    return;
                }
            }
        });
        sound.recv_timeout(Duration::from_secs(20)).expect("the recorder runs");
        Ear { _recorder: Running(recorder), sound: Mutex::new(sound), first: Mutex::default() }
    }

    /// Forgets what was heard so far.
    pub fn forget(&self) {
        let sound = self.sound.lock().unwrap_or_else(PoisonError::into_inner);
        while sound.try_recv().is_ok() {}
    }

    /// How long after `moment` the first sound arrived.
    pub fn first_sound_after(&self, moment: Instant, limit: Duration) -> Option<Duration> {
        let sound = self.sound.lock().unwrap_or_else(PoisonError::into_inner);
        while let Ok((at, samples)) = sound.recv_timeout(limit.saturating_sub(moment.elapsed())) {
            if samples.iter().any(|sample| sample.unsigned_abs() > LOUD) {
                self.first.lock().unwrap_or_else(PoisonError::into_inner).push((at, samples));
                return Some(at.saturating_duration_since(moment));
            }
        }
        None
    }

    /// What is heard from the first sound on, until two seconds of silence.
    pub fn until_silence(&self, limit: Duration) -> Sound {
        let sound = self.sound.lock().unwrap_or_else(PoisonError::into_inner);
        let first = std::mem::take(&mut *self.first.lock().unwrap_or_else(PoisonError::into_inner));
        let mut all: Vec<i16> = first.into_iter().flat_map(|(_, samples)| samples).collect();
        let (until, mut quiet) = (Instant::now() + limit, 0);
        while quiet < 2 * RATE {
            let Ok((_, samples)) = sound.recv_timeout(until.saturating_duration_since(Instant::now())) else {
                break;
            };
            let loud = samples.iter().any(|sample| sample.unsigned_abs() > LOUD);
            quiet = if loud { 0 } else { quiet + samples.len() };
            all.extend(samples);
        }
        let loud = |sample: &i16| sample.unsigned_abs() > LOUD;
        let (from, to) = (all.iter().position(loud).unwrap_or(0), all.iter().rposition(loud).unwrap_or(0));
        let heard = &all[from..=to.max(from)];
        let power: f64 =
            heard.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / heard.len() as f64;
        let peak = heard.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
        let dbfs = |level: f64| 20.0 * (level / 32_768.0).log10();
        Sound {
            seconds: heard.len() as f64 / RATE as f64,
            rms_dbfs: dbfs(power.sqrt()),
            peak_dbfs: dbfs(f64::from(peak)),
        }
    }
}
