//! What people see of a camera: small JPEG pictures, made by the one who shows them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, RgbImage};

use crate::camera::pixels;
use crate::camera::sight::Shared;
use crate::scan::{Frame, Picture};

/// Compression: small enough for twenty a second, good enough to aim a ticket.
const QUALITY: u8 = 70;

/// A preview. Pictures that were not asked for in time are left out.
pub struct Preview {
    shared: Arc<Shared>,
    period: Duration,
    width: u32,
    seen: u64,
    due: Instant,
}

impl Preview {
    pub(super) fn new(shared: Arc<Shared>, fps: f32, width: u32) -> Self {
        let period = Duration::from_secs_f32(1.0 / fps.clamp(0.1, 120.0));
        Self { shared, period, width: width.max(16), seen: 0, due: Instant::now() }
    }

    /// Waits for the next picture and packs it. `None` when none came in time, which is no reason to stop asking.
    pub fn next_jpeg(&mut self, patience: Duration) -> Option<Vec<u8>> {
        let until = Instant::now() + patience;
        if !self.shared.pause(self.due.min(until)) {
            return None;
        }
        let (number, frame) = self.shared.frame_after(self.seen, until)?;
        self.seen = number;
        // A late one does not hurry the next.
        self.due = self.due.max(Instant::now().checked_sub(self.period).unwrap_or(self.due)) + self.period;
        jpeg(&frame, self.width)
    }
}

/// A frame as a JPEG of at most this width. `None` when its picture cannot be read.
pub fn jpeg(frame: &Frame, width: u32) -> Option<Vec<u8>> {
    if let Picture::Jpeg(bytes) = &frame.picture
        && frame.width <= width as usize
        && has_tables(bytes)
    {
        return Some(bytes.clone());
    }
    let picture = colours(frame)?;
    let picture = if picture.width() > width {
        let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
        picture.thumbnail_exact(width, u32::try_from(height).ok()?.max(1))
    } else {
        picture
    };
    let mut packed = Vec::new();
    JpegEncoder::new_with_quality(&mut packed, QUALITY).encode_image(&picture).ok()?;
    Some(packed)
}

/// Webcams leave the code tables out of their pictures, and not every program knows them by heart.
fn has_tables(jpeg: &[u8]) -> bool {
    jpeg.windows(2).take(4096).any(|mark| mark == [0xff, 0xc4])
}

fn colours(frame: &Frame) -> Option<DynamicImage> {
    let size = |width: usize, height: usize| Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?));
    let (width, height) = size(frame.width, frame.height)?;
    Some(match &frame.picture {
        Picture::Gray => DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, frame.luma.clone())?),
        Picture::Rgb(bytes) => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes.clone())?),
        Picture::Yuyv(bytes) => {
            let bytes = bytes.chunks_exact(4).flat_map(|pair| {
                let [first, blue, second, red] = [pair[0], pair[1], pair[2], pair[3]];
                [to_rgb(first, blue, red), to_rgb(second, blue, red)]
            });
            DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes.flatten().collect())?)
        }
        Picture::Jpeg(bytes) => {
            let (width, height, bytes) = pixels::jpeg_colours(bytes)?;
            let (width, height) = size(width, height)?;
            DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes)?)
        }
    })
}

/// One pixel of studio-range video (BT.601), in 256ths.
fn to_rgb(light: u8, blue: u8, red: u8) -> [u8; 3] {
    let light = 298 * (i32::from(light) - 16);
    let (blue, red) = (i32::from(blue) - 128, i32::from(red) - 128);
    let part = |sum: i32| ((sum + 128) >> 8).clamp(0, 255) as u8;
    [part(light + 409 * red), part(light - 100 * blue - 208 * red), part(light + 516 * blue)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_made_small_and_a_small_one_is_left() {
        for (from, to) in [(1280, 640), (320, 320)] {
            let frame = Frame::gray(from, from / 2, vec![90; from * from / 2], 0).unwrap();
            let packed = jpeg(&frame, 640).unwrap();
            let read = image::load_from_memory(&packed).unwrap();
            assert_eq!((read.width(), read.height()), (to, to / 2));
        }
    }

    #[test]
    fn colours_of_a_camera_are_the_colours_people_see() {
        assert_eq!(to_rgb(235, 128, 128), [255, 255, 255]);
        assert_eq!(to_rgb(16, 128, 128), [0, 0, 0]);
        let [red, green, blue] = to_rgb(81, 90, 240);
        assert!(red > 250 && green < 5 && blue < 5, "{red} {green} {blue}");
        let yuyv = pixels::yuyv(2, 1, vec![81, 90, 81, 240, 0, 0], 7).unwrap();
        assert_eq!((yuyv.luma.as_slice(), yuyv.taken), ([81, 81].as_slice(), 7));
        let packed = jpeg(&yuyv, 640).unwrap();
        let read = image::load_from_memory(&packed).unwrap().into_rgb8();
        assert!(read.get_pixel(0, 0).0[0] > 200 && read.get_pixel(0, 0).0[2] < 60);
    }

    #[test]
    fn a_jpeg_of_the_right_size_is_passed_on_as_it_is() {
        let frame = Frame::gray(64, 32, vec![90; 64 * 32], 0).unwrap();
        let packed = jpeg(&frame, 640).unwrap();
        let again = pixels::jpeg(packed.clone(), 5).unwrap();
        assert_eq!((again.width, again.height), (64, 32));
        assert_eq!(jpeg(&again, 640), Some(packed));
        assert_eq!(pixels::jpeg(b"no picture".to_vec(), 0), None);
    }
}
