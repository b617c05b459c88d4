//! Pictures, videos and pipes in place of a camera: for tests, and for cameras that other programs read.

use std::fs::{self, File};
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::camera::{Camera, CameraFault, pixels, since, y4m};
use crate::scan::Frame;

/// Frames a second where a file names no rate.
const RATE: f32 = 20.0;

/// Opens a picture, a folder of pictures, a video or a named pipe.
///
/// # Errors
/// `NotFound` when it is not there, `Denied` when it may not be read, `Unreadable` when it is none of these.
pub fn open(path: &Path, fps: Option<f32>, start: Instant) -> Result<Box<dyn Camera>, CameraFault> {
    let about = fs::metadata(path).map_err(|error| fault(&error))?;
    let pace = |rate: f32| Pace::new(fps.unwrap_or(rate));
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    if about.is_dir() {
        return Ok(Box::new(Stills::open(path, true, pace(RATE), start)?));
    }
    if ending == "mjpeg" || ending == "mjpg" {
        return Ok(Box::new(Mjpeg::open(path, pace(RATE), start)?));
    }
    if ending == "y4m" || !about.is_file() {
        return Ok(Box::new(Y4m::open(path, fps, start)?));
    }
    Ok(Box::new(Stills::open(path, false, pace(RATE), start)?))
}

fn fault(error: &std::io::Error) -> CameraFault {
    match error.kind() {
        ErrorKind::NotFound => CameraFault::NotFound,
        ErrorKind::PermissionDenied => CameraFault::Denied,
        _ => CameraFault::Unreadable,
    }
}

/// Keeps a frame rate.
struct Pace {
    period: Duration,
    next: Option<Instant>,
}

impl Pace {
    fn new(rate: f32) -> Self {
        Self { period: Duration::from_secs_f32(1.0 / rate.clamp(0.1, 240.0)), next: None }
    }

    fn wait(&mut self) {
        let now = Instant::now();
        let due = self.next.unwrap_or(now);
        thread::sleep(due.saturating_duration_since(now));
        // Late frames are not made up for: the newest counts.
        self.next = Some(due.max(now) + self.period);
    }
}

/// Pulling a camera's plug is removing its file.
fn still_there(path: &Path) -> Result<(), CameraFault> {
    if path.exists() { Ok(()) } else { Err(CameraFault::Unplugged) }
}

/// A picture, or the pictures of a folder in the order of their names.
struct Stills {
    path: PathBuf,
    folder: bool,
    files: Vec<PathBuf>,
    at: usize,
    /// The picture read last, so that a still one is decoded once.
    last: Option<(PathBuf, Option<SystemTime>, u64, Frame)>,
    pace: Pace,
    start: Instant,
}

impl Stills {
    fn open(path: &Path, folder: bool, pace: Pace, start: Instant) -> Result<Self, CameraFault> {
        let mut stills =
            Self { path: path.to_owned(), folder, files: Vec::new(), at: 0, last: None, pace, start };
        stills.list()?;
        Ok(stills)
    }

    fn list(&mut self) -> Result<(), CameraFault> {
        self.at = 0;
        if !self.folder {
            self.files = vec![self.path.clone()];
            return Ok(());
        }
        let entries = fs::read_dir(&self.path).map_err(|_| CameraFault::Unplugged)?;
        let picture = |path: &PathBuf| {
            let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
            ["png", "jpg", "jpeg"].iter().any(|known| ending == *known)
        };
        self.files = entries.flatten().map(|entry| entry.path()).filter(picture).collect();
        self.files.sort();
        if self.files.is_empty() { Err(CameraFault::Unreadable) } else { Ok(()) }
    }

