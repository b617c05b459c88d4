//! The machine's voice with real programs: speech-dispatcher and espeak-ng speak into a pulseaudio sink that is recorded.

#![cfg(all(target_os = "linux", feature = "speaker"))]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use lobi_core::speech::Language;
use lobi_devices::speaker::system::{Limits, SystemSpeaker};

const CALL: &str = "Nomor antrean A, dua belas, Poli Umum, silakan ke loket tiga.";
const RATE: usize = 22_050;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A machine with a loudspeaker and a voice of its own: private daemons in a private folder.
struct Room {
    folder: PathBuf,
    voice: Option<Running>,
    recorder: Running,
    sound: Receiver<Vec<i16>>,
    _pulse: Running,
}

impl Room {
    fn command(folder: &Path, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("XDG_RUNTIME_DIR", folder)
            .env("HOME", folder)
            .env("PULSE_SERVER", format!("unix:{}", folder.join("pulse.sock").display()))
            .env("SPEECHD_ADDRESS", format!("unix_socket:{}", folder.join("speechd.sock").display()))
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// `None` when the programs are not installed, which only CI forbids.
    fn open(name: &str) -> Option<Self> {
        let programs = ["pulseaudio", "parecord", "speech-dispatcher", "espeak-ng"];
        let missing: Vec<&str> = programs.into_iter().filter(|program| !installed(program)).collect();
        if !missing.is_empty() {
            assert!(env::var_os("CI").is_none(), "CI must have {missing:?}");
            #[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
            {
                eprintln!("skipped: this machine has no {missing:?}");
            }
            return None;
        }
        let folder = env::temp_dir().join(format!("lobi-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let run = |program: &str, arguments: &[String]| {
            Running(Self::command(&folder, program).args(arguments).spawn().unwrap())
        };
        let socket = |name: &str| folder.join(name).display().to_string();
        let pulse = run(
            "pulseaudio",
            &[
                "-n".into(),
                "--daemonize=no".into(),
                "--use-pid-file=no".into(),
                "--exit-idle-time=-1".into(),
                "--disable-shm=yes".into(),
                "--load=module-null-sink sink_name=lobi".into(),
                format!(
                    "--load=module-native-protocol-unix socket={} auth-anonymous=1",
                    socket("pulse.sock")
                ),
            ],
        );
        appears(&folder.join("pulse.sock"));
        let voice = run(
            "speech-dispatcher",
            &[
                "--run-single".into(),
                "--communication-method=unix_socket".into(),
                format!("--socket-path={}", socket("speechd.sock")),
                format!("--pid-file={}", socket("speechd.pid")),
                format!("--log-dir={}", folder.display()),
            ],
        );
        appears(&folder.join("speechd.sock"));
        let mut recorder = Running(
            Self::command(&folder, "parecord")
                .args(["--device=lobi.monitor", "--raw", "--format=s16le", "--channels=1"])
                .args([&format!("--rate={RATE}"), "--latency-msec=40"])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap(),
        );
        let sound = listen(recorder.0.stdout.take().unwrap());
        // The first silence says that the recorder runs.
        sound.recv_timeout(Duration::from_secs(20)).unwrap();
        Some(Self { folder, voice: Some(voice), recorder, sound, _pulse: pulse })
    }

    /// Says a text in a process of its own, whose environment knows only this room.
    fn say(&self, text: &str, volume: &str) -> (Running, BufReader<ChildStdout>) {
        let mut process = Self::command(&self.folder, env::current_exe().unwrap().to_str().unwrap());
        process.args(["--exact", "the_one_who_speaks", "--ignored", "--nocapture"]);
        process.env("LOBI_SAY", text).env("LOBI_VOLUME", volume).stdout(Stdio::piped());
        let mut process = Running(process.spawn().unwrap());
        let lines = BufReader::new(process.0.stdout.take().unwrap());
        (process, lines)
    }

    /// Everything heard by now.
    fn heard_by_now(&self) -> Vec<i16> {
        self.sound.try_iter().flatten().collect()
    }

    /// Everything heard from now on until nothing new was heard for a moment.
    fn heard_to_the_end(&self) -> Vec<i16> {
        let mut all = self.heard_by_now();
        // The recorder lags behind the sink by its latency: one more second is plenty.
        let until = Instant::now() + Duration::from_secs(1);
        while let Ok(more) = self.sound.recv_timeout(until.saturating_duration_since(Instant::now())) {
            all.extend(more);
        }
        all
    }

    /// What the engine makes of a text when it writes it into a file: the whole sentence, once.
    fn written(&self, text: &str) -> Vec<i16> {
        let mut engine = Self::command(&self.folder, "espeak-ng");
        let wave = engine.args(["-v", "id", "--stdout", text]).stdout(Stdio::piped()).output().unwrap();
        let samples = wave.stdout.get(44..).expect("a wave file").chunks_exact(2);
        let all: Vec<i16> = samples.map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
        all[sounding(&all)].to_vec()
    }

    fn wait_for_sound(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let some = self.sound.recv_timeout(until.saturating_duration_since(Instant::now())).unwrap();
            if some.iter().any(is_loud) {
                return;
            }
        }
    }
}

fn is_loud(sample: &i16) -> bool {
    sample.unsigned_abs() > 200
}

/// From the first sound to the last.
fn sounding(samples: &[i16]) -> std::ops::Range<usize> {
    match (samples.iter().position(is_loud), samples.iter().rposition(is_loud)) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..0,
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.recorder.0.kill();
        self.voice = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn installed(program: &str) -> bool {
    env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(program).is_file())
}

fn appears(path: &Path) {
    let until = Instant::now() + Duration::from_secs(20);
    while !path.exists() {
        assert!(Instant::now() < until, "{} did not appear", path.display());
        thread::sleep(Duration::from_millis(10));
    }
}

fn listen(mut stream: ChildStdout) -> Receiver<Vec<i16>> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 2048];
        while stream.read_exact(&mut bytes).is_ok() {
            let samples = bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
            if send.send(samples).is_err() {
                return;
            }
        }
    });
    receive
}

