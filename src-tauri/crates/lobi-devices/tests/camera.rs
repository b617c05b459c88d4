//! A viewfinder over files in place of a camera: hits, preview, unplugged and plugged in again, black, frozen.

#![cfg(feature = "camera")]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[expect(dead_code, reason = "here the clean condition is enough")]
mod pictures;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use image::GrayImage;
use lobi_devices::camera::CameraFault;
use lobi_devices::camera::judge::{Health, Patience};
use lobi_devices::camera::sight::Sight;
use lobi_devices::camera::source::Source;
use lobi_devices::camera::viewfinder::{Settings, Viewfinder};
use pictures::{ADDRESS, Condition, Dice, draw, room};

/// A folder that goes with the test.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lobi-camera-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SIZE: (usize, usize) = (320, 240);

fn ticket(seed: u64) -> Vec<u8> {
    draw(Condition::Clean, SIZE.0, SIZE.1, seed).bytes()
}

fn desk(seed: u64) -> Vec<u8> {
    room(SIZE.0, SIZE.1, &mut Dice::new(seed)).bytes()
}

fn save(path: &Path, luma: Vec<u8>) {
    // As a camera program would: never half a picture.
    let image = GrayImage::from_raw(SIZE.0 as u32, SIZE.1 as u32, luma).unwrap();
    let (ending, beside) = (path.extension().unwrap().to_str().unwrap(), path.with_extension("new"));
    let format = if ending == "png" { image::ImageFormat::Png } else { image::ImageFormat::Jpeg };
    image.save_with_format(&beside, format).unwrap();
    fs::rename(beside, path).unwrap();
}

fn video(frames: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut video = format!("YUV4MPEG2 W{} H{} F100:1 Cmono\n", SIZE.0, SIZE.1).into_bytes();
    for frame in frames {
        video.extend_from_slice(b"FRAME\n");
        video.extend(frame);
    }
    video
}

fn look_at(path: &Path) -> Settings {
    Settings {
        fps: Some(100.0),
        search_every: Duration::from_millis(1),
        retry: (Duration::from_millis(5), Duration::from_millis(20)),
        ..Settings::new(Source::File(path.to_owned()))
    }
}

/// What is seen next, leaving out what the test does not ask for.
fn wait_for(sights: &Receiver<Sight>, wanted: impl Fn(&Sight) -> bool) -> Sight {
    loop {
        let sight = sights.recv_timeout(Duration::from_secs(60)).expect("it never came");
        if wanted(&sight) {
            return sight;
        }
    }
}

fn hit(sights: &Receiver<Sight>) -> String {
    match wait_for(sights, |sight| matches!(sight, Sight::Hit(_))) {
        Sight::Hit(hit) => hit.text,
        Sight::Health(_) => unreachable!(),
    }
}

fn wait_for_health(sights: &Receiver<Sight>, health: Health) {
    wait_for(sights, |sight| *sight == Sight::Health(health));
}

#[test]
fn a_ticket_is_read_from_every_kind_of_file() {
    let desk = Desk::new("kinds");
    for name in ["ticket.png", "ticket.jpg"] {
        save(&desk.path(name), ticket(1));
    }
    let folder = desk.path("folder");
    fs::create_dir(&folder).unwrap();
    (0..3).for_each(|seed| save(&folder.join(format!("{seed}.png")), self::desk(seed)));
    save(&folder.join("3.jpg"), ticket(1));
    fs::write(folder.join("note.txt"), "no picture").unwrap();
    fs::write(desk.path("video.y4m"), video([self::desk(1), ticket(1)])).unwrap();
    let jpegs = [folder.join("3.jpg"), desk.path("ticket.jpg")].map(|path| fs::read(path).unwrap());
    fs::write(desk.path("video.mjpeg"), jpegs.concat()).unwrap();
    for name in ["ticket.png", "ticket.jpg", "folder", "video.y4m", "video.mjpeg"] {
        let (_viewfinder, sights) = Viewfinder::open(look_at(&desk.path(name))).unwrap();
        assert_eq!(hit(&sights), ADDRESS, "{name}");
    }
}

#[test]
fn a_camera_is_unplugged_and_plugged_in_again() {
    let desk = Desk::new("replug");
    for (name, bytes) in [
        ("a.y4m", video([self::desk(1), self::desk(2)])),
        ("b.png", {
            save(&desk.path("x.png"), self::desk(1));
            fs::read(desk.path("x.png")).unwrap()
        }),
    ] {
        let path = desk.path(name);
        fs::write(&path, &bytes).unwrap();
        let (_viewfinder, sights) = Viewfinder::open(look_at(&path)).unwrap();
        wait_for_health(&sights, Health::Ok);
        fs::remove_file(&path).unwrap();
        wait_for_health(&sights, Health::Fault(CameraFault::Unplugged));
        fs::write(desk.path("beside"), &bytes).unwrap();
        fs::rename(desk.path("beside"), &path).unwrap();
        wait_for_health(&sights, Health::Ok);
    }
}

