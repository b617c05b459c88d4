//! Where pictures come from, and the camera that a source names.

use std::path::PathBuf;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::camera::{Camera, CameraFault, device, file};

/// Where pictures come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The first camera that works.
    #[default]
    Default,
    /// The camera with this id, or, when ids changed by replugging, with this name.
    Device(String),
    /// A png or jpg, a folder of them, a `.y4m` or `.mjpeg` video, or a named pipe of y4m. Pictures and videos start
    /// over at their end; a picture that is replaced is read again.
    File(PathBuf),
}

/// Opens a source. Frames carry the milliseconds since `start`; files play at `fps`, or at their own rate.
///
/// # Errors
/// When it cannot be opened.
pub fn open(source: &Source, fps: Option<f32>, start: Instant) -> Result<Box<dyn Camera>, CameraFault> {
    Ok(match source {
        Source::Default => Box::new(device::DeviceCamera::open(None, start)?),
        Source::Device(id) => Box::new(device::DeviceCamera::open(Some(id), start)?),
        Source::File(path) => file::open(path, fps, start)?,
    })
}
