//! A picture on its way from a camera to whoever reads or shows it.

/// One picture of a camera.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Brightness of each pixel, row by row from the top left, 0 to 255.
    pub luma: Vec<u8>,
    /// The same picture for people, where the source has colours.
    pub picture: Picture,
    /// When it was taken, in milliseconds of the clock that the owner of the camera passes in.
    pub taken: u64,
}

/// A picture for people, as the source delivered it: it is converted only when somebody looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Picture {
    /// There is nothing but the brightness.
    #[default]
    Gray,
    /// A JPEG file.
    Jpeg(Vec<u8>),
    /// Three bytes a pixel: red, green, blue.
    Rgb(Vec<u8>),
    /// Two pixels in four bytes: brightness, blue, brightness, red (BT.601, studio range).
    Yuyv(Vec<u8>),
}

impl Frame {
    /// A gray frame. `None` when the bytes are not `width` × `height`, or there are none.
    pub fn gray(width: usize, height: usize, luma: Vec<u8>, taken: u64) -> Option<Self> {
        let fits = !luma.is_empty() && width.checked_mul(height) == Some(luma.len());
        fits.then_some(Self { width, height, luma, picture: Picture::Gray, taken })
    }
}
