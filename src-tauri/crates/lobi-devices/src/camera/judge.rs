//! Is the picture alive? Decided from frames and times that are given, never from a clock.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::camera::CameraFault;
use crate::scan::Frame;

/// How a camera does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It is being opened; nothing is known yet.
    Starting,
    /// Pictures come, and they move.
    Ok,
    /// Something is wrong.
    Fault(CameraFault),
}

/// After how many milliseconds a picture is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Of blackness.
    pub black: u64,
    /// Of standing still, or of no picture at all.
    pub frozen: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { black: 3_000, frozen: 5_000 }
    }
}

/// Watches a camera's frames.
#[derive(Debug)]
pub struct Judge {
    patience: Patience,
    /// The fault that the camera itself reported last, until a frame comes.
    fault: Option<CameraFault>,
    delivered: bool,
    /// The last frame, or the moment it was opened.
    heard: u64,
    black_since: Option<u64>,
    /// When the picture last changed, and the picture.
    changed: u64,
    last: Option<Arc<Frame>>,
    may_stand_still: bool,
}

impl Judge {
    /// A judge of a camera that is being opened at `now`.
    pub fn new(patience: Patience, now: u64) -> Self {
        Self {
            patience,
            fault: None,
            delivered: false,
            heard: now,
            black_since: None,
            changed: now,
            last: None,
            may_stand_still: false,
        }
    }

    /// A picture came. `may_stand_still`: see [`crate::camera::Camera::may_stand_still`].
    pub fn frame(&mut self, frame: &Arc<Frame>, may_stand_still: bool) {
        let now = frame.taken;
        let again = self.fault.take().is_some() || !self.delivered;
        (self.delivered, self.heard, self.may_stand_still) = (true, now, may_stand_still);
        if is_black(&frame.luma) {
            self.black_since.get_or_insert(now);
        } else {
            self.black_since = None;
        }
        if again || self.last.as_ref().is_none_or(|last| last.luma != frame.luma) {
            self.changed = now;
        }
        self.last = Some(frame.clone());
    }

    /// The camera reported a fault. One that was there and is not found was unplugged.
    pub fn fault(&mut self, fault: CameraFault, now: u64) {
        let was_there = self.delivered && fault == CameraFault::NotFound;
        self.fault = Some(if was_there { CameraFault::Unplugged } else { fault });
        self.heard = now;
        self.black_since = None;
    }

    /// How the camera does at `now`.
    pub fn health(&self, now: u64) -> Health {
        if let Some(fault) = self.fault {
            return Health::Fault(fault);
        }
        let for_long = |since: u64, patience: u64| now.saturating_sub(since) >= patience;
        if for_long(self.heard, self.patience.frozen) {
            // It never came to a first picture: there is nothing behind this name.
            let fault = if self.delivered { CameraFault::Frozen } else { CameraFault::NotFound };
            return Health::Fault(fault);
        }
        if !self.delivered {
            return Health::Starting;
        }
        if self.black_since.is_some_and(|since| for_long(since, self.patience.black)) {
            return Health::Fault(CameraFault::Black);
        }
        if !self.may_stand_still && for_long(self.changed, self.patience.frozen) {
            return Health::Fault(CameraFault::Frozen);
        }
        Health::Ok
    }
}

/// Nothing in it is brighter than a dark gray, but for a thousandth: black is 16 in video, and sensors have noise.
fn is_black(luma: &[u8]) -> bool {
    luma.iter().filter(|light| **light > 48).count() * 1000 <= luma.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(light: u8, taken: u64) -> Arc<Frame> {
        Arc::new(Frame::gray(4, 2, vec![light; 8], taken).unwrap())
    }

    fn judge() -> Judge {
        Judge::new(Patience::default(), 0)
    }

    #[test]
    fn a_moving_picture_is_well() {
        let mut judge = judge();
        assert_eq!(judge.health(100), Health::Starting);
        for now in (0..20_000).step_by(50) {
            judge.frame(&frame(100 + (now / 50 % 2) as u8, now), false);
            assert_eq!(judge.health(now), Health::Ok);
        }
    }

    #[test]
    fn a_black_picture_is_a_fault_after_three_seconds_and_none_once_there_is_light() {
        let mut judge = judge();
        for now in (0..=3_000).step_by(50) {
            assert_eq!(judge.health(now.max(50) - 50), if now == 0 { Health::Starting } else { Health::Ok });
            // The noise of a covered sensor.
            judge.frame(&frame(16 + (now / 50 % 3) as u8, now), false);
        }
        assert_eq!(judge.health(3_000), Health::Fault(CameraFault::Black));
        judge.frame(&frame(120, 3_050), false);
        assert_eq!(judge.health(3_050), Health::Ok);
    }

    #[test]
    fn a_picture_that_stands_still_to_the_bit_is_frozen_after_five_seconds() {
        let mut judge = judge();
        for now in (0..5_000).step_by(50) {
            judge.frame(&frame(100, now), false);
            assert_eq!(judge.health(now), Health::Ok);
        }
        judge.frame(&frame(100, 5_000), false);
        assert_eq!(judge.health(5_000), Health::Fault(CameraFault::Frozen));
        judge.frame(&frame(101, 5_050), false);
        assert_eq!(judge.health(5_050), Health::Ok);
    }

    #[test]
    fn a_picture_file_may_stand_still() {
        let mut judge = judge();
        for now in (0..20_000).step_by(50) {
            judge.frame(&frame(100, now), true);
            assert_eq!(judge.health(now), Health::Ok);
        }
    }

    #[test]
    fn a_camera_that_delivers_no_more_is_frozen_and_one_that_never_did_is_not_found() {
        let mut judge = judge();
        assert_eq!(judge.health(4_999), Health::Starting);
        assert_eq!(judge.health(5_000), Health::Fault(CameraFault::NotFound));
        judge.frame(&frame(100, 6_000), false);
        assert_eq!(judge.health(10_999), Health::Ok);
        assert_eq!(judge.health(11_000), Health::Fault(CameraFault::Frozen));
    }

    #[test]
    fn an_unplugged_camera_stays_unplugged_until_it_delivers_again() {
        let mut judge = judge();
        judge.frame(&frame(100, 0), false);
        judge.fault(CameraFault::Unplugged, 50);
        judge.fault(CameraFault::NotFound, 300);
        assert_eq!(judge.health(9_000), Health::Fault(CameraFault::Unplugged));
        judge.frame(&frame(100, 9_050), false);
        assert_eq!(judge.health(9_050), Health::Ok);
        assert_eq!(judge.health(9_100), Health::Ok, "the time away does not count as standing still");
    }
}
