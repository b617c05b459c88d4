//! A printout as the bytes of one ticket, for the width and letters of a printer. No printer is asked here.

use std::cell::RefCell;

use escpos::driver::Driver;
use escpos::errors::Result;
use escpos::printer::Printer;
use escpos::utils::{JustifyMode, PageCode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption};
use lobi_core::printout::{Align, Line, Printout, Size};

use super::settings::{CodePage, PrinterSettings, QrWay, Width};
use super::{logo, raster, text};

/// Dots from one line to the next, as printers wake up.
const LINE: usize = 30;
/// Half a line, in dots.
const HALF_LINE: u8 = 15;
/// About as high as a logo is.
const MOST_LOGO: usize = 96;
/// Lines from the print head to the edge at which paper without a cutter is torn.
const TO_THE_EDGE: u8 = 4;
/// Bytes that a QR code of version 1 to 10 holds at level M (ISO/IEC 18004, table 7), the version's position being its
/// number less one.
const QR_BYTES: [usize; 10] = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];

/// A whole ticket, from waking the printer to the cut.
pub(crate) struct Ticket {
    /// What the printer is handed.
    pub(crate) bytes: Vec<u8>,
    /// About how many rows of dots the paper moves.
    pub(crate) rows: usize,
}

/// The bytes of the whole ticket.
///
/// # Errors
/// None that a printout can cause: text and QR codes are made to fit before.
pub(crate) fn ticket(printout: &Printout, settings: &PrinterSettings) -> Result<Ticket> {
    let mut printer = Printer::new(Sheet::default(), Protocol::default(), None);
    // `FS .` leaves the Chinese letters with which many printers wake up; ours would become halves of theirs.
    printer.init()?.custom(&[0x1c, b'.'])?;
    match settings.code_page {
        CodePage::Ascii => &mut printer,
        CodePage::Pc437 => printer.page_code(PageCode::PC437)?,
        CodePage::Pc858 => printer.page_code(PageCode::PC858)?,
        CodePage::Wpc1252 => printer.page_code(PageCode::WPC1252)?,
    };
    let (width, page, qr) = (settings.width, settings.code_page, settings.qr);
    let mut pen = Pen { printer, now: Style::PLAIN, width, page, qr, rows: 0 };
    for line in &printout.lines {
        match line {
            Line::Logo { png } => {
                let own = settings.logo.as_ref().and_then(|path| logo::from_file(path, settings.width));
                let logo = own.or_else(|| logo::from_base64(png.as_deref()?, settings.width));
                if let Some(command) = logo {
                    pen.become_style(Style { align: Align::Center, ..Style::PLAIN })?;
                    pen.printer.custom(&command)?;
                    pen.rows += MOST_LOGO;
                    pen.space(HALF_LINE)?;
                }
            }
            Line::Text { text, size, bold, align } => pen.text(text, *size, *bold, *align)?,
            Line::Pair { left, right } => pen.pair(left, right)?,
            Line::Rule => {
                let dash = text::printable("─", settings.code_page);
                pen.line(&dash.repeat(settings.width.columns()), Style::PLAIN)?;
            }
            Line::Space => pen.space(HALF_LINE)?,
            Line::Qr { data } => pen.qr(data)?,
        }
    }
    let (mut printer, rows) = (pen.printer, pen.rows + usize::from(TO_THE_EDGE) * LINE);
    if settings.cutter {
        // Feeds to the knife and leaves a bridge, so that the paper does not fall. escpos would cut it off.
        printer.feeds(1)?.custom(&[0x1d, b'V', 66, 0])?;
    } else {
        printer.feeds(TO_THE_EDGE)?;
    }
    printer.print()?;
    Ok(Ticket { bytes: printer.driver().0.into_inner(), rows })
}

/// Collects what escpos writes.
#[derive(Default)]
struct Sheet(RefCell<Vec<u8>>);

