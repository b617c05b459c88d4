//! The ways in which a frame is looked at, cheapest first, until one of them reads a code.
//!
//! Which looks, and in which order, was measured with `examples/scan_table.rs`: each reads something that none of the
//! others does. rqrr alone misses dark screens, faded paper, shadows and dim light; rxing misses steep angles.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rxing::helpers::detect_in_luma_slice_with_hints;
use rxing::{BarcodeFormat, DecodeHints};

use super::filters::Gray;
use super::frame::Frame;

/// The texts of the QR codes in a frame. Empty when there is none, or none that can be read.
pub fn decode(frame: &Frame) -> Vec<String> {
    let (width, height, luma) = (frame.width, frame.height, frame.luma.as_slice());
    // Nothing smaller holds a code, and nothing larger comes from a webcam.
    if width < 21 || height < 21 || luma.len() > 1 << 26 || width.checked_mul(height) != Some(luma.len()) {
        return Vec::new();
    }
    let near = |width: usize| width / 24;
    let first = by_rxing(width, height, luma);
    if !first.is_empty() {
        return first;
    }
    let half = Gray::halved(width, height, luma);
    // Dim light, moire, fading.
    let flat = half.flattened(near(half.width), 3);
    let found = by_rxing(flat.width, flat.height, &flat.luma);
    if !found.is_empty() {
        return found;
    }
    // Out of focus near the camera.
    let sharp = half.sharpened(2, 3);
    let found = by_rxing(sharp.width, sharp.height, &sharp.luma);
    if !found.is_empty() {
        return found;
    }
    // Steep angles, faded paper.
    let soft = Gray::softened(width, height, luma);
    let lines = soft.black_and_white(near(width));
    let found = by_rqrr(&lines);
    if !found.is_empty() {
        return found;
    }
    // Out of focus in a large picture.
    let sharp = soft.sharpened(6, 3);
    let found = by_rxing(sharp.width, sharp.height, &sharp.luma);
    if !found.is_empty() {
        return found;
    }
    // Shadows across a small code.
    let plain = Gray { width, height, luma: luma.to_vec() };
    let flat = plain.flattened(near(width), 2);
    by_rxing(flat.width, flat.height, &flat.luma)
}

/// Decoders are fed whatever stands before a camera; one that panics has read nothing.
fn calmly(read: impl FnOnce() -> Vec<String>) -> Vec<String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        tracing::warn!("a QR decoder panicked over a frame");
        Vec::new()
    })
}

fn by_rxing(width: usize, height: usize, luma: &[u8]) -> Vec<String> {
    let (Ok(wide), Ok(high)) = (u32::try_from(width), u32::try_from(height)) else { return Vec::new() };
    calmly(|| {
        let mut hints = DecodeHints {
            PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
            TryHarder: Some(true),
            AlsoInverted: Some(true),
            ..DecodeHints::default()
        };
        let read =
            detect_in_luma_slice_with_hints(luma, wide, high, Some(BarcodeFormat::QR_CODE), &mut hints);
        read.map(|code| vec![code.getText().to_owned()]).unwrap_or_default()
    })
}

fn by_rqrr(picture: &Gray) -> Vec<String> {
    calmly(|| {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| {
                picture.luma[y * picture.width + x]
            });
        let grids = prepared.detect_grids();
        let mut texts: Vec<String> =
            grids.iter().filter_map(|grid| grid.decode().ok().map(|(_, text)| text)).collect();
        texts.dedup();
        texts
    })
}
