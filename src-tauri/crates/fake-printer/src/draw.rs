//! Ink on paper: letters of 12 × 24 dots enlarged by whole steps, pictures and QR codes, on rows that grow downwards.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

use crate::font::{self, LETTER};

/// The printed area: `width` dots to a row.
pub(crate) struct Canvas {
    width: usize,
    dots: Vec<bool>,
}

/// A letter ready to be put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) letter: char,
    pub(crate) across: usize,
    pub(crate) down: usize,
    pub(crate) bold: bool,
}

/// Something black and white: `width` dots to a row.
pub(crate) struct Bitmap {
    pub(crate) width: usize,
    pub(crate) dots: Vec<bool>,
}

impl Canvas {
    pub(crate) fn new(width: usize) -> Canvas {
        Canvas { width, dots: Vec::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.dots.is_empty()
    }

    pub(crate) fn rows(&self) -> usize {
        self.dots.len() / self.width
    }

    pub(crate) fn into_dots(self) -> Vec<bool> {
        self.dots
    }

    /// Moves the paper on.
    pub(crate) fn feed(&mut self, rows: usize) {
        self.dots.resize(self.dots.len() + rows * self.width, false);
    }

    /// Puts a line of letters down, `left` dots from the edge, on a row `height` dots high; they share their foot.
    pub(crate) fn letters(&mut self, letters: &[Letter], left: usize, height: usize) {
        let top = self.dots.len() / self.width;
        self.feed(height);
        let mut x = left;
        for letter in letters {
            self.letter(letter, x, top + height - LETTER.1 * letter.down);
            x += LETTER.0 * letter.across;
        }
    }

    fn letter(&mut self, letter: &Letter, x: usize, y: usize) {
        let Some(rows) = font::rows(letter.letter) else { return };
        // Emphasised letters are printed twice, one dot apart.
        let wide = letter.across * if letter.bold { 2 } else { 1 };
        for (row, bits) in rows.enumerate() {
            for column in (0..LETTER.0).filter(|column| bits & 0x8000 >> column != 0) {
                for down in 0..letter.down {
                    for across in 0..wide {
                        self.dot(x + column * letter.across + across, y + row * letter.down + down);
                    }
                }
            }
        }
    }

    fn dot(&mut self, x: usize, y: usize) {
        if x < self.width
            && let Some(dot) = self.dots.get_mut(y * self.width + x)
        {
            *dot = true;
        }
    }

    /// Puts a picture down, `left` dots from the edge.
    pub(crate) fn bitmap(&mut self, bitmap: &Bitmap, left: usize) {
        let top = self.dots.len() / self.width;
        self.feed(bitmap.dots.len() / bitmap.width.max(1));
        for (at, _) in bitmap.dots.iter().enumerate().filter(|(_, black)| **black) {
            self.dot(left + at % bitmap.width, top + at / bitmap.width);
        }
    }
}

/// A QR code as a printer draws it: no quiet zone of its own, `module` dots to a module.
pub(crate) fn qr(data: &[u8], level: EcLevel, module: usize) -> Option<Bitmap> {
    let code = QrCode::with_error_correction_level(data, level).ok()?;
    let (modules, colors) = (code.width(), code.to_colors());
    let width = modules * module;
    let black = |at: usize| colors[at / width / module * modules + at % width / module] == Color::Dark;
    Some(Bitmap { width, dots: (0..width * width).map(black).collect() })
}
