//! Dots for a printer: pictures, and QR codes where it draws none itself.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// Rows that are handed over in one command. Printers with little memory lose the end of a larger picture.
const ROWS: u32 = 128;

/// `GS v 0`, as often as the picture needs it: `black` tells each dot.
pub(super) fn command(across: u32, down: u32, black: impl Fn(u32, u32) -> bool) -> Vec<u8> {
    let bytes = across.div_ceil(8);
    let [xl, xh, ..] = bytes.to_le_bytes();
    let mut command = Vec::new();
    for top in (0..down).step_by(ROWS as usize) {
        let rows = ROWS.min(down - top);
        let [yl, yh, ..] = rows.to_le_bytes();
        command.extend([0x1d, b'v', b'0', 0, xl, xh, yl, yh]);
        for y in top..top + rows {
            for byte in 0..bytes {
                let bits = (0..8).filter(|bit| byte * 8 + bit < across && black(byte * 8 + bit, y));
                command.push(bits.fold(0, |byte, bit| byte | 0x80 >> bit));
            }
        }
    }
    command
}

/// A QR code of level M as dots, `module` dots to a module; nothing where the words are too long for a code.
pub(super) fn qr(data: &str, module: u32) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(data, EcLevel::M).ok()?;
    let modules = code.width();
    let side = u32::try_from(modules).ok()? * module;
    let dark = |x: u32, y: u32| code[((x / module) as usize, (y / module) as usize)] == Color::Dark;
    Some(command(side, side, dark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tall_picture_is_handed_over_in_parts_and_no_row_is_lost() {
        let command = command(10, 300, |x, _| x == 9);
        let rows: Vec<u8> = command
            .chunks(8 + 2 * ROWS as usize)
            .flat_map(|part| {
                assert_eq!(&part[..6], [0x1d, b'v', b'0', 0, 2, 0]);
                assert_eq!(usize::from(part[6]), (part.len() - 8) / 2);
                part[8..].to_vec()
            })
            .collect();
        assert_eq!(rows, [0, 0x40].repeat(300));
    }
}
