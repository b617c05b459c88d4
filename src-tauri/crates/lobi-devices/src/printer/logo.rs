//! The logo as dots: measured before it is read, made small and turned black and white once, then kept.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::BASE64;
use image::imageops::{self, BiLevel, FilterType};
use image::{GrayImage, ImageFormat, ImageReader, Limits};

use super::raster;
use super::settings::Width;

/// Dots down, at most: 12 mm. On a line of 9600 baud a logo so small takes two to four seconds, and no more.
const MOST_DOWN: u32 = 96;

/// Pixels across or down in the file, at most.
const LONGEST_SIDE: u32 = 4096;
/// Pixels in the file, at most: 2048 × 2048. A scan of a letterhead has fewer, and a few kilobytes of PNG can claim
/// any number.
const MOST_PIXELS: u64 = 4 << 20;
/// Bytes that decoding may take, at most; the largest pixel of a PNG has eight.
const MOST_BYTES: u64 = 16 * MOST_PIXELS;

type Key = (u64, Width);
static KEPT: Mutex<Vec<(Key, Arc<[u8]>)>> = Mutex::new(Vec::new());
/// A hub has one logo and printers of two widths.
const KEEP: usize = 4;

/// The command that prints the logo in that file. A file that cannot be read or is no PNG prints no logo, with a
/// warning: the ticket matters more.
pub(super) fn from_file(path: &Path, width: Width) -> Option<Arc<[u8]>> {
    let read = std::fs::read(path).map_err(|error| error.to_string()).and_then(|png| kept(&png, width));
    read.inspect_err(|reason| tracing::warn!(path = %path.display(), reason, "printing without the logo"))
        .ok()
}

/// The command that prints this logo; none where it is no PNG.
pub(super) fn from_base64(png: &str, width: Width) -> Option<Arc<[u8]>> {
    let read = decoded(png).and_then(|png| kept(&png, width));
    read.inspect_err(|reason| tracing::warn!(reason, "printing without the site's logo")).ok()
}

/// Whether a PNG in base64 can be printed as a logo.
pub fn can_be_printed(png: &str) -> bool {
    decoded(png).is_ok_and(|png| drawn(&png, Width::MM80).is_ok())
}

fn decoded(png: &str) -> Result<Vec<u8>, String> {
    BASE64.decode(png.as_bytes()).map_err(|error| error.to_string())
}

fn kept(png: &[u8], width: Width) -> Result<Arc<[u8]>, String> {
    let mut hasher = DefaultHasher::new();
    png.hash(&mut hasher);
    let key = (hasher.finish(), width);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, command)) = kept.iter().find(|(known, _)| *known == key) {
        return Ok(Arc::clone(command));
    }
    let command: Arc<[u8]> = drawn(png, width)?.into();
    if kept.len() == KEEP {
        kept.remove(0);
    }
    kept.push((key, Arc::clone(&command)));
    Ok(command)
}

/// Width and height as a PNG's first chunk tells them. Reads 33 bytes and decodes nothing.
fn size(png: &[u8]) -> Result<(u32, u32), String> {
    const OPENING: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    let header = png.strip_prefix(OPENING).and_then(|rest| rest.first_chunk::<8>());
    let [a, b, c, d, e, f, g, h] = *header.ok_or("it is no PNG")?;
    Ok((u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])))
}

/// Refuses a picture that would take much memory and time to read, before any of it is spent.
fn small_enough(png: &[u8]) -> Result<(), String> {
    let (across, down) = size(png)?;
    let fits =
        across <= LONGEST_SIDE && down <= LONGEST_SIDE && u64::from(across) * u64::from(down) <= MOST_PIXELS;
    if fits { Ok(()) } else { Err(format!("{across} × {down} pixels are too many for a logo")) }
}

