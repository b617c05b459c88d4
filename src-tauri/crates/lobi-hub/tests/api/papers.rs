//! Tickets on paper: what stands on it, printing through the hub, what became of it.

use std::time::Duration;

use fake_printer::{FakePrinter, Manner, Modes, Width};
use serde_json::{Value, json};

use crate::harness::{TestHub, a_hub, clinic};
use crate::live::Listener;

/// A clinic whose site printer is this fake one.
async fn clinic_with_printer(manner: impl Into<Manner>) -> (TestHub, FakePrinter) {
    let (hub, manner) = (a_hub().with(clinic()).open().await, manner.into());
    let printer = FakePrinter::start(manner).unwrap();
    let width = if manner.width == Width::Mm58 { "58" } else { "80" };
    let settings = json!({ "printer": { "connection": printer.connection(), "width": width } });
    hub.admin.post("/api/settings", settings).await.expect(200);
    (hub, printer)
}

#[tokio::test]
async fn the_paper_says_what_the_visitor_needs_and_its_code_leads_to_the_phone_page() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let ticket = hub.visitor.take("umum").await;
    let answer =
        hub.visitor.get(&format!("/api/tickets/{}/printout", ticket.ticket_code())).await.expect(200);
    assert_eq!(answer.body["copy"], false);
    let said = answer.text.as_str();
    for words in [
        "Puskesmas Uji",
        "Makassar",
        "A002",
        "1 orang di depan Anda",
        "Jumat, 20 November 2026 · 09.00 WITA",
        "Nomor terlewat? Lapor ke loket.",
    ] {
        assert!(said.contains(words), "{words} is missing in {said}");
    }
    let qr = answer.body["printout"]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["kind"] == "qr")
        .unwrap();
    assert_eq!(qr["data"], format!("http://{}/t/{}", hub.address, ticket.ticket_code()));
    let english = hub
        .visitor
        .get(&format!("/api/tickets/{}/printout?bahasa=en", ticket.ticket_code()))
        .await
        .expect(200);
    assert!(english.text.contains("1 person ahead of you") && english.text.contains("Friday, 20 November"));
    hub.visitor.get("/api/tickets/0000000000/printout").await.refused(404, "TICKET_NOT_FOUND");
}

/// A black square of 16 by 16 dots.
const SQUARE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAADUlEQVR42mNgGAXIAAABEAABf80DtQAAAABJRU5ErkJggg==";

#[tokio::test]
async fn the_sites_logo_stands_on_every_paper_until_it_is_taken_away() {
    let (hub, printer) = clinic_with_printer(Width::Mm80).await;
    let logo = |png: &str| json!({ "logo": png });
    assert_eq!(hub.admin.post("/api/settings", logo(SQUARE)).await.expect(200).body["logo"], SQUARE);
    hub.admin.post("/api/settings", json!({ "kota": "Gowa" })).await.expect(200);
    let with = hub.visitor.take("umum").await;
    hub.visitor.post(&format!("/api/tickets/{}/print", with.ticket_code()), Value::Null).await.expect(200);
    hub.admin.post("/api/settings/printer/test", Value::Null).await.expect(204);
    assert!(hub.admin.post("/api/settings", logo("")).await.expect(200).body["logo"].is_null());
    let without = hub.visitor.take("umum").await;
    hub.visitor.post(&format!("/api/tickets/{}/print", without.ticket_code()), Value::Null).await.expect(200);
    let papers = printer.wait_for_papers(3, Duration::from_secs(10));
    let pictured: Vec<bool> = papers.iter().map(|paper| paper.layout.contains("picture 16x16")).collect();
    assert_eq!(pictured, [true, true, false], "on the ticket and the test page, not on the last ticket");
}

#[tokio::test]
async fn a_ticket_knows_its_paper_and_every_screen_hears_of_it() {
    let hub = a_hub().with(clinic()).open().await;
    let ticket =
        hub.visitor.post("/api/register", json!({ "poli": "umum", "cetak": true })).await.expect(201);
    assert_eq!(ticket.body["ticket"]["paper"], json!({ "state": "queued", "fault": null, "copies": 0 }));
    let mut screen = Listener::following(&hub, &["queue.umum"], Some(ticket_seq(&hub).await)).await;
    let path = format!("/api/tickets/{}/paper", ticket.ticket_code());
    let failed =
        hub.visitor.post(&path, json!({ "state": "failed", "fault": "out_of_paper" })).await.expect(200);
    assert_eq!(failed.body["ticket"]["paper"]["fault"], "out_of_paper");
    let told = screen.next().await;
    assert_eq!(told["type"], "PaperUpdated");
    assert_eq!(told["data"]["ticket"]["paper"]["state"], "failed");
    assert!(told["data"]["speech"].is_null(), "nothing is called");
    let printed = hub.visitor.post(&path, json!({ "state": "printed" })).await.expect(200);
    assert_eq!(printed.body["ticket"]["paper"], json!({ "state": "printed", "fault": null, "copies": 0 }));
    let next = hub.visitor.get(&format!("/api/tickets/{}/printout", ticket.ticket_code())).await.expect(200);
    assert_eq!(next.body["copy"], true);
    assert!(next.text.contains("SALINAN"));
    let copied = hub.visitor.post(&path, json!({ "state": "printed" })).await.expect(200);
    assert_eq!(copied.body["ticket"]["paper"]["copies"], 1);
}

