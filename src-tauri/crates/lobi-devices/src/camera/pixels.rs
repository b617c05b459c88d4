//! From what cameras and files deliver to frames.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::scan::{Frame, Picture};

/// A JPEG with its brightness; the colours stay packed until somebody looks. `None`: it is no JPEG, or a broken one.
pub fn jpeg(bytes: Vec<u8>, taken: u64) -> Option<Frame> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(&bytes), options);
    let luma = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    let frame = Frame::gray(width, height, luma, taken)?;
    Some(Frame { picture: Picture::Jpeg(bytes), ..frame })
}

/// A JPEG's pixels in red, green and blue, with width and height.
pub fn jpeg_colours(bytes: &[u8]) -> Option<(usize, usize, Vec<u8>)> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    Some((width, height, pixels))
}

/// Three bytes a pixel: red, green, blue.
pub fn rgb(width: usize, height: usize, bytes: Vec<u8>, taken: u64) -> Option<Frame> {
    // The usual weights of red, green and blue in brightness (BT.601), in 256ths.
    let light = |pixel: &[u8]| {
        ((77 * u16::from(pixel[0]) + 150 * u16::from(pixel[1]) + 29 * u16::from(pixel[2])) >> 8) as u8
    };
    let luma = bytes.chunks_exact(3).map(light).collect();
    Some(Frame { picture: Picture::Rgb(bytes), ..Frame::gray(width, height, luma, taken)? })
}

/// Two pixels in four bytes; drivers may add padding behind the picture.
pub fn yuyv(width: usize, height: usize, mut bytes: Vec<u8>, taken: u64) -> Option<Frame> {
    bytes.truncate(width.checked_mul(height)?.checked_mul(2)?);
    let luma = bytes.iter().step_by(2).copied().collect();
    Some(Frame { picture: Picture::Yuyv(bytes), ..Frame::gray(width, height, luma, taken)? })
}

/// A plane of brightness, whatever follows it (NV12, plain gray).
pub fn plane(width: usize, height: usize, mut bytes: Vec<u8>, taken: u64) -> Option<Frame> {
    bytes.truncate(width.checked_mul(height)?);
    Frame::gray(width, height, bytes, taken)
}
