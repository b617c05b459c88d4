//! Every operation of the API's document, for the tests that go through all of them; and what each that changes something
//! needs to be tried: one row of [`ROWS`].

use lobi_core::access::Permission;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, PASSWORD};
use crate::recordings::a_word;

pub struct Operation {
    pub method: Method,
    pub path: String,
    /// The right that it asks for; nothing where it is open.
    pub permission: Option<Permission>,
    /// Whether its document offers an idempotency key.
    pub takes_key: bool,
}

pub fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(lobi_hub::router::document()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array();
            let mut names = parameters.into_iter().flatten().map(|parameter| &parameter["name"]);
            found.push(Operation {
                takes_key: names.any(|name| name == "Idempotency-Key"),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                permission: operation["x-permission"].as_str().map(|name| Permission::named(name).unwrap()),
            });
        }
    }
    found
}

/// What must be so that the operation can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// A clinic that is open.
    Open,
    /// A session that may end.
    SessionToEnd,
    /// A site that nobody set up.
    NotSetUp,
    /// A clock that is doubted.
    DoubtedClock,
    /// The path names a job that was given up.
    GivenUp,
    /// The ticket in the path waits.
    Waiting,
    /// It is called to counter 1.
    Called,
    /// It is called to counter 1, and nobody is at counter 3.
    Relieved,
    /// It was called and did not come.
    Skipped,
    /// The path names a colleague.
    Colleague,
    /// A colleague asks.
    AsColleague,
    /// The path names another session of who asks.
    OtherSession,
    /// The path names a key to the API.
    Key,
    /// The path names a TV.
    Tv,
    /// The path names another program that is told.
    Told,
    /// The path names a patient, whose number is called to counter 1.
    Patient,
    /// The path names a patient, and the first of all patients is part of none.
    TwoPatients,
    /// The path names a patient who is part of another.
    Merged,
    /// The path names a service, a counter or a way that nobody needs.
    Spare,
    /// The day's numbers were ended all at once.
    Reset,
    /// Somebody asked for a code of the portal.
    CodeAsked,
}

/// What the same request under the same key is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The first answer, and nothing happens.
    FirstAnswer,
    /// It happens again, because nothing is kept of it or the answer is a secret.
    Anew,
    /// It happens once, and the answer is how things are now.
    Present,
    /// Once it happened, this status.
    Over(u16),
}

/// How an operation that changes something is tried: `body(n)` differs with `n` where it can.
pub struct Row {
    path: &'static str,
    pub before: Before,
    pub again: Again,
    pub body: fn(u64) -> Value,
}

use Again::{Anew, FirstAnswer, Over, Present};
use Before::{
    AsColleague, Called, CodeAsked, Colleague, DoubtedClock, GivenUp, Key, Merged, NotSetUp, Open,
    OtherSession, Patient, Relieved, Reset, SessionToEnd, Skipped, Spare, Told, Tv, TwoPatients, Waiting,
};

const fn row(path: &'static str, before: Before, again: Again, body: fn(u64) -> Value) -> Row {
    Row { path, before, again, body }
}

