//! The printer's mind: bytes in, ink on paper out. It knows the commands that Lobi sends; any other is noted, so that a
//! test can fail on it.

use qrcode::EcLevel;

use crate::draw::{self, Bitmap, Canvas, Letter};
use crate::font::{self, LETTER};
use crate::manner::Manner;
use crate::paper::Paper;
use crate::splitter::Splitter;

/// Rows from one line to the next where the letters are no higher.
pub(crate) const LINE: usize = 30;
/// Rows from the print head to the edge at which paper without a knife is torn.
const TO_THE_EDGE: usize = 4 * LINE;

#[derive(Clone, Copy, PartialEq, Eq)]
enum CodePage {
    Pc437,
    Pc858,
    Wpc1252,
}

#[derive(Clone, Copy)]
struct Style {
    align: u8,
    across: usize,
    down: usize,
    bold: bool,
    code_page: CodePage,
}

const PLAIN: Style = Style { align: 0, across: 1, down: 1, bold: false, code_page: CodePage::Pc437 };

/// What a command asks of the printer's other parts.
pub(crate) enum Effect {
    /// The paper was cut.
    Cut(Box<Paper>),
    /// `GS r n` wants an answer, now that its turn has come.
    Queued(u8),
}

pub(crate) struct Commands {
    manner: Manner,
    style: Style,
    splitter: Splitter,
    line: Vec<Letter>,
    canvas: Canvas,
    lines: Vec<String>,
    layout: String,
    qr: Vec<String>,
    qr_module: usize,
    qr_level: EcLevel,
    qr_data: Vec<u8>,
    unknown: Vec<String>,
    /// Rows that the paper moved since something was printed.
    fed: usize,
}

impl Commands {
    pub(crate) fn new(manner: Manner) -> Commands {
        Commands {
            manner,
            style: PLAIN,
            splitter: Splitter::new(manner),
            line: Vec::new(),
            canvas: Canvas::new(manner.width.dots()),
            lines: Vec::new(),
            layout: String::new(),
            qr: Vec::new(),
            qr_module: 3,
            qr_level: EcLevel::L,
            qr_data: Vec::new(),
            unknown: Vec::new(),
            fed: 0,
        }
    }

    /// How many rows of dots stand on the paper that was not cut yet.
    pub(crate) fn rows(&self) -> usize {
        self.canvas.rows()
    }

    /// What was not understood since the last call.
    pub(crate) fn take_unknown(&mut self) -> Vec<String> {
        std::mem::take(&mut self.unknown)
    }

    /// Takes one byte; a command acts with its last.
    pub(crate) fn take(&mut self, byte: u8) -> Option<Effect> {
        let commands = self.splitter.take(byte);
        commands.iter().filter_map(|command| self.obey(command)).last()
    }

    /// The connection ended: what stands on the paper and was not cut is torn off; half a command is forgotten. A printer
    /// without a knife moved it to the edge before, if all went well.
    pub(crate) fn tear(&mut self) -> Option<Paper> {
        self.splitter = Splitter::new(self.manner);
        self.end_line();
        self.style = PLAIN;
        let complete = !self.manner.cutter && self.fed >= TO_THE_EDGE;
        let torn = (!self.canvas.is_empty()).then(|| self.paper(complete));
        self.canvas = Canvas::new(self.manner.width.dots());
        torn
    }

    fn obey(&mut self, command: &[u8]) -> Option<Effect> {
        match *command {
            [0x10, 0x04, _] => {}
            [0x1d, b'r', kind] if self.manner.speaks => return Some(Effect::Queued(kind)),
            [0x0a] => {
                if self.line.is_empty() {
                    self.note("");
                    self.canvas.feed(LINE);
                }
                self.end_line();
            }
            [0x1b, b'@'] => self.style = PLAIN,
            [0x1c, b'.'] => {}
            [0x1b, b't', 0] => self.style.code_page = CodePage::Pc437,
            [0x1b, b't', 16] => self.style.code_page = CodePage::Wpc1252,
            [0x1b, b't', 19] => self.style.code_page = CodePage::Pc858,
            [0x1b, b'a', align @ 0..=2] => self.style.align = align,
            [0x1b, b'E', on] => self.style.bold = on & 1 == 1,
            [0x1b, b'd', lines] => self.feed(usize::from(lines) * LINE),
            [0x1b, b'J', rows] => self.feed(usize::from(rows)),
            [0x1d, b'!', size] => {
                self.style.across = usize::from(size >> 4 & 7) + 1;
                self.style.down = usize::from(size & 7) + 1;
            }
            [0x1d] => {}
            [0x1d, b'V', 66, rows] if self.manner.cutter => {
                self.feed(usize::from(rows));
                self.note("--- cut ---");
                return Some(Effect::Cut(Box::new(self.paper(true))));
            }
            [0x1d, b'v', b'0', 0, across_low, across_high, ..] => {
                let across = usize::from(across_low) + 256 * usize::from(across_high);
                self.raster(across, &command[8..]);
            }
            [0x1d, b'(', b'k', _, _, 49, ..] => self.qr(&command[6..]),
            [byte] if byte >= 0x20 && byte != 0x7f => self.letter(byte),
            // What is left of a command that it does not know.
            [_] if !self.manner.native_qr => {}
            _ => self.unknown.push(format!("{command:02x?}")),
        }
        None
    }

