//! Cameras plugged into this machine, through nokhwa: Video4Linux, Media Foundation, AVFoundation.

use std::time::Instant;

use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
};
use nokhwa::{NokhwaError, query};

use crate::camera::{Camera, CameraFault, CameraInfo, pixels, since};
use crate::scan::Frame;

const FORMATS: &[FrameFormat] = &[
    FrameFormat::MJPEG,
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::GRAY,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];

/// A camera that delivers.
pub struct DeviceCamera {
    camera: nokhwa::Camera,
    start: Instant,
}

impl DeviceCamera {
    /// Opens a camera by its id or name, or the first that works.
    ///
    /// # Errors
    /// The fault of the camera asked for; of the first one when any would do.
    pub fn open(wanted: Option<&str>, start: Instant) -> Result<Self, CameraFault> {
        let mut fault = CameraFault::NotFound;
        for (index, info) in found() {
            if wanted.is_some_and(|wanted| wanted != info.id && wanted != info.name) {
                continue;
            }
            match stream(index) {
                Ok(camera) => {
                    tracing::info!(camera = info.name, format = %camera.camera_format(), "camera opened");
                    return Ok(Self { camera, start });
                }
                Err(error) => {
                    tracing::warn!(camera = info.name, %error, "camera refused");
                    let this = fault_of(&error.to_string(), CameraFault::Unreadable);
                    fault = if fault == CameraFault::NotFound { this } else { fault };
                }
            }
        }
        Err(fault)
    }
}

impl Camera for DeviceCamera {
    fn next_frame(&mut self) -> Result<Frame, CameraFault> {
        // One broken picture is nothing; many mean that this is no camera for us.
        for _ in 0..30 {
            let buffer = self.camera.frame().map_err(|error| {
                tracing::warn!(%error, "camera lost");
                fault_of(&error.to_string(), CameraFault::Unplugged)
            })?;
            let (width, height) = (buffer.resolution().x() as usize, buffer.resolution().y() as usize);
            let (bytes, taken) = (buffer.buffer().to_vec(), since(self.start));
            let frame = match buffer.source_frame_format() {
                FrameFormat::MJPEG => pixels::jpeg(bytes, taken),
                FrameFormat::YUYV => pixels::yuyv(width, height, bytes, taken),
                FrameFormat::NV12 | FrameFormat::GRAY => pixels::plane(width, height, bytes, taken),
                FrameFormat::RAWRGB => pixels::rgb(width, height, bytes, taken),
                FrameFormat::RAWBGR => {
                    let turned = bytes.chunks_exact(3).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]);
                    pixels::rgb(width, height, turned.collect(), taken)
                }
            };
            if let Some(frame) = frame {
                return Ok(frame);
            }
        }
        Err(CameraFault::Unreadable)
    }
}

/// The cameras of this machine.
pub fn list() -> Vec<CameraInfo> {
    found().into_iter().map(|(_, info)| info).collect()
}

fn found() -> Vec<(CameraIndex, CameraInfo)> {
    let cameras = query(ApiBackend::Auto).unwrap_or_else(|error| {
        tracing::warn!(%error, "cameras cannot be listed");
        Vec::new()
    });
    let mut found: Vec<_> = cameras
        .into_iter()
        .filter(|camera| delivers(camera.index()))
        .map(|camera| {
            // Media Foundation and AVFoundation know a lasting id; Video4Linux only the number.
            let id = if camera.misc().is_empty() { camera.index().as_string() } else { camera.misc() };
            (camera.index().clone(), CameraInfo { id, name: camera.human_name() })
        })
        .collect();
    found.sort_by_key(|(index, _)| index.as_index().unwrap_or(u32::MAX));
    found
}

/// A webcam shows several nodes on Linux; the first of them delivers pictures, the others describe them.
#[cfg(target_os = "linux")]
fn delivers(index: &CameraIndex) -> bool {
    let path = format!("/sys/class/video4linux/video{}/index", index.as_string());
    std::fs::read_to_string(path).is_ok_and(|node| node.trim() == "0")
}

