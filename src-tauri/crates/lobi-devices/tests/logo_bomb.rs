//! Kilobytes of PNG that claim hundreds of megapixels cost a hub nothing. Alone in its process, whose memory is measured.

#![cfg(all(target_os = "linux", feature = "printer"))]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use data_encoding::BASE64;
use lobi_devices::printer::logo;

/// A black picture of this size with one bit a pixel, written row by row.
fn black(across: u32, down: u32) -> Vec<u8> {
    use std::io::Write;
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, across, down);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    let mut rows = writer.stream_writer().unwrap();
    let row = vec![0; across.div_ceil(8) as usize];
    (0..down).for_each(|_| rows.write_all(&row).unwrap());
    rows.finish().unwrap();
    drop(writer);
    png
}

/// The most memory that this process ever held, in megabytes.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[test]
fn a_png_bomb_is_refused_without_taking_memory() {
    // The first was read until it was bounded: 371 MB and 5 s. The second claims four hundred megapixels.
    let bombs = [(8192, 8192), (20_000, 20_000)].map(|(across, down)| black(across, down));
    let sizes = bombs.each_ref().map(Vec::len);
    assert!(sizes[0] < 20_000 && sizes[1] < 100_000, "they are small: {sizes:?} bytes");
    let bombs = bombs.map(|png| BASE64.encode(&png));
    let before = most_memory();
    for bomb in &bombs {
        assert!(!logo::can_be_printed(bomb));
    }
    let taken = most_memory() - before;
    assert!(taken <= 2, "refusing took {taken} MB");

    // The measure measures: the largest picture that is still read takes some, and not too much.
    assert!(logo::can_be_printed(&BASE64.encode(&black(2048, 2048))));
    let taken = most_memory() - before;
    assert!((16..80).contains(&taken), "reading the largest logo took {taken} MB");
}