/// Every POST, PUT, PATCH and DELETE, once; its method stands before the path where one path has several.
const ROWS: &[Row] = &[
    row(
        "/api/api-keys",
        Open,
        Anew,
        |n| json!({ "nama": format!("Bot {n}"), "scopes": ["view-dashboard"], "hari": 30 }),
    ),
    row("/api/api-keys/{id}", Key, FirstAnswer, nothing),
    // The first of all guesses wrong: whoever goes through all operations keeps the password.
    row(
        "/api/auth/change-password",
        AsColleague,
        Over(422),
        |n| json!({ "lama": if n == 0 { "salah" } else { PASSWORD }, "baru": "kata-sandi-baru-7" }),
    ),
    row("POST /api/webhooks", Open, Anew, webhook),
    row("PUT /api/webhooks/{id}", Told, FirstAnswer, webhook),
    row("DELETE /api/webhooks/{id}", Told, FirstAnswer, nothing),
    row("/api/webhooks/{id}/secret", Told, Anew, nothing),
    row("/api/webhooks/{id}/test", Told, Anew, nothing),
    row("/api/webhooks/{id}/resend", Told, FirstAnswer, nothing),
    row("/api/room", Open, FirstAnswer, |n| {
        json!({ "tenang": [{ "nama": "Salat Zuhur", "dari": "11:55", "sampai": "12:20" }],
                "teks": [{ "id": format!("Kabar {n}") }] })
    }),
    row(
        "/api/screens/{machine}",
        Tv,
        FirstAnswer,
        |n| json!({ "layout": "tabel", "tema": "malam", "besar": n % 2 == 0, "poli": ["umum"] }),
    ),
    row("/api/sessions/{id}", OtherSession, FirstAnswer, nothing),
    row("/api/users", Open, FirstAnswer, |n| {
        json!({ "username": format!("orang-{n}"), "name": "Orang Baru", "roles": ["petugas"], "poli": ["umum"],
                "password": "kata-sandi-awal" })
    }),
    row("PUT /api/users/{id}", Colleague, FirstAnswer, |n| json!({ "name": format!("Nama {n}") })),
    row("DELETE /api/users/{id}", Colleague, FirstAnswer, nothing),
    row("/api/users/{id}/password", Colleague, Anew, |_| json!({ "password": "kata-sandi-awal" })),
    row(
        "/api/admin/counters",
        Open,
        FirstAnswer,
        |n| json!({ "number": 100 + n, "nama": "Loket Baru", "services": ["umum"] }),
    ),
    row("PUT /api/admin/counters/{n}", Spare, FirstAnswer, |n| json!({ "nama": format!("Loket {n}") })),
    row("DELETE /api/admin/counters/{n}", Spare, FirstAnswer, nothing),
    row("/api/admin/services", Open, FirstAnswer, |n| {
        let kode = char::from(b'H' + u8::try_from(n).unwrap());
        json!({ "kode": format!("Z{kode}"), "nama": format!("Layanan {n}") })
    }),
    row(
        "PUT /api/admin/services/{slug}",
        Spare,
        FirstAnswer,
        |n| json!({ "nama_en": format!("Clinic {n}") }),
    ),
    row("DELETE /api/admin/services/{slug}", Spare, FirstAnswer, nothing),
    row("/api/announcements", Open, FirstAnswer, |n| json!({ "teks": format!("Pengumuman {n}") })),
    row("/api/clock/confirm", DoubtedClock, FirstAnswer, nothing),
    row("/api/counters/{n}/close", Open, FirstAnswer, nothing),
    row("/api/counters/{n}/open", Open, FirstAnswer, nothing),
    row("/api/counters/{n}/pause", Open, FirstAnswer, |n| json!({ "alasan": format!("Istirahat {n}") })),
    row(
        "/api/devices",
        Open,
        Anew,
        |n| json!({ "machine": format!("M{n}"), "nama": "Kiosk", "mode": "kiosk", "devices": [] }),
    ),
    row(
        "/api/holidays",
        Open,
        FirstAnswer,
        |n| json!({ "libur": [{ "tanggal": format!("2027-01-{:02}", n + 1), "nama": "Libur" }] }),
    ),
    row("/api/jobs/{id}/dismiss", GivenUp, Present, nothing),
    row("/api/jobs/{id}/retry", GivenUp, Present, nothing),
    row("/api/classes/{slug}", Open, FirstAnswer, |n| {
        json!({ "nama": format!("Kelas {n}"), "icon": "baby", "warna": "biru", "aturan": { "cara": "menua", "menit": 20 },
                "kiosk": true, "aktif": true })
    }),
    row("/api/classes", Open, FirstAnswer, |n| {
        json!({ "nama": format!("Kelas Baru {n}"), "icon": "baby", "warna": "biru", "aturan": { "cara": "mutlak" },
                "kiosk": false, "aktif": true })
    }),
    row("/api/counters/{n}/handover", Relieved, FirstAnswer, |_| json!({ "ke": 3 })),
    row(
        "/api/journeys",
        Open,
        FirstAnswer,
        |n| json!({ "nama": format!("Alur {n}"), "poli": ["umum", "gigi"] }),
    ),
    row(
        "PUT /api/journeys/{slug}",
        Spare,
        FirstAnswer,
        |n| json!({ "nama": format!("Alur {n}"), "poli": ["gigi", "umum"] }),
    ),
    row("DELETE /api/journeys/{slug}", Spare, FirstAnswer, nothing),
    row("/api/queue/{id}/journey", Waiting, FirstAnswer, |_| json!({ "poli": ["gigi"] })),
    row("/api/login", Open, Anew, |_| json!({ "username": "rina", "password": PASSWORD })),
    row("/api/logout", SessionToEnd, Over(401), nothing),
    row("/api/patients", Open, FirstAnswer, |n| json!({ "nama": format!("Pasien {n}"), "poli": "umum" })),
    row("PUT /api/patients/{id}", Patient, FirstAnswer, |n| json!({ "nama": format!("Pasien Nomor {n}") })),
    row("/api/patients/{id}/merge", TwoPatients, FirstAnswer, |_| json!({ "dari": 1 })),
    row("/api/patients/{id}/recall", Patient, FirstAnswer, nothing),
    row("/api/patients/{id}/unmerge", Merged, FirstAnswer, nothing),
    row("/api/printouts/test", Open, Anew, |_| json!({ "facts": [] })),
    row("/api/portal/code", Open, Anew, |_| json!({ "no_hp": "0812-3456-7890" })),
    row("/api/portal/code/show", CodeAsked, Anew, |_| json!({ "no_hp": "0812-3456-7890" })),
    row("/api/portal/login", Open, Over(401), |_| json!({ "no_hp": "0812-0000-0000", "kode": "1" })),
    row("/api/portal/logout", Open, Over(401), nothing),
    row("/api/portal/tickets/{code}/cancel", Open, Over(401), nothing),
    row("/api/reviews", Open, Over(404), |_| json!({ "kode": "0", "bintang": 5 })),
    row("/api/queue/call-next", Waiting, FirstAnswer, |_| json!({ "loket": 1 })),
    row("/api/queue/{id}/call", Waiting, FirstAnswer, |_| json!({ "loket": 1, "alasan": "Uji" })),
    row("/api/queue/{id}/class", Waiting, FirstAnswer, |_| json!({ "kelas": "lansia" })),
    row("/api/queue/{id}/cancel", Waiting, FirstAnswer, nothing),
    row("/api/queue/{id}/finish", Called, FirstAnswer, nothing),
    row("/api/queue/{id}/return", Skipped, FirstAnswer, nothing),
    row("/api/queue/{id}/serve", Called, FirstAnswer, nothing),
    row("/api/queue/{id}/skip", Called, FirstAnswer, nothing),
    row(
        "/api/queue/{id}/transfer",
        Waiting,
        FirstAnswer,
        |_| json!({ "poli": "gigi", "alasan": "Salah sentuh" }),
    ),
    row("/api/queue/{id}/undo", Called, FirstAnswer, nothing),
    row("/api/recordings/{bahasa}/{poli}", Open, FirstAnswer, |n| json!({ "wav": a_word(200 + n, 22_050) })),
    row("/api/recordings/{bahasa}/{poli}/remove", Open, FirstAnswer, nothing),
    row("/api/register", Open, FirstAnswer, |n| json!({ "poli": "umum", "nama": format!("Orang {n}") })),
    row("/api/reset", Waiting, FirstAnswer, |_| json!({ "konfirmasi": "RESET" })),
    row("/api/reset/undo", Reset, FirstAnswer, nothing),
    row(
        "/api/services/{slug}/hours",
        Spare,
        FirstAnswer,
        |n| json!({ "jam": [{ "hari": n + 1, "buka": "07:30", "tutup": "14:00" }] }),
    ),
    row("/api/settings", Open, FirstAnswer, |n| json!({ "nama": format!("Puskesmas {n}") })),
    row("/api/settings/printer/test", Open, Anew, nothing),
    row("/api/setup", NotSetUp, Over(409), |_| {
        json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WITA", "jenis": "klinik", "admin_nama": "Ibu Ani",
                "admin_username": "ani", "admin_password": "kucing-oren-tujuh" })
    }),
    row("/api/setup/kind", Open, FirstAnswer, |_| json!({ "jenis": "klinik" })),
    row("/api/tickets/{code}/paper", Waiting, FirstAnswer, |_| json!({ "state": "printed" })),
    row("/api/tickets/{code}/checkin", Waiting, FirstAnswer, nothing),
    row("/api/tickets/{code}/print", Waiting, Anew, nothing),
    row(
        "/api/voice/turn",
        Open,
        Anew,
        |_| json!({ "zone": "lobi", "machine": "kiri", "seq": 1, "speaking": false }),
    ),
];