impl Driver for Sheet {
    fn name(&self) -> String {
        "sheet".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _buf: &mut [u8]) -> Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Style {
    align: Align,
    across: u8,
    down: u8,
    bold: bool,
}

impl Style {
    const PLAIN: Style = Style { align: Align::Left, across: 1, down: 1, bold: false };
}

struct Pen {
    printer: Printer<Sheet>,
    /// What the printer does now; only changes are sent.
    now: Style,
    width: Width,
    page: CodePage,
    qr: QrWay,
    /// Rows of dots so far.
    rows: usize,
}

impl Pen {
    fn text(&mut self, words: &str, size: Size, bold: bool, align: Align) -> Result<()> {
        let words = text::printable(words, self.page);
        if words.is_empty() {
            return Ok(());
        }
        let columns = self.width.columns();
        let (across, down) = match size {
            Size::Normal => (1, 1),
            Size::Tall => (1, 2),
            Size::Large if text::wrap(&words, columns / 2).len() <= 2 => (2, 2),
            // A name so long would fill the ticket.
            Size::Large => (1, 2),
            Size::Huge => {
                let fits = columns.saturating_sub(2) / words.chars().count();
                let scale = u8::try_from(fits.clamp(1, 8)).unwrap_or(1);
                (scale, scale)
            }
        };
        for line in text::wrap(&words, columns / usize::from(across)) {
            self.line(&line, Style { align, across, down, bold })?;
        }
        Ok(())
    }

    fn pair(&mut self, left: &str, right: &str) -> Result<()> {
        let (left, right) = (text::printable(left, self.page), text::printable(right, self.page));
        let columns = self.width.columns();
        let free = columns.saturating_sub(left.chars().count() + right.chars().count());
        if free > 0 {
            return self.line(&format!("{left}{}{right}", " ".repeat(free)), Style::PLAIN);
        }
        self.text(&left, Size::Normal, false, Align::Left)?;
        self.text(&right, Size::Normal, false, Align::Right)
    }

    /// Printable words that fit on one line.
    fn line(&mut self, words: &str, style: Style) -> Result<()> {
        self.become_style(style)?;
        let mut bytes = text::bytes(words, self.page);
        bytes.push(b'\n');
        self.printer.custom(&bytes)?;
        self.rows += LINE.max(24 * usize::from(style.down));
        Ok(())
    }

    fn space(&mut self, rows: u8) -> Result<()> {
        self.printer.custom(&[0x1b, b'J', rows])?;
        self.rows += usize::from(rows);
        Ok(())
    }

    fn become_style(&mut self, style: Style) -> Result<()> {
        if style.align != self.now.align {
            self.printer.justify(match style.align {
                Align::Left => JustifyMode::LEFT,
                Align::Center => JustifyMode::CENTER,
                Align::Right => JustifyMode::RIGHT,
            })?;
        }
        if (style.across, style.down) != (self.now.across, self.now.down) {
            self.printer.size(style.across, style.down)?;
        }
        if style.bold != self.now.bold {
            self.printer.bold(style.bold)?;
        }
        self.now = style;
        Ok(())
    }

    /// The code as large as half the paper allows, at most a millimetre to a module. What is too long for a code that
    /// a phone reads from paper is printed in words.
    fn qr(&mut self, data: &str) -> Result<()> {
        let Some(version) = QR_BYTES.iter().position(|bytes| data.len() <= *bytes) else {
            return self.text(data, Size::Normal, false, Align::Center);
        };
        let modules = 21 + 4 * version;
        let module = u8::try_from((self.width.dots() * 3 / 5 / modules).clamp(3, 8)).unwrap_or(3);
        self.become_style(Style { align: Align::Center, ..Style::PLAIN })?;
        // The code needs white around it; printers leave none.
        let quiet = 2 * module;
        self.space(quiet)?;
        match self.qr {
            QrWay::Native => {
                let option = QRCodeOption::new(QRCodeModel::Model2, module, QRCodeCorrectionLevel::M);
                self.printer.qrcode_option(data, option)?;
            }
            QrWay::Dots => {
                let code = raster::qr(data, module.into()).unwrap_or_default();
                self.printer.custom(&code)?;
            }
        }
        self.rows += modules * usize::from(module);
        self.space(quiet)
    }
}
