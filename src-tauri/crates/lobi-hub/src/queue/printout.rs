//! A ticket's paper in words: the core lays it out, the texts say it, the site and the board know the facts.

use lobi_core::printout::{self, Printout, TestPage, TicketPaper};
use lobi_core::queue::{Board, Service, Ticket};
use lobi_core::speech::Language;
use lobi_core::time::{Timestamp, Zone};

use crate::settings::Site;
use crate::texts::text_in;

/// The paper of a ticket. `address` is the hub's own, as phones reach it.
pub fn of_ticket(
    ticket: &Ticket,
    service: &Service,
    board: &Board,
    site: &Site,
    address: &str,
    language: Language,
) -> Printout {
    let say = |key: &str, values: &[(&str, &str)]| text_in(language, "ticket", key, values);
    let ahead = board.ahead_of(ticket).unwrap_or(0);
    let ahead = match ahead {
        0 => say("ahead_none", &[]),
        1 => say("ahead_one", &[("n", "1")]),
        more => say("ahead", &[("n", &more.to_string())]),
    };
    let code = &ticket.code;
    let (first, rest) = code.split_at(code.len() / 2);
    printout::ticket(&TicketPaper {
        facility: site.name.clone(),
        city: Some(site.city.clone()).filter(|city| !city.is_empty()),
        service: match language {
            Language::Id => service.nama.clone(),
            Language::En => service.nama_en.clone(),
        },
        number: service.number(ticket.number),
        when: when(ticket.created_at, site.zone, language),
        ahead,
        scan_hint: say("scan", &[]),
        address: format!("{address}/t/{code}"),
        code: format!("{first}-{rest}"),
        care: say("care", &[]),
        logo: site.logo.clone(),
        copy: ticket.paper.next_is_copy().then(|| say("copy", &[])),
    })
}

/// The page that shows whether a printer prints everything well. `facts` are name and value.
pub fn of_test(facts: Vec<(String, String)>, site: &Site, address: &str, now: Timestamp) -> Printout {
    let say = |key: &str| text_in(Language::Id, "ticket", key, &[]);
    printout::test_page(&TestPage {
        title: say("test_title"),
        facility: site.name.clone(),
        when: when(now, site.zone, Language::Id),
        facts,
        letters: say("test_letters"),
        number: "A000".into(),
        address: address.to_owned(),
        logo: site.logo.clone(),
        hint: say("test_hint"),
    })
}

/// `Jumat, 20 November 2026 · 09.42 WITA`.
fn when(at: Timestamp, zone: Zone, language: Language) -> String {
    let local = at.local(zone);
    let word = |key: String| text_in(language, "dates", &key, &[]);
    let values = [
        ("hari", word(format!("day_{}", local.weekday))),
        ("tanggal", local.day.to_string()),
        ("bulan", word(format!("month_{}", local.month))),
        ("tahun", local.year.to_string()),
        ("jam", format!("{:02}.{:02}", local.hour, local.minute)),
        ("zona", zone.name().to_owned()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text_in(language, "ticket", "when", &values)
}
