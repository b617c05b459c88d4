//! A piece of paper that came out: its words, its QR codes, its layout and its picture.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

/// The paper's width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 58 mm, of which 48 mm (384 dots) are printed.
    Mm58,
    /// 80 mm, of which 72 mm (576 dots) are printed.
    Mm80,
    /// 80 mm, of which 64 mm (512 dots) are printed: 42 letters.
    Columns42,
}

impl Width {
    /// Dots that can be printed in a row, eight per millimetre.
    pub fn dots(self) -> usize {
        match self {
            Width::Mm58 => 384,
            Width::Mm80 => 576,
            Width::Columns42 => 512,
        }
    }

    /// Letters in a row, at their normal size.
    pub fn columns(self) -> usize {
        match self {
            Width::Mm58 => 32,
            Width::Mm80 => 48,
            Width::Columns42 => 42,
        }
    }

    /// Dots of white at each side.
    fn margin(self) -> usize {
        match self {
            Width::Mm58 => 40,
            Width::Mm80 => 32,
            Width::Columns42 => 64,
        }
    }
}

/// One piece of paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The printed words, a line each.
    pub lines: Vec<String>,
    /// What each QR code says.
    pub qr: Vec<String>,
    /// Every row with its size, weight and place: readable, for golden files.
    pub layout: String,
    /// Whether it was cut; otherwise the connection ended before and somebody tore it off.
    pub complete: bool,
    pub(crate) width: Width,
    pub(crate) dots: Vec<bool>,
}

impl Paper {
    /// The picture, as a PNG file.
    pub fn png(&self) -> Vec<u8> {
        picture(&self.dots, self.width)
    }
}

/// Dots of white above and below.
const ABOVE: usize = 40;
const BELOW: usize = 48;

/// The picture of `dots` (true is black, `width` to a row): white paper with its margins and a fine grey edge.
fn picture(dots: &[bool], width: Width) -> Vec<u8> {
    let (margin, row) = (width.margin(), width.dots());
    let (across, down) = (row + 2 * margin, dots.len() / row + ABOVE + BELOW);
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let image = GrayImage::from_fn(size(across), size(down), |x, y| {
        let (x, y) = (x as usize, y as usize);
        if x == 0 || y == 0 || x + 1 == across || y + 1 == down {
            return Luma([214]);
        }
        let inside = x >= margin && x < margin + row && y >= ABOVE;
        let black = inside && dots.get((y - ABOVE) * row + x - margin).copied().unwrap_or(false);
        Luma([if black { 20 } else { 253 }])
    });
    let mut png = Cursor::new(Vec::new());
    // Writing into memory can only fail for pictures of absurd size; then the words must do.
    let written = image.write_to(&mut png, ImageFormat::Png);
    if written.is_ok() { png.into_inner() } else { Vec::new() }
}