/// Another program that is told of announcements; nobody is there.
pub fn webhook(n: u64) -> Value {
    json!({ "nama": format!("Program {n}"), "url": "http://127.0.0.1:1/", "jaringan_lokal": true, "events": ["Announcement"] })
}

fn nothing(_: u64) -> Value {
    Value::Null
}

impl Row {
    fn is_of(&self, operation: &Operation) -> bool {
        match self.path.split_once(' ') {
            Some((method, path)) => path == operation.path && method == operation.method.as_str(),
            None => self.path == operation.path,
        }
    }
}

impl Operation {
    pub fn changes_something(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD)
    }

    pub fn ends_the_session(&self) -> bool {
        self.changes_something() && self.row().before == Before::SessionToEnd
    }

    /// How it is tried.
    pub fn row(&self) -> &'static Row {
        ROWS.iter().find(|row| row.is_of(self)).unwrap_or_else(|| {
            panic!(
                "{} {} is new: add its row to ROWS in tests/api/operations.rs (what must be so before, what a repeated key \
                 is answered, a body that is taken)",
                self.method, self.path
            )
        })
    }

    /// Its body; none where it has none or changes nothing.
    pub fn body(&self, n: u64) -> Value {
        if self.changes_something() { (self.row().body)(n) } else { Value::Null }
    }

    /// Its address, about that ticket.
    pub fn address(&self, ticket: &Answer) -> String {
        // Of the rest nobody has that id: who goes through all operations leaves the colleagues as they are.
        let id = if self.path.starts_with("/api/queue/") { ticket.id() } else { 999_999 };
        let mut address = self.path.replace("{id}", &id.to_string());
        for (braces, meaning) in [
            ("{code}", ticket.ticket_code().as_str()),
            ("{nomor}", ticket.number()),
            ("{poli}", "umum"),
            ("{bahasa}", "id"),
            ("{berkas}", "huruf-a.flac"),
            ("{jenis}", "klinik"),
            ("{n}", if self.path.starts_with("/api/admin/") { "99" } else { "1" }),
            ("{slug}", "tidak-ada"),
            ("{name}", "Tidak Dikenal"),
            ("{machine}", "lobi-tv"),
        ] {
            address = address.replace(braces, meaning);
        }
        let path = &self.path;
        assert!(!address.contains('{'), "{path}: say in tests/api/operations.rs what stands for its braces");
        address
    }
}

/// A client that sends a key trusts the document that it means something.
#[test]
fn an_idempotency_key_is_offered_where_it_is_kept_and_nowhere_else() {
    for operation in operations().iter().filter(|operation| operation.changes_something()) {
        let kept = matches!(operation.row().again, FirstAnswer | Present);
        assert_eq!(operation.takes_key, kept, "{}: see `happens_anew` in router/table.rs", operation.path);
    }
}

/// A row that no operation has any more is a row to remove.
#[test]
fn every_row_is_an_operation() {
    let operations = operations();
    for row in ROWS {
        let path = row.path;
        let known = operations.iter().any(|operation| row.is_of(operation) && operation.changes_something());
        assert!(known, "{path} is no operation any more: remove its row from tests/api/operations.rs");
    }
}