#[test]
fn a_camera_that_is_not_there_is_waited_for() {
    let desk = Desk::new("absent");
    let path = desk.path("later.png");
    let (viewfinder, sights) = Viewfinder::open(look_at(&path)).unwrap();
    wait_for_health(&sights, Health::Fault(CameraFault::NotFound));
    save(&path, ticket(1));
    assert_eq!(hit(&sights), ADDRESS);
    assert_eq!(viewfinder.health(), Health::Ok);
}

#[test]
fn a_black_and_a_frozen_picture_are_noticed_and_forgiven() {
    let desk = Desk::new("judged");
    let black = [vec![16; SIZE.0 * SIZE.1], vec![17; SIZE.0 * SIZE.1]];
    for (name, frames, fault) in [
        ("black.y4m", black.to_vec(), CameraFault::Black),
        ("frozen.y4m", vec![self::desk(1)], CameraFault::Frozen),
    ] {
        let path = desk.path(name);
        fs::write(&path, video(frames)).unwrap();
        let patience = Patience { black: 100, frozen: 300 };
        let (_viewfinder, sights) = Viewfinder::open(Settings { patience, ..look_at(&path) }).unwrap();
        wait_for_health(&sights, Health::Fault(fault));
        // Plugged out and in, with the lid open.
        fs::remove_file(&path).unwrap();
        wait_for_health(&sights, Health::Fault(CameraFault::Unplugged));
        fs::write(desk.path("beside"), video([self::desk(1), self::desk(2)])).unwrap();
        fs::rename(desk.path("beside"), &path).unwrap();
        wait_for_health(&sights, Health::Ok);
    }
}

#[test]
fn a_file_that_is_no_picture_is_said_to_be_none() {
    let desk = Desk::new("broken");
    for name in ["a.png", "b.y4m", "c.mjpeg"] {
        fs::write(desk.path(name), "these are words").unwrap();
        let (_viewfinder, sights) = Viewfinder::open(look_at(&desk.path(name))).unwrap();
        wait_for_health(&sights, Health::Fault(CameraFault::Unreadable));
    }
}

#[test]
fn a_picture_that_is_replaced_is_read_again() {
    let desk = Desk::new("replaced");
    let path = desk.path("view.png");
    save(&path, self::desk(1));
    let (_viewfinder, sights) = Viewfinder::open(look_at(&path)).unwrap();
    wait_for_health(&sights, Health::Ok);
    save(&path, ticket(1));
    assert_eq!(hit(&sights), ADDRESS);
}

#[test]
fn a_preview_nobody_takes_and_a_listener_nobody_reads_hold_up_nothing() {
    let desk = Desk::new("preview");
    let path = desk.path("video.y4m");
    fs::write(&path, video((0..4).map(self::desk))).unwrap();
    let (viewfinder, sights) = Viewfinder::open(look_at(&path)).unwrap();
    let (_unread, mut slow) = (viewfinder.subscribe(), viewfinder.preview(20.0, 160));
    wait_for_health(&sights, Health::Ok);
    let first = slow.next_jpeg(Duration::from_secs(60)).unwrap();
    assert_eq!(image::load_from_memory(&first).unwrap().width(), 160);
    // While the preview is not asked for, a ticket comes into view and is read.
    fs::write(desk.path("beside"), video([self::desk(9), ticket(1)])).unwrap();
    fs::remove_file(&path).unwrap();
    wait_for_health(&sights, Health::Fault(CameraFault::Unplugged));
    fs::rename(desk.path("beside"), &path).unwrap();
    assert_eq!(hit(&sights), ADDRESS);
    // And then the preview shows what is there now, not what was there first.
    assert!(slow.next_jpeg(Duration::from_secs(60)).is_some_and(|now| now != first));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_a_camera_too_and_is_unplugged_when_its_writer_goes() {
    use std::io::Write;
    let desk = Desk::new("pipe");
    let path = desk.path("camera.y4m");
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let (_viewfinder, sights) = Viewfinder::open(look_at(&path)).unwrap();
    for _ in 0..2 {
        let mut pipe = fs::OpenOptions::new().write(true).open(&path).unwrap();
        pipe.write_all(&video([self::desk(1)])).unwrap();
        wait_for_health(&sights, Health::Ok);
        drop(pipe);
        wait_for_health(&sights, Health::Fault(CameraFault::Unplugged));
    }
}
