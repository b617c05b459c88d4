//! A ticket's paper in words: the core lays it out, the texts say it, the site and the state in memory know the facts.

use lobi_core::printout::{self, Printout, TicketPaper};
use lobi_core::queue::{Service, Ticket};
use lobi_core::site::Site;
use lobi_core::speech::Language;

use crate::error::{Code, Refusal};
use crate::hub::Hub;
use crate::texts::{date_and_time, text_in};

/// The paper of today's ticket with this code as it would be printed now.
///
/// # Errors
/// No such ticket today.
pub fn composed(hub: &Hub, code: &str, language: Language) -> Result<(Printout, Ticket), Refusal> {
    let address = hub.address();
    let memory = hub.memory();
    let board = &memory.queue;
    let ticket = board.ticket_by_code(code).ok_or(Code::TicketNotFound)?;
    let service = board.service(ticket.service).ok_or(Code::TicketNotFound)?;
    let ahead = board.ahead_of(ticket, hub.now()).unwrap_or(0);
    Ok((of_ticket(ticket, service, ahead, &memory.site, &address, language), ticket.clone()))
}

/// The paper of a ticket. `ahead`: how many are called before it; `address` is the hub's own, as phones reach it.
fn of_ticket(
    ticket: &Ticket,
    service: &Service,
    ahead: usize,
    site: &Site,
    address: &str,
    language: Language,
) -> Printout {
    let say = |key: &str, values: &[(&str, &str)]| text_in(language, "ticket", key, values);
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
        when: date_and_time(ticket.created_at, site.zone, language),
        ahead,
        scan_hint: say("scan", &[]),
        address: format!("{address}/t/{code}"),
        code: format!("{first}-{rest}"),
        care: say("care", &[]),
        logo: site.logo.clone(),
        copy: ticket.paper.next_is_copy().then(|| say("copy", &[])),
    })
}