    fn letter(&mut self, byte: u8) {
        let letter = match self.style.code_page {
            _ if byte < 0x80 => char::from(byte),
            CodePage::Pc437 => oem_cp::code_table::DECODING_TABLE_CP437[usize::from(byte) - 128],
            CodePage::Pc858 => oem_cp::code_table::DECODING_TABLE_CP858[usize::from(byte) - 128],
            CodePage::Wpc1252 => {
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('?')
            }
        };
        if font::rows(letter).is_none() {
            self.unknown.push(format!("no letter {letter:?}"));
        }
        let Style { across, down, bold, .. } = self.style;
        if self.line.iter().map(|letter| letter.across).sum::<usize>() + across > self.manner.width.columns()
        {
            // A printer goes on in the next line, in the middle of a word.
            self.note("(the next line was too long)");
            self.end_line();
        }
        self.line.push(Letter { letter, across, down, bold });
    }

    fn line_dots(&self) -> usize {
        self.line.iter().map(|letter| letter.across * LETTER.0).sum()
    }

    /// How far from the left edge something so wide stands.
    fn left(&self, dots: usize) -> usize {
        let free = self.manner.width.dots().saturating_sub(dots);
        match self.style.align {
            0 => 0,
            1 => free / 2,
            _ => free,
        }
    }

    fn end_line(&mut self) {
        let Some(first) = self.line.first().copied() else { return };
        let down = self.line.iter().map(|letter| letter.down).max().unwrap_or(1);
        let words: String = self.line.iter().map(|letter| letter.letter).collect();
        let place = ["left", "centre", "right"][usize::from(self.style.align)];
        let bold = if first.bold { " bold" } else { "" };
        self.note(&format!("{}x{}{bold} {place} | {words}", first.across, first.down));
        self.lines.push(words);
        let left = self.left(self.line_dots());
        let line = std::mem::take(&mut self.line);
        self.fed = 0;
        self.canvas.letters(&line, left, LINE.max(LETTER.1 * down));
    }

    fn feed(&mut self, rows: usize) {
        self.end_line();
        if rows > 0 {
            self.note(&format!("feed {rows}"));
        }
        self.canvas.feed(rows);
        self.fed += rows;
    }

    fn raster(&mut self, across: usize, bytes: &[u8]) {
        self.end_line();
        let dots: Vec<bool> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
        let bitmap = Bitmap { width: across * 8, dots };
        let rows = bitmap.dots.len() / bitmap.width.max(1);
        self.note(&format!("picture {}x{rows}", bitmap.width));
        if bitmap.width > self.manner.width.dots() {
            self.unknown.push(format!("a picture of {} dots is too wide", bitmap.width));
        }
        let left = self.left(bitmap.width);
        self.canvas.bitmap(&bitmap, left);
    }

    /// `GS ( k` for QR codes: model, module size, error correction, store, print.
    fn qr(&mut self, command: &[u8]) {
        match *command {
            [65, 50, 0] => {}
            [67, module @ 1..=16] => self.qr_module = usize::from(module),
            [69, level @ 48..=51] => {
                self.qr_level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][usize::from(level) - 48];
            }
            [80, 48, ..] => self.qr_data = command[2..].to_vec(),
            [81, 48] => {
                self.end_line();
                let data = String::from_utf8_lossy(&self.qr_data).into_owned();
                let Some(bitmap) = draw::qr(&self.qr_data, self.qr_level, self.qr_module) else {
                    self.unknown.push(format!("a QR code of {} bytes is too large", self.qr_data.len()));
                    return;
                };
                if bitmap.width > self.manner.width.dots() {
                    // A printer prints nothing then.
                    self.unknown.push(format!("a QR code of {} dots is too wide", bitmap.width));
                    return;
                }
                self.note(&format!(
                    "QR {}x{} dots, module {} | {data}",
                    bitmap.width, bitmap.width, self.qr_module
                ));
                self.qr.push(data);
                let left = self.left(bitmap.width);
                self.canvas.bitmap(&bitmap, left);
            }
            _ => self.unknown.push(format!("GS ( k {command:02x?}")),
        }
    }

    fn note(&mut self, row: &str) {
        self.layout.push_str(row);
        self.layout.push('\n');
    }

    fn paper(&mut self, complete: bool) -> Paper {
        let canvas = std::mem::replace(&mut self.canvas, Canvas::new(self.manner.width.dots()));
        self.fed = 0;
        Paper {
            lines: std::mem::take(&mut self.lines),
            qr: std::mem::take(&mut self.qr),
            layout: std::mem::take(&mut self.layout),
            complete,
            width: self.manner.width,
            dots: canvas.into_dots(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Width;

    fn printed(bytes: &[u8]) -> (Vec<Paper>, Vec<String>) {
        let mut commands = Commands::new(Width::Mm58.into());
        let papers = bytes.iter().filter_map(|byte| match commands.take(*byte) {
            Some(Effect::Cut(paper)) => Some(*paper),
            _ => None,
        });
        (papers.collect(), commands.take_unknown())
    }

    #[test]
    fn words_come_out_with_their_size_and_place() {
        let (papers, unknown) = printed(b"\x1b@\x1ba\x01\x1d!\x11\x1bE\x01A\x82B\n\x1dVB\x00");
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(papers[0].layout, "2x2 bold centre | AéB\n--- cut ---\n");
        assert_eq!(papers[0].lines, ["AéB"]);
        assert!(papers[0].complete && papers[0].png().starts_with(b"\x89PNG"));
    }

    #[test]
    fn a_command_that_lobi_does_not_send_is_reported() {
        assert_eq!(
            printed(b"\x1bp\x00").1.len(),
            2,
            "a drawer kick, and its argument as a letter that is none"
        );
        assert_eq!(printed(b"\x07").1, ["[07]"]);
    }

    #[test]
    fn a_line_that_is_too_long_is_noted() {
        let (papers, _) = printed(format!("{}\n\x1dVB\0", "x".repeat(33)).as_bytes());
        assert!(papers[0].layout.contains("too long"), "{}", papers[0].layout);
    }
}
