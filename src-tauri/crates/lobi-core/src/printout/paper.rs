//! The papers that Lobi prints: a visitor's ticket and the test page. Pure layout; every word comes from the caller.

use super::lines::{Line, Printout, Size};

/// Everything a ticket says, already in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketPaper {
    /// The facility's name.
    pub facility: String,
    /// Where it is.
    pub city: Option<String>,
    /// The service's name.
    pub service: String,
    /// The number, as it is called: `A013`.
    pub number: String,
    /// Date and time in words: `Jumat, 20 November 2026 · 09.42 WITA`. Narrow paper breaks it at the dot.
    pub when: String,
    /// How many are before: `3 orang di depan`.
    pub ahead: String,
    /// What to do with the QR code.
    pub scan_hint: String,
    /// What the QR code says: `http://192.168.1.5:4040/t/7K3M9QX2AB`.
    pub address: String,
    /// The short code, as it is typed: `7K3M9-QX2AB`.
    pub code: String,
    /// A line of care: `Nomor terlewat? Lapor ke loket`.
    pub care: String,
    /// The facility's logo, a PNG as base64.
    pub logo: Option<String>,
    /// On a reprint, the word that says so (`SALINAN`): it stands large at the top and at the bottom.
    pub copy: Option<String>,
}

/// A visitor's ticket: the number is the largest thing on it.
pub fn ticket(paper: &TicketPaper) -> Printout {
    let copy = paper.copy.as_ref().map(|word| Line::bold(word, Size::Large));
    let mut lines = Vec::new();
    if let Some(copy) = &copy {
        lines.extend([copy.clone(), Line::Space]);
    }
    lines.push(Line::Logo { png: paper.logo.clone() });
    lines.push(Line::bold(&paper.facility, Size::Tall));
    lines.extend(paper.city.as_ref().map(|city| Line::centred(city, Size::Normal)));
    lines.extend([
        Line::Rule,
        Line::Space,
        Line::bold(&paper.service, Size::Large),
        Line::bold(&paper.number, Size::Huge),
        Line::bold(&paper.ahead, Size::Tall),
        Line::centred(&paper.when, Size::Normal),
        Line::Rule,
        Line::Space,
        Line::Qr { data: paper.address.clone() },
        Line::Space,
        Line::centred(&paper.scan_hint, Size::Normal),
        Line::bold(&paper.code, Size::Large),
        Line::Rule,
        Line::centred(&paper.care, Size::Normal),
    ]);
    if let Some(copy) = copy {
        lines.extend([Line::Space, copy]);
    }
    Printout { lines }
}

/// Everything the test page says, already in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestPage {
    /// What this paper is: `Halaman uji`.
    pub title: String,
    /// The facility's name.
    pub facility: String,
    /// Date and time in words.
    pub when: String,
    /// What is known of printer and machine, as name and value: `Printer` and `tcp://192.168.1.50:9100`.
    pub facts: Vec<(String, String)>,
    /// Letters beyond the plain ones, to see the code page: `é è ü ñ ’ — €`.
    pub letters: String,
    /// A number, to see the largest letters: `A000`.
    pub number: String,
    /// What the QR code says.
    pub address: String,
    /// The facility's logo, a PNG as base64.
    pub logo: Option<String>,
    /// What to look at: `Tepi kiri dan kanan garis harus terlihat`.
    pub hint: String,
}

/// The test page: both edges, every size, the logo, a QR code and the facts that a person reads out on the phone.
pub fn test_page(page: &TestPage) -> Printout {
    let mut lines = vec![
        Line::Logo { png: page.logo.clone() },
        Line::bold(&page.title, Size::Large),
        Line::bold(&page.facility, Size::Tall),
        Line::centred(&page.when, Size::Normal),
        Line::Rule,
    ];
    lines.extend(
        page.facts.iter().map(|(left, right)| Line::Pair { left: left.clone(), right: right.clone() }),
    );
    lines.extend([
        Line::Rule,
        Line::centred(&page.letters, Size::Normal),
        Line::Space,
        Line::bold(&page.number, Size::Huge),
        Line::Space,
        Line::Qr { data: page.address.clone() },
        Line::Space,
        Line::centred(&page.hint, Size::Normal),
    ]);
    Printout { lines }
}

#[cfg(test)]
mod tests {
    use super::super::Align;
    use super::*;

    /// The paper as a person would sketch it: size marks before the words, `*` for bold.
    fn sketch(printout: &Printout) -> String {
        let line = |line: &Line| match line {
            Line::Logo { .. } => "[logo]".to_owned(),
            Line::Rule => "--------".to_owned(),
            Line::Space => String::new(),
            Line::Qr { data } => format!("[qr {data}]"),
            Line::Pair { left, right } => format!("{left} … {right}"),
            Line::Text { text, size, bold, align } => {
                assert_eq!(*align, Align::Center, "everything stands in the middle");
                format!("{size:?}{} {text}", if *bold { "*" } else { "" })
            }
        };
        printout.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

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

    #[test]
    fn a_ticket_says_where_what_when_and_how_to_follow() {
        let expected = "\
[logo]
Tall* Puskesmas Sukamaju
Normal Kota Makassar
--------

Large* Poli Umum
Huge* A013
Tall* 3 orang di depan
Normal Jumat, 20 November 2026 · 09.42 WITA
--------

[qr http://192.168.1.5:4040/t/7K3M9QX2AB]

Normal Pindai untuk memantau antrean
Large* 7K3M9-QX2AB
--------
Normal Nomor terlewat? Lapor ke loket";
        assert_eq!(sketch(&ticket(&a_ticket())), expected);
    }

    #[test]
    fn a_copy_says_so_at_the_top_and_at_the_bottom() {
        let printed = sketch(&ticket(&TicketPaper { copy: Some("SALINAN".into()), ..a_ticket() }));
        assert!(printed.starts_with("Large* SALINAN\n\n[logo]"), "{printed}");
        assert!(printed.ends_with("Lapor ke loket\n\nLarge* SALINAN"), "{printed}");
    }

    #[test]
    fn a_facility_without_a_city_leaves_no_empty_line() {
        let printed = sketch(&ticket(&TicketPaper { city: None, ..a_ticket() }));
        assert!(printed.contains("Tall* Puskesmas Sukamaju\n--------"), "{printed}");
    }

    #[test]
    fn the_test_page_shows_every_size_and_the_facts() {
        let page = TestPage {
            title: "Halaman uji".into(),
            facility: "Puskesmas Sukamaju".into(),
            when: "Jumat, 20 November 2026 · 09.42 WITA".into(),
            facts: vec![("Printer".into(), "tcp://192.168.1.50".into()), ("Lebar".into(), "58 mm".into())],
            letters: "é è ü ñ ’ —".into(),
            number: "A000".into(),
            address: "http://192.168.1.5:4040".into(),
            logo: None,
            hint: "Garis harus utuh dari tepi ke tepi".into(),
        };
        let expected = "\
[logo]
Large* Halaman uji
Tall* Puskesmas Sukamaju
Normal Jumat, 20 November 2026 · 09.42 WITA
--------
Printer … tcp://192.168.1.50
Lebar … 58 mm
--------
Normal é è ü ñ ’ —

Huge* A000

[qr http://192.168.1.5:4040]

Normal Garis harus utuh dari tepi ke tepi";
        assert_eq!(sketch(&test_page(&page)), expected);
    }
}