#[cfg(not(target_os = "linux"))]
fn delivers(_index: &CameraIndex) -> bool {
    true
}

fn stream(index: CameraIndex) -> Result<nokhwa::Camera, NokhwaError> {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, FORMATS);
    let mut camera = nokhwa::Camera::new(index, any)?;
    let formats = camera.compatible_camera_formats()?;
    if let Some(best) = formats.into_iter().min_by_key(distance) {
        let exactly = RequestedFormat::with_formats(RequestedFormatType::Exact(best), FORMATS);
        if let Err(error) = camera.set_camera_requset(exactly) {
            tracing::debug!(%error, format = %best, "camera keeps its own format");
        }
    }
    camera.open_stream()?;
    Ok(camera)
}

/// How far a format is from what scanning wants: fluent first, then 1280 pixels wide, then packed small on the USB.
fn distance(format: &CameraFormat) -> (bool, u32, u32, usize) {
    let slow = format.frame_rate() < 15;
    let packing = FORMATS.iter().position(|known| *known == format.format()).unwrap_or(FORMATS.len());
    (slow, format.width().abs_diff(1280), format.frame_rate().abs_diff(30), packing)
}

/// What the system's words mean for a person. Numbers are those of Linux and of Media Foundation.
fn fault_of(words: &str, otherwise: CameraFault) -> CameraFault {
    let says = |parts: &[&str]| {
        let words = words.to_ascii_lowercase();
        parts.iter().any(|part| words.contains(part))
    };
    if says(&["os error 16)", "resource busy", "0xc00d3ea3", "0xc00d3704", "0x80070020"]) {
        CameraFault::Busy
    } else if says(&["os error 13)", "os error 1)", "permission denied", "0x80070005", "access is denied"]) {
        CameraFault::Denied
    } else if says(&[
        "os error 2)",
        "os error 6)",
        "os error 19)",
        "0xc00d3ea2",
        "0xc00d36b3",
        "no such device",
    ]) {
        if otherwise == CameraFault::Unplugged { otherwise } else { CameraFault::NotFound }
    } else {
        otherwise
    }
}

#[cfg(test)]
mod tests {
    use nokhwa::utils::Resolution;

    use super::*;

    #[test]
    fn what_the_system_says_becomes_what_a_person_can_do() {
        let opening = |words| fault_of(words, CameraFault::Unreadable);
        assert_eq!(
            opening("Could not open device stream: Device or resource busy (os error 16)"),
            CameraFault::Busy
        );
        assert_eq!(
            opening("Could not open device 0: V4L2 Error: Permission denied (os error 13)"),
            CameraFault::Denied
        );
        assert_eq!(
            opening("Could not open device 0: No such file or directory (os error 2)"),
            CameraFault::NotFound
        );
        assert_eq!(opening("Could not set device property"), CameraFault::Unreadable);
        let gone = "Could not capture frame: No such device (os error 19)";
        assert_eq!(fault_of(gone, CameraFault::Unplugged), CameraFault::Unplugged);
    }

    #[test]
    fn a_fluent_picture_is_chosen_before_a_large_one() {
        let format =
            |width, height, format, rate| CameraFormat::new(Resolution::new(width, height), format, rate);
        let wide = format(1280, 720, FrameFormat::MJPEG, 30);
        let offered = [
            format(1920, 1080, FrameFormat::MJPEG, 30),
            format(1280, 720, FrameFormat::YUYV, 10),
            format(640, 480, FrameFormat::YUYV, 30),
            wide,
        ];
        assert_eq!(offered.into_iter().min_by_key(distance), Some(wide));
        let small = format(640, 480, FrameFormat::YUYV, 30);
        let cheap = [format(1280, 720, FrameFormat::YUYV, 5), small];
        assert_eq!(cheap.into_iter().min_by_key(distance), Some(small));
    }
}
