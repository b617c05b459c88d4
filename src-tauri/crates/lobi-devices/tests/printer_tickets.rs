//! Tickets as they come out, on paper of both widths: layout against golden files, QR codes read back, awkward names.
//! `UPDATE=1` writes the golden files and the pictures in docs/images anew.

#![cfg(feature = "printer")]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fake_printer::{FakePrinter, Manner, Paper};
use lobi_core::printout::{Align, Line, Printout, Size, TestPage, TicketPaper, test_page, ticket};
use lobi_devices::printer::Printer;
use lobi_devices::printer::escpos::EscposPrinter;
use lobi_devices::printer::settings::{CodePage, PrinterSettings, QrWay, Width};

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
    let manner = if width == Width::MM58 { fake_printer::Width::Mm58.into() } else { Manner::MODERN };
    printed_by(manner, printout, |settings| {
        settings.width = width;
        change(settings);
    })
}

/// The same on a printer of these manners.
fn printed_by(manner: Manner, printout: &Printout, change: impl FnOnce(&mut PrinterSettings)) -> Paper {
    let fake = FakePrinter::start(manner).unwrap();
    let mut settings = PrinterSettings::at(fake.connection().parse().unwrap());
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
    let paper = printed(&ticket(&a_ticket()), Width::MM58, logo);
    assert_eq!(read_back(&paper.png()), [a_ticket().address]);
    golden("ticket-58", &paper);
}

#[test]
fn a_ticket_on_80_mm_looks_as_in_the_golden_file_and_its_qr_leads_to_the_ticket() {
    let logo = |settings: &mut PrinterSettings| settings.logo = Some(here("tests/printer/logo.png"));
    let paper = printed(&ticket(&a_ticket()), Width::MM80, logo);
    assert_eq!(read_back(&paper.png()), [a_ticket().address]);
    golden("ticket-80", &paper);
}

/// A cheap printer: no QR codes of its own, no knife.
fn cheap(settings: &mut PrinterSettings) {
    (settings.width, settings.qr, settings.cutter) = (Width::MM58, QrWay::Dots, false);
}

fn columns_42(settings: &mut PrinterSettings) {
    settings.width = "42x512".parse().unwrap();
}

#[test]
fn every_width_and_both_ways_of_qr_codes_have_a_golden_ticket_whose_code_is_read() {
    let drawn = |change: fn(&mut PrinterSettings)| {
        move |settings: &mut PrinterSettings| {
            change(settings);
            settings.qr = QrWay::Dots;
        }
    };
    let papers = [
        ("ticket-58-dots", printed_by(Manner::CHEAP, &ticket(&a_ticket()), cheap)),
        ("ticket-42", printed_by(Manner::COLUMNS42, &ticket(&a_ticket()), columns_42)),
        ("ticket-42-dots", printed_by(Manner::COLUMNS42, &ticket(&a_ticket()), drawn(columns_42))),
        ("ticket-80-dots", printed_by(Manner::MODERN, &ticket(&a_ticket()), drawn(|_| {}))),
    ];
    for (name, paper) in papers {
        assert_eq!(read_back(&paper.png()), [a_ticket().address], "{name}");
        assert!(paper.complete && !paper.layout.contains("too long"), "{name}: {}", paper.layout);
        golden(name, &paper);
    }
}

#[test]
fn a_drawn_code_is_as_large_as_a_printers_own() {
    for length in [1, 14, 15, 42, 100, 213] {
        let printout = Printout { lines: vec![Line::Qr { data: "x".repeat(length) }] };
        let own = printed(&printout, Width::MM58, |_| {});
        let drawn = printed(&printout, Width::MM58, |settings| settings.qr = QrWay::Dots);
        let size = |paper: &Paper| image::load_from_memory(&paper.png()).unwrap().into_luma8().dimensions();
        assert_eq!(size(&own), size(&drawn), "{length} letters");
        assert_eq!(read_back(&drawn.png()), ["x".repeat(length)]);
    }
}

/// What happens when somebody takes a cheap printer for a good one: what the test page's question is for.
#[test]
fn a_printer_without_qr_codes_prints_the_commands_letters() {
    let fake = FakePrinter::start(Manner::CHEAP).unwrap();
    let settings = PrinterSettings {
        width: Width::MM58,
        cutter: false,
        ..PrinterSettings::at(fake.connection().parse().unwrap())
    };
    EscposPrinter::new(settings).print(&ticket(&a_ticket())).unwrap();
    let papers = fake.wait_for_papers(1, Duration::from_secs(10));
    assert!(papers[0].lines.iter().any(|line| line.contains("(k1A2")), "{:?}", papers[0].lines);
}

#[test]
fn whatever_the_width_no_line_is_too_long_and_the_rule_reaches_across() {
    for (text, columns) in [("58", 32), ("42x512", 42), ("80", 48)] {
        let manner = match columns {
            32 => fake_printer::Width::Mm58.into(),
            42 => Manner::COLUMNS42,
            _ => Manner::MODERN,
        };
        let long = TicketPaper {
            facility: "Puskesmas Tamalanrea Jaya".into(),
            service: "Kesehatan Ibu dan Anak".into(),
            number: "LANSIA-1000".into(),
            ..a_ticket()
        };
        let paper = printed_by(manner, &ticket(&long), |settings| settings.width = text.parse().unwrap());
        assert!(!paper.layout.contains("too long"), "{text}: {}", paper.layout);
        assert!(paper.lines.contains(&"─".repeat(columns)), "{text}: {:?}", paper.lines);
    }
}

#[test]
fn a_copy_says_so_large_above_and_below() {
    let copy = TicketPaper { copy: Some("SALINAN".into()), ..a_ticket() };
    let paper = printed(&ticket(&copy), Width::MM58, |_| {});
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
    for width in [Width::MM58, Width::MM80] {
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
    let paper = printed(&test_page(&page), Width::MM58, |_| {});
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
        let paper = printed(&qr(length), Width::MM58, |_| {});
        assert_eq!(read_back(&paper.png()), ["x".repeat(length)]);
    }
    let paper = printed(&qr(300), Width::MM58, |_| {});
    assert_eq!((paper.qr.len(), paper.lines.concat()), (0, "x".repeat(300)));
}

#[test]
fn words_stand_where_they_are_put() {
    let at = |align| Line::Text { text: "Loket".into(), size: Size::Normal, bold: false, align };
    let printout = Printout { lines: [Align::Left, Align::Center, Align::Right].map(at).to_vec() };
    let paper = printed(&printout, Width::MM80, |_| {});
    assert!(paper.layout.starts_with("1x1 left | Loket\n1x1 centre | Loket\n1x1 right | Loket\n"));
}

#[test]
fn a_missing_logo_costs_the_logo_and_not_the_ticket() {
    let paper = printed(&ticket(&a_ticket()), Width::MM58, |settings| {
        settings.logo = Some(here("tests/printer/no-such-logo.png"));
    });
    assert!(!paper.layout.contains("picture"));
    assert!(paper.lines.contains(&"A013".to_owned()));
}