/// The command that prints the picture, at most two thirds of the paper wide.
fn drawn(png: &[u8], width: Width) -> Result<Vec<u8>, String> {
    small_enough(png)?;
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    // The header is one thing, what follows may be another.
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| error.to_string())?.into_rgba8();

    // What is transparent is paper.
    let mut grey = GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u32::from);
        let light = (299 * red + 587 * green + 114 * blue) / 1000;
        image::Luma([u8::try_from((light * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)])
    });
    let most_across = u32::try_from(width.dots() * 2 / 3).unwrap_or(256);
    let scale = (f64::from(most_across) / f64::from(grey.width()))
        .min(f64::from(MOST_DOWN) / f64::from(grey.height()));
    if scale < 1.0 {
        let small = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
        grey = imageops::resize(&grey, small(grey.width()), small(grey.height()), FilterType::Lanczos3);
    }
    // Drawings keep their clean edges; photographs need a pattern of dots.
    let clear = grey.pixels().filter(|pixel| !(64..192).contains(&pixel.0[0])).count();
    if clear * 10 < grey.pixels().len() * 8 {
        imageops::dither(&mut grey, &BiLevel);
    }

    let black = |x, y| grey.get_pixel(x, y).0[0] < 128;
    Ok(raster::command(grey.width(), grey.height(), black))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    fn png(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
        let mut png = Cursor::new(Vec::new());
        RgbaImage::from_pixel(width, height, image::Rgba(pixel))
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        png.into_inner()
    }

    #[test]
    fn a_logo_is_made_to_fit_and_black_means_ink() {
        let command = drawn(&png(1000, 500, [0, 0, 0, 255]), Width::MM58).unwrap();
        assert_eq!(command[..8], [0x1d, b'v', b'0', 0, 24, 0, 96, 0], "192 × 96 dots");
        assert_eq!(command.len(), 8 + 24 * 96);
        assert!(command[8..].iter().all(|byte| *byte == 0xff));
        let wide = drawn(&png(4000, 100, [0, 0, 0, 255]), Width::MM58).unwrap();
        assert_eq!(wide[4..8], [32, 0, 6, 0], "256 dots across");
    }

    #[test]
    fn a_small_logo_is_not_blown_up_and_transparency_is_paper() {
        let command = drawn(&png(10, 4, [0, 0, 0, 0]), Width::MM80).unwrap();
        assert_eq!(command, [0x1d, b'v', b'0', 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_logo_is_converted_once_and_what_is_no_picture_is_refused() {
        let picture = png(64, 64, [200, 10, 10, 255]);
        let first = kept(&picture, Width::MM58).unwrap();
        assert!(Arc::ptr_eq(&first, &kept(&picture, Width::MM58).unwrap()));
        assert!(kept(b"not a picture", Width::MM58).is_err());
        assert_eq!(from_file(Path::new("no/such/logo.png"), Width::MM58), None);
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_refused_by_its_first_bytes_alone() {
        let claiming = |across: u32, down: u32| {
            let mut png = png(8, 8, [0, 0, 0, 255]);
            png[16..20].copy_from_slice(&across.to_be_bytes());
            png[20..24].copy_from_slice(&down.to_be_bytes());
            png
        };
        for (across, down) in
            [(20_000, 20_000), (8192, 8192), (4097, 1), (1, 4097), (2049, 2048), (u32::MAX, u32::MAX)]
        {
            let refused = Err(format!("{across} × {down} pixels are too many for a logo"));
            let png = claiming(across, down);
            assert_eq!(drawn(&png, Width::MM80), refused);
            assert_eq!(drawn(&png[..24], Width::MM80), refused, "nothing behind the size was looked at");
        }
        assert_eq!(small_enough(&claiming(2048, 2048)), Ok(()));
        assert_eq!(small_enough(&claiming(4096, 1024)), Ok(()));
        for broken in [&b""[..], &claiming(8, 8)[..23], &b"GIF89a and more than twenty-four bytes"[..]] {
            assert_eq!(drawn(broken, Width::MM80), Err("it is no PNG".to_owned()));
        }
    }

    #[test]
    fn a_logo_also_comes_as_text() {
        let picture = png(64, 64, [0, 0, 0, 255]);
        let text = BASE64.encode(&picture);
        assert_eq!(from_base64(&text, Width::MM80).unwrap().to_vec(), drawn(&picture, Width::MM80).unwrap());
        assert!(can_be_printed(&text));
        for wrong in ["", "bukan base64!", &BASE64.encode(b"not a picture")] {
            assert!(!can_be_printed(wrong) && from_base64(wrong, Width::MM80).is_none(), "{wrong}");
        }
    }
}
