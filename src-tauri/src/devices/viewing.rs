//! This machine's camera while a window looks through it: pictures for people, and the QR codes that come into view.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use lobi_devices::camera::judge::Health;
use lobi_devices::camera::sight::Sight;
use lobi_devices::camera::source::Source;
use lobi_devices::camera::viewfinder::{Settings, Viewfinder};

/// Pictures a second in the preview, at most; a slow page gets fewer.
const PREVIEW_FPS: f32 = 20.0;
/// Width of the preview in pixels.
const PREVIEW_WIDTH: u32 = 640;
/// How long the preview waits for a picture before it looks whether anybody still watches.
const PATIENCE: Duration = Duration::from_millis(500);

/// What comes from the camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A picture, as JPEG.
    Picture(Vec<u8>),
    /// A code came into view.
    Code(String),
    /// What is wrong, or nothing.
    Health(Option<&'static str>),
}

/// The camera that a window looks through, if one does.
#[derive(Default)]
pub struct Viewing(Mutex<Option<Arc<Viewfinder>>>);

impl Viewing {
    /// Begins to look through a camera, in place of the one before. `tell` says whether anybody still listens.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn open(
        &self,
        source: Source,
        tell: impl Fn(Seen) -> bool + Clone + Send + 'static,
    ) -> std::io::Result<()> {
        let (finder, sights) = Viewfinder::open(Settings::new(source))?;
        let finder = Arc::new(finder);
        let mut preview = finder.preview(PREVIEW_FPS, PREVIEW_WIDTH);
        let tell_sights = tell.clone();
        thread::spawn(move || {
            // Ends with the viewfinder, or with the page.
            for sight in sights {
                let seen = match sight {
                    Sight::Hit(hit) => Seen::Code(hit.text),
                    Sight::Health(Health::Starting) => continue,
                    Sight::Health(Health::Ok) => Seen::Health(None),
                    Sight::Health(Health::Fault(fault)) => Seen::Health(Some(fault.code())),
                };
                if !tell_sights(seen) {
                    return;
                }
            }
        });
        let watched = Arc::downgrade(&finder);
        thread::spawn(move || {
            while watched.strong_count() > 0 {
                if let Some(jpeg) = preview.next_jpeg(PATIENCE)
                    && !tell(Seen::Picture(jpeg))
                {
                    return;
                }
            }
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(finder);
        Ok(())
    }

    /// Ends looking.
    pub fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What `lobi.toml` and pages write for a camera: nothing, its id, or `file:` and a path.
pub fn source(written: &str) -> Source {
    match written.strip_prefix("file:") {
        Some(path) => Source::File(path.into()),
        None if written.is_empty() => Source::Default,
        None => Source::Device(written.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    fn looking(viewing: &Viewing, path: &std::path::Path) -> Receiver<Seen> {
        let (send, seen) = channel();
        viewing
            .open(source(&format!("file:{}", path.display())), move |news| send.send(news).is_ok())
            .unwrap();
        seen
    }

    #[test]
    fn a_page_gets_pictures_and_health_until_it_ends_looking() {
        let folder = tempfile::tempdir().unwrap();
        let (path, viewing) = (folder.path().join("desk.png"), Viewing::default());
        image::GrayImage::from_pixel(64, 48, image::Luma([120])).save(&path).unwrap();
        let seen = looking(&viewing, &path);
        let (mut pictures, mut well) = (0, false);
        while pictures < 2 || !well {
            match seen.recv_timeout(Duration::from_secs(60)).unwrap() {
                Seen::Picture(jpeg) => {
                    assert!(jpeg.starts_with(&[0xff, 0xd8]));
                    pictures += 1;
                }
                Seen::Health(fault) => well = fault.is_none(),
                Seen::Code(text) => panic!("nobody showed {text}"),
            }
        }
        viewing.close();
        // Both threads let go of the page: this ends.
        seen.iter().for_each(drop);
    }

    #[test]
    fn a_camera_that_is_not_there_is_said_to_be_missing_and_another_one_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let viewing = Viewing::default();
        let missing = looking(&viewing, &folder.path().join("no such.png"));
        assert_eq!(missing.recv_timeout(Duration::from_secs(60)), Ok(Seen::Health(Some("not_found"))));
        let _another = looking(&viewing, &folder.path().join("neither.png"));
        missing.iter().for_each(drop);
    }

    #[test]
    fn a_source_is_written_as_nothing_an_id_or_a_file() {
        assert_eq!(source(""), Source::Default);
        assert_eq!(source("0"), Source::Device("0".into()));
        assert_eq!(source("file:/tmp/a.png"), Source::File("/tmp/a.png".into()));
    }
}