/// Root mean square in dB below full scale.
fn loudness(samples: &[i16]) -> f64 {
    let squares: f64 = samples.iter().map(|&sample| (f64::from(sample) / 32_768.0).powi(2)).sum();
    10.0 * (squares / samples.len() as f64).log10()
}

/// Waits until `say` has returned in the process that spoke: what it returned.
fn result(lines: &mut BufReader<ChildStdout>) -> String {
    let mut lines = lines.lines().map_while(Result::ok);
    lines.find_map(|line| line.split_once("RESULT ").map(|(_, result)| result.to_owned())).unwrap()
}

/// Not a test of its own: the process that the tests below start inside their room.
#[test]
#[ignore = "started by the other tests"]
fn the_one_who_speaks() {
    let (Ok(text), Ok(volume)) = (env::var("LOBI_SAY"), env::var("LOBI_VOLUME")) else { return };
    // A busy test machine is no hanging engine; those are tested with doubles.
    let patient = Duration::from_secs(60);
    let mut speaker =
        SystemSpeaker::start(Limits { begin: patient, silence: patient, end: patient, ..Limits::default() });
    let voices = speaker.voices();
    let said = match speaker.say(&text, Language::Id, volume.parse().unwrap()) {
        Ok(said) => format!("{:?}", said.ending),
        Err(fault) => fault.code().to_owned(),
    };
    let mut out = std::io::stdout();
    writeln!(out, "VOICES {voices:?}").unwrap();
    writeln!(out, "RESULT {said}").unwrap();
}

#[test]
fn a_call_is_heard_and_ends_when_it_was_spoken() {
    let Some(room) = Room::open("spoken") else { return };
    let (_speaks, mut lines) = room.say(CALL, "1");
    let ending = result(&mut lines);
    let mut all = room.heard_by_now();
    let returned = all.len();
    all.extend(room.heard_to_the_end());
    let sound = sounding(&all);
    let (heard, whole) = (sound.len() as f64, room.written(CALL).len() as f64);
    let loud = loudness(&all[sound.clone()]);
    let by_then = returned.saturating_sub(sound.start) as f64 / heard;
    writeln!(
        std::io::stderr(),
        "heard {:.2} of the sentence at {loud:.1} dBFS, {by_then:.2} of it when `say` returned",
        heard / whole
    )
    .unwrap();
    assert_eq!(ending, "Spoken");
    assert!((0.8..1.5).contains(&(heard / whole)), "heard {heard} samples of {whole}");
    assert!(loud > -35.0, "{loud} dBFS");
    // `say` returns at the end of the sentence, not before it was heard.
    assert!(by_then > 7.0 / 8.0, "{by_then} of it was heard when `say` returned");
}

#[test]
fn an_engine_killed_mid_sentence_is_reported() {
    let Some(mut room) = Room::open("killed") else { return };
    let (_speaks, mut lines) = room.say(&CALL.repeat(4), "1");
    room.wait_for_sound();
    room.voice = None;
    assert_eq!(result(&mut lines), "died");
}

#[test]
fn a_volume_of_half_is_quieter() {
    let Some(room) = Room::open("volume") else { return };
    let loud = |volume| {
        let (_speaks, mut lines) = room.say("satu dua tiga empat lima", volume);
        assert_eq!(result(&mut lines), "Spoken");
        let all = room.heard_to_the_end();
        loudness(&all[sounding(&all)])
    };
    let (full, half) = (loud("1"), loud("0.5"));
    writeln!(std::io::stderr(), "volume 1: {full:.1} dBFS, volume 0.5: {half:.1} dBFS").unwrap();
    assert!(half < full - 3.0, "{half} against {full} dBFS");
}
