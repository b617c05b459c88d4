//! The camera: newest frame only, and words for what is wrong with it.

pub mod device;
pub mod file;
pub mod judge;
mod pixels;
pub mod preview;
pub mod sight;
pub mod source;
pub mod viewfinder;
mod y4m;

use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::scan::Frame;

/// Delivers pictures, one after the other. It stays on the thread that opened it: systems bind cameras to threads.
pub trait Camera {
    /// Waits for the next picture. After a fault the camera is opened anew.
    ///
    /// # Errors
    /// When there is no picture to wait for.
    fn next_frame(&mut self) -> Result<Frame, CameraFault>;

    /// May it deliver the same picture for ever? A picture file may; a camera's sensor has noise.
    fn may_stand_still(&self) -> bool {
        false
    }
}

/// What is wrong with a camera, in terms of what a person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraFault {
    /// There is no such camera: plug one in or choose another.
    #[error("no such camera")]
    NotFound,
    /// Another program has it: close that one.
    #[error("the camera is used by another program")]
    Busy,
    /// It was there and is gone: plug it in again.
    #[error("the camera was unplugged")]
    Unplugged,
    /// The picture is black: open its lid, or make light.
    #[error("the picture is black")]
    Black,
    /// The picture stands still, or none comes: plug it out and in.
    #[error("the picture stands still")]
    Frozen,
    /// The system does not let this program use it: allow it.
    #[error("this program may not use the camera")]
    Denied,
    /// What it delivers is no picture that can be read: choose another camera.
    #[error("the camera delivers no readable picture")]
    Unreadable,
}

impl CameraFault {
    /// The stable name under which screens find their words, as in `not_found`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Busy => "busy",
            Self::Unplugged => "unplugged",
            Self::Black => "black",
            Self::Frozen => "frozen",
            Self::Denied => "denied",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A camera that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraInfo {
    /// What [`source::Source::Device`] takes.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// Milliseconds since `start`.
fn since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}
