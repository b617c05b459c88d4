//! Tickets as they come out, on paper of both widths: layout against golden files, QR codes read back, awkward names.
//! `UPDATE=1` writes the golden files and the pictures in docs/images anew.

#![cfg(feature = "printer")]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fake_printer::{FakePrinter, Paper};
use lobi_core::printout::{Align, Line, Printout, Size, TestPage, TicketPaper, test_page, ticket};
use lobi_devices::printer::Printer;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::settings::{CodePage, PrinterSettings, Width};

fn a_ticket() -> TicketPaper {
    TicketPaper {
        facility: "Puskesmas Sukamaju".into(),
        city: Some("Kota Makassar".into()),
        service: "Poli Umum".into(),
        number: "A013".into(),
        when: "Jumat, 20 November 2026 · 09.42 WITA".into(),
        ahead: "3 orang di depan".into(),
        scan_hint: "Pindai untuk memantau antrean".into(),
        address: "http://192.168.1.5:4040/t/7K3M9QX2AB".into(),
        code: "7K3M9-QX2AB".into(),
        care: "Nomor terlewat? Lapor ke loket".into(),
        logo: None,
        copy: None,
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The paper that a healthy printer makes of it, without one command that it does not know.
fn printed(printout: &Printout, width: Width, change: impl FnOnce(&mut PrinterSettings)) -> Paper {
    let fake = FakePrinter::start(match width {
        Width::Mm58 => fake_printer::Width::Mm58,
        Width::Mm80 => fake_printer::Width::Mm80,
    })
    .unwrap();
    let mut settings = PrinterSettings { width, ..PrinterSettings::at(fake.connection().parse().unwrap()) };
    change(&mut settings);
    let outcome = EscposPrinter::new(settings).print(printout).unwrap();
    assert_eq!(outcome.bytes, fake.received());
    let mut papers = fake.wait_for_papers(1, Duration::from_secs(10));
    assert_eq!((papers.len(), fake.unknown()), (1, Vec::new()));
    papers.remove(0)
}

/// What a phone would read from the picture.
fn read_back(png: &[u8]) -> Vec<String> {
    let picture = image::load_from_memory(png).unwrap().into_luma8();
    let (across, down) = (picture.width() as usize, picture.height() as usize);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(across, down, |x, y| {
        picture.get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap()).0[0]
    });
    picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

fn golden(name: &str, paper: &Paper) {
    let path = here(&format!("tests/printer/{name}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &paper.layout).unwrap();
        fs::write(here(&format!("../../../docs/images/{name}.png")), paper.png()).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(paper.layout, expected, "{name}: see it in docs/images after UPDATE=1");
}

#[test]
fn a_ticket_on_58_mm_looks_as_in_the_golden_file_and_its_qr_leads_to_the_ticket() {
    let logo = |settings: &mut PrinterSettings| settings.logo = Some(here("tests/printer/logo.png"));
    let paper = printed(&ticket(&a_ticket()), Width::Mm58, logo);
    assert_eq!(read_back(&paper.png()), [a_ticket().address]);
    golden("ticket-58", &paper);
}

#[test]
fn a_ticket_on_80_mm_looks_as_in_the_golden_file_and_its_qr_leads_to_the_ticket() {
    let logo = |settings: &mut PrinterSettings| settings.logo = Some(here("tests/printer/logo.png"));
    let paper = printed(&ticket(&a_ticket()), Width::Mm80, logo);
    assert_eq!(read_back(&paper.png()), [a_ticket().address]);
    golden("ticket-80", &paper);
}

#[test]
fn a_copy_says_so_large_above_and_below() {
    let copy = TicketPaper { copy: Some("SALINAN".into()), ..a_ticket() };
    let paper = printed(&ticket(&copy), Width::Mm58, |_| {});
    assert_eq!(paper.lines.first().map(String::as_str), Some("SALINAN"));
    assert_eq!(paper.lines.last().map(String::as_str), Some("SALINAN"));
    assert_eq!(paper.layout.matches("2x2 bold centre | SALINAN").count(), 2, "{}", paper.layout);
}

#[test]
fn awkward_names_stay_on_their_lines_on_every_code_page() {
    let awkward = TicketPaper {
        facility: "Klinik Pratama Désirée’s Ángel 🏥 — Cabang Jalan Perintis Kemerdekaan Kilometer Sepuluh"
            .into(),
        service: "Poli Kesehatan Ibu, Anak, Keluarga Berencana dan Imunisasi 👶".into(),
        ahead: "\u{1b}@\u{1d}V\0 12 orang\r\n\u{10}\u{4}\u{1}di depan".into(),
        number: "A1000".into(),
        ..a_ticket()
    };
    for width in [Width::Mm58, Width::Mm80] {
        for page in [CodePage::Ascii, CodePage::Pc437, CodePage::Pc858, CodePage::Wpc1252] {
            let paper = printed(&ticket(&awkward), width, |settings| settings.code_page = page);
            assert!(!paper.layout.contains("too long"), "{page:?}: {}", paper.layout);
            assert!(paper.lines.contains(&"@V 12 orang di depan".to_owned()), "{:?}", paper.lines);
            assert!(paper.lines.contains(&"A1000".to_owned()), "{:?}", paper.lines);
            let facility = match page {
                CodePage::Ascii => "Klinik Pratama Desiree's Angel -",
                CodePage::Pc437 => "Klinik Pratama Désirée's Angel -",
                CodePage::Pc858 => "Klinik Pratama Désirée's Ángel -",
                CodePage::Wpc1252 => "Klinik Pratama Désirée’s Ángel —",
            };
            assert!(paper.lines[0].starts_with(facility), "{page:?} {:?}", paper.lines);
            assert_eq!(paper.qr, [awkward.address.as_str()]);
        }
    }
}

#[test]
fn the_test_page_fills_the_paper_from_edge_to_edge() {
    let page = TestPage {
        title: "Halaman uji".into(),
        facility: "Puskesmas Sukamaju".into(),
        when: "Jumat, 20 November 2026 · 09.42 WITA".into(),
        facts: vec![
            ("Kertas".into(), "58 mm".into()),
            ("Printer".into(), "tcp://printer-pendaftaran.local:9100".into()),
        ],
        letters: "é è ü ñ ’ — €".into(),
        number: "A000".into(),
        address: "http://192.168.1.5:4040".into(),
        logo: None,
        hint: "Garis harus utuh dari tepi ke tepi".into(),
    };
    let paper = printed(&test_page(&page), Width::Mm58, |_| {});
    assert!(paper.lines.contains(&"─".repeat(32)), "{:?}", paper.lines);
    assert!(paper.lines.contains(&format!("Kertas{}58 mm", " ".repeat(21))), "{:?}", paper.lines);
    // Too long for one line, so the address stands below its name, broken where it must.
    assert!(paper.layout.contains("1x1 left | Printer\n1x1 right | tcp://"), "{}", paper.layout);
    assert_eq!(read_back(&paper.png()), [page.address]);
}

#[test]
fn a_long_address_still_fits_the_narrow_paper_or_stands_in_words() {
    let qr = |length: usize| Printout { lines: vec![Line::Qr { data: "x".repeat(length) }] };
    for length in [1, 14, 15, 42, 100, 213] {
        let paper = printed(&qr(length), Width::Mm58, |_| {});
        assert_eq!(read_back(&paper.png()), ["x".repeat(length)]);
    }
    let paper = printed(&qr(300), Width::Mm58, |_| {});
    assert_eq!((paper.qr.len(), paper.lines.concat()), (0, "x".repeat(300)));
}

#[test]
fn words_stand_where_they_are_put() {
    let at = |align| Line::Text { text: "Loket".into(), size: Size::Normal, bold: false, align };
    let printout = Printout { lines: [Align::Left, Align::Center, Align::Right].map(at).to_vec() };
    let paper = printed(&printout, Width::Mm80, |_| {});
    assert!(paper.layout.starts_with("1x1 left | Loket\n1x1 centre | Loket\n1x1 right | Loket\n"));
}

#[test]
fn a_missing_logo_costs_the_logo_and_not_the_ticket() {
    let paper = printed(&ticket(&a_ticket()), Width::Mm58, |settings| {
        settings.logo = Some(here("tests/printer/no-such-logo.png"));
    });
    assert!(!paper.layout.contains("picture"));
    assert!(paper.lines.contains(&"A013".to_owned()));
}