async fn ticket_seq(hub: &TestHub) -> i64 {
    hub.visitor.get("/api/display").await.body["seq"].as_i64().unwrap()
}

#[tokio::test]
async fn a_paper_report_must_make_sense() {
    let hub = a_hub().with(clinic()).open().await;
    let ticket = hub.visitor.take("umum").await;
    let path = format!("/api/tickets/{}/paper", ticket.ticket_code());
    for wrong in [
        json!({ "state": "failed" }),
        json!({ "state": "printed", "fault": "offline" }),
        json!({ "state": "failed", "fault": "Bu Siti, NIK 7371" }),
        json!({ "state": "lost" }),
    ] {
        hub.visitor.post(&path, wrong).await.refused(422, "VALIDATION_ERROR");
    }
    hub.visitor
        .post("/api/tickets/0000000000/paper", json!({ "state": "printed" }))
        .await
        .refused(404, "TICKET_NOT_FOUND");
}

#[tokio::test]
async fn a_report_that_is_sent_twice_counts_once() {
    let hub = a_hub().with(clinic()).open().await;
    let ticket = hub.visitor.take("umum").await;
    let path = format!("/api/tickets/{}/paper", ticket.ticket_code());
    for _ in 0..2 {
        let report = Some(json!({ "state": "printed" }));
        let answer = hub.visitor.send(reqwest::Method::POST, &path, Some("kertas-0001"), report).await;
        assert_eq!(answer.expect(200).body["ticket"]["paper"]["copies"], 0);
    }
}