    fn read(&mut self, path: PathBuf) -> Result<Frame, CameraFault> {
        let about = fs::metadata(&path).map_err(|_| CameraFault::Unplugged)?;
        let (changed, size, taken) = (about.modified().ok(), about.len(), since(self.start));
        if let Some((last, when, bytes, frame)) = &self.last
            && (last, when, bytes) == (&path, &changed, &size)
        {
            return Ok(Frame { taken, ..frame.clone() });
        }
        let bytes = fs::read(&path).map_err(|_| CameraFault::Unplugged)?;
        let frame = if bytes.starts_with(&[0xff, 0xd8]) {
            pixels::jpeg(bytes, taken)
        } else {
            image::load_from_memory(&bytes).ok().and_then(|picture| {
                let picture = picture.into_rgb8();
                let (width, height) = (picture.width() as usize, picture.height() as usize);
                pixels::rgb(width, height, picture.into_raw(), taken)
            })
        };
        let frame = frame.ok_or(CameraFault::Unreadable)?;
        self.last = Some((path, changed, size, frame.clone()));
        Ok(frame)
    }
}

impl Camera for Stills {
    fn next_frame(&mut self) -> Result<Frame, CameraFault> {
        self.pace.wait();
        if self.at >= self.files.len() {
            self.list()?;
        }
        let path = self.files[self.at].clone();
        self.at += 1;
        self.read(path)
    }

    fn may_stand_still(&self) -> bool {
        true
    }
}

/// JPEG pictures one after the other in one file.
struct Mjpeg {
    path: PathBuf,
    bytes: Vec<u8>,
    at: usize,
    pace: Pace,
    start: Instant,
}

impl Mjpeg {
    fn open(path: &Path, pace: Pace, start: Instant) -> Result<Self, CameraFault> {
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|error| fault(&error))?;
        // A test video; nobody waits at a desk for gigabytes.
        file.take(1 << 29).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
        Ok(Self { path: path.to_owned(), bytes, at: 0, pace, start })
    }

    fn find(&self, mark: [u8; 2], from: usize) -> Option<usize> {
        self.bytes.get(from..)?.windows(2).position(|pair| pair == mark).map(|at| from + at)
    }
}

impl Camera for Mjpeg {
    fn next_frame(&mut self) -> Result<Frame, CameraFault> {
        self.pace.wait();
        still_there(&self.path)?;
        let from = self.find([0xff, 0xd8], self.at).or_else(|| self.find([0xff, 0xd8], 0));
        let from = from.ok_or(CameraFault::Unreadable)?;
        let to = self.find([0xff, 0xd9], from).ok_or(CameraFault::Unreadable)? + 2;
        self.at = to;
        pixels::jpeg(self.bytes[from..to].to_vec(), since(self.start)).ok_or(CameraFault::Unreadable)
    }
}

/// Uncompressed video from a file, or from a pipe at the pace of its writer.
struct Y4m {
    path: PathBuf,
    stream: BufReader<File>,
    header: y4m::Header,
    pace: Option<Pace>,
    fps: Option<f32>,
    start: Instant,
}

impl Y4m {
    fn open(path: &Path, fps: Option<f32>, start: Instant) -> Result<Self, CameraFault> {
        // A pipe without a writer waits here, as it should: the viewfinder tells that nothing comes.
        let file = File::open(path).map_err(|error| fault(&error))?;
        let plays = file.metadata().is_ok_and(|about| about.is_file());
        let mut stream = BufReader::with_capacity(1 << 16, file);
        let header = y4m::header(&mut stream).map_err(|_| CameraFault::Unreadable)?;
        let pace = plays.then(|| Pace::new(fps.unwrap_or(header.rate)));
        Ok(Self { path: path.to_owned(), stream, header, pace, fps, start })
    }
}

impl Camera for Y4m {
    fn next_frame(&mut self) -> Result<Frame, CameraFault> {
        if let Some(pace) = &mut self.pace {
            pace.wait();
        }
        still_there(&self.path)?;
        let luma = match y4m::frame(&mut self.stream, &self.header) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof && self.pace.is_some() => {
                let pace = self.pace.take();
                *self = Self::open(&self.path, self.fps, self.start).map_err(|_| CameraFault::Unplugged)?;
                self.pace = pace;
                y4m::frame(&mut self.stream, &self.header).map_err(|_| CameraFault::Unreadable)?
            }
            // The writer of a pipe went away.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(CameraFault::Unplugged),
            Err(_) => return Err(CameraFault::Unreadable),
            Ok(luma) => luma,
        };
        let (width, height) = (self.header.width, self.header.height);
        Frame::gray(width, height, luma, since(self.start)).ok_or(CameraFault::Unreadable)
    }
}