#[tokio::test]
async fn a_browser_prints_on_the_sites_printer() {
    for width in [Width::Mm58, Width::Mm80] {
        let (hub, printer) = clinic_with_printer(width).await;
        assert_eq!(hub.visitor.get("/api/site").await.body["printer"], true);
        let ticket = hub.visitor.take("umum").await;
        let path = format!("/api/tickets/{}/print", ticket.ticket_code());
        let printed = hub.visitor.post(&path, Value::Null).await.expect(200);
        assert_eq!(printed.body["ticket"]["paper"]["state"], "printed");
        let papers = printer.wait_for_papers(1, Duration::from_secs(5));
        assert_eq!(papers[0].qr, [format!("http://{}/t/{}", hub.address, ticket.ticket_code())]);
        assert!(papers[0].lines.iter().any(|line| line.contains("A001")), "{:?}", papers[0].lines);
        hub.visitor.post(&path, Value::Null).await.expect(200);
        let copy = &printer.wait_for_papers(2, Duration::from_secs(5))[1];
        assert!(copy.lines.iter().any(|line| line.contains("SALINAN")), "{:?}", copy.lines);
        assert_eq!(printer.unknown(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_roll_that_ends_in_the_middle_of_a_ticket_is_followed_by_a_copy() {
    let (hub, printer) = clinic_with_printer(Width::Mm80).await;
    printer.set(|modes| modes.paper_ends_at = Some(300));
    let ticket = hub.visitor.take("umum").await;
    let path = format!("/api/tickets/{}/print", ticket.ticket_code());
    hub.visitor.post(&path, Value::Null).await.refused(503, "PRINTER_OUT_OF_PAPER");
    let paper =
        hub.visitor.get(&format!("/api/tickets/{}", ticket.ticket_code())).await.body["ticket"]["paper"]
            .clone();
    assert_eq!((&paper["state"], &paper["fault"]), (&json!("failed"), &json!("out_of_paper_midway")));
    printer.set(|modes| *modes = Modes::default());
    hub.visitor.post(&path, Value::Null).await.expect(200);
    let papers = printer.wait_for_papers(2, Duration::from_secs(10));
    assert!(papers[1].lines.iter().any(|line| line.contains("SALINAN")), "{:?}", papers[1].lines);
}

#[tokio::test]
async fn every_fault_of_the_sites_printer_has_its_own_words_and_staff_hear_of_it() {
    type Change = fn(&mut Modes);
    let faults: [(Change, &str, &str); 4] = [
        (|modes| modes.out_of_paper = true, "PRINTER_OUT_OF_PAPER", "out_of_paper"),
        (|modes| modes.cover_open = true, "PRINTER_COVER_OPEN", "cover_open"),
        (|modes| modes.cutter_error = true, "PRINTER_CUTTER", "cutter"),
        (|modes| modes.hang_up_at = Some(100), "PRINTER_HUNG_UP", "hung_up"),
    ];
    for (break_it, error, fault) in faults {
        let (hub, printer) = clinic_with_printer(Width::Mm80).await;
        printer.set(break_it);
        let ticket = hub.visitor.take("umum").await;
        let path = format!("/api/tickets/{}/print", ticket.ticket_code());
        hub.visitor.post(&path, Value::Null).await.refused(503, error);
        let after = hub.visitor.get(&format!("/api/tickets/{}", ticket.ticket_code())).await;
        assert_eq!(after.body["ticket"]["paper"], json!({ "state": "failed", "fault": fault, "copies": 0 }));
        let machines = hub.admin.get("/api/devices").await.expect(200);
        let device = &machines.body["machines"][0]["devices"][0];
        assert_eq!((&device["state"], &device["fault"]), (&json!("fault"), &json!(fault)));
        printer.set(|modes| *modes = Modes::default());
        hub.visitor.post(&path, Value::Null).await.expect(200);
        let machines = hub.admin.get("/api/devices").await.expect(200);
        assert_eq!(machines.body["machines"][0]["devices"][0]["state"], "ok");
    }
}

#[tokio::test]
async fn a_printer_that_is_away_or_missing_is_told_apart() {
    let (hub, printer) = clinic_with_printer(Width::Mm80).await;
    let ticket = hub.visitor.take("umum").await;
    let path = format!("/api/tickets/{}/print", ticket.ticket_code());
    drop(printer);
    hub.visitor.post(&path, Value::Null).await.refused(503, "PRINTER_WRONG_ADDRESS");
    let removed = json!({ "printer": { "connection": "", "width": "80" } });
    assert!(hub.admin.post("/api/settings", removed).await.expect(200).body["printer"].is_null());
    hub.visitor.post(&path, Value::Null).await.refused(409, "NO_PRINTER");
    let machines = hub.admin.get("/api/devices").await.expect(200);
    assert_eq!(
        machines.body["machines"][0]["devices"],
        json!([]),
        "nobody is sent to a printer that is gone"
    );
}

/// A till keeps the printer's only line: the paper waits, staff see why, and it comes out once the line is free.
#[tokio::test]
async fn a_paper_waits_while_another_program_has_the_printer() {
    let (hub, printer) = clinic_with_printer(Manner { refuses: true, ..Manner::MODERN }).await;
    let print = async || {
        let code = hub.visitor.take("umum").await.ticket_code();
        hub.visitor.post(&format!("/api/tickets/{code}/print"), Value::Null).await
    };
    print().await.expect(200);
    let till = std::net::TcpStream::connect(printer.address()).unwrap();
    let waits = tokio::spawn({
        let (visitor, code) = (hub.visitor.clone(), hub.visitor.take("umum").await.ticket_code());
        async move { visitor.post(&format!("/api/tickets/{code}/print"), Value::Null).await }
    });
    let said =
        async || hub.admin.get("/api/devices").await.body["machines"][0]["devices"][0]["fault"].clone();
    while said().await != "busy" {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(printer.papers().len(), 1);
    drop(till);
    // The next try is due five seconds later on the hub's clock.
    hub.later(1);
    hub.hub().db.jobs_wait().notify_one();
    let printed = waits.await.unwrap().expect(200);
    assert_eq!(printed.body["ticket"]["paper"]["state"], "printed");
    assert_eq!(printer.wait_for_papers(2, Duration::from_secs(5)).len(), 2);
    assert!(said().await.is_null());
}

#[tokio::test]
async fn the_test_page_is_the_admins() {
    let (hub, printer) = clinic_with_printer(Width::Mm58).await;
    hub.rina.post("/api/settings/printer/test", Value::Null).await.refused(403, "FORBIDDEN");
    hub.admin.post("/api/settings/printer/test", Value::Null).await.expect(204);
    assert!(
        printer.wait_for_papers(1, Duration::from_secs(5))[0]
            .lines
            .iter()
            .any(|line| line.contains("Halaman uji"))
    );
}

/// A kiosk's page that died between asking its printer and reporting used to leave the paper `queued` for ever.
#[tokio::test]
async fn a_paper_that_nobody_reports_counts_as_failed_after_a_while() {
    let hub = a_hub().with(clinic()).open().await;
    let ticket =
        hub.visitor.post("/api/register", json!({ "poli": "umum", "cetak": true })).await.expect(201);
    let path = format!("/api/tickets/{}", ticket.ticket_code());
    hub.later(2);
    hub.housekeeping().await;
    assert_eq!(
        hub.visitor.get(&path).await.body["ticket"]["paper"]["state"],
        "queued",
        "a slow printer is given time"
    );
    hub.later(2);
    hub.housekeeping().await;
    let paper = hub.visitor.get(&path).await.body["ticket"]["paper"].clone();
    assert_eq!((&paper["state"], &paper["fault"]), (&json!("failed"), &json!("no_report")));
}
