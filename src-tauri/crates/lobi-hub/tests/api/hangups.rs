//! Callers who hang up: whatever they asked for either happened whole or not at all, memory and disk agree, and asking again
//! under the same key gives the first answer.

use std::fmt::Write;
use std::time::Duration;

use fake_printer::{FakePrinter, Width};
use lobi_core::access::Role;
use lobi_hub::act::Caller;
use lobi_hub::db::NewJob;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::{
    Actor, MORNING, TestHub, a_hub, add_colleague, answer, clinic, memory_is_what_a_restart_rebuilds,
};
use crate::operations::{Again, Before, Operation, operations, webhook};

/// Sends a request and hangs up after `millis`.
async fn cut_off(asks: &Actor, method: &Method, path: &str, key: &str, body: &Value, millis: u64) {
    let mut request = asks.request(method.clone(), path).await.header("Idempotency-Key", key);
    if !body.is_null() {
        request = request.json(body);
    }
    let request = request.build().unwrap();
    let address = request.url().authority().to_owned();
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n");
    for (name, value) in request.headers() {
        write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
    write!(head, "Content-Length: {}\r\n\r\n", body.len()).unwrap();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
    // Not waiting for something: the moment of the hang-up is what is tried.
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

/// A patient whose number is called to counter 1.
async fn a_patient(hub: &TestHub, n: i64) -> i64 {
    let patient = json!({ "nama": format!("Pasien {n}"), "poli": "umum", "no_hp": format!("0812{:07}", 1_000_000 + n) });
    let taken = hub.admin.post("/api/patients", patient).await.expect(201);
    let path = format!("/api/queue/{}/call", taken.id());
    hub.admin.post(&path, json!({ "loket": 1, "alasan": "Uji" })).await.expect(200);
    taken.body["patient"]["id"].as_i64().unwrap()
}

/// Makes true what the operation needs; tells who asks, and where.
async fn prepared(hub: &TestHub, operation: &Operation) -> (Actor, String) {
    let before = operation.row().before;
    if before == Before::NotSetUp {
        return (hub.visitor.clone(), operation.path.clone());
    }
    let ticket = hub.visitor.take("umum").await;
    let calls = async || {
        let path = format!("/api/queue/{}/call", ticket.id());
        hub.admin.post(&path, json!({ "loket": 1, "alasan": "Uji" })).await.expect(200);
    };
    match before {
        Before::Called => calls().await,
        Before::Relieved => {
            let path = format!("/api/queue/{}/call", ticket.id());
            hub.admin.post(&path, json!({ "loket": 3, "alasan": "Uji" })).await.expect(200);
            hub.admin.act(ticket.id(), "skip").await.expect(200);
            calls().await;
        }
        Before::Skipped => {
            calls().await;
            hub.admin.act(ticket.id(), "skip").await.expect(200);
        }
        Before::DoubtedClock => {
            hub.housekeeping().await;
            hub.later(400 * 24 * 60);
        }
        Before::GivenUp => {
            let job = NewJob { kind: "from_a_newer_hub", about: "uji", data: "{}".into(), due: MORNING };
            let id = hub.hub().act(Caller::system(MORNING), move |act| act.enqueue(&job)).await.unwrap();
            hub.hub().job_ends.outcome(id).await.unwrap().unwrap_err();
            return (hub.admin.clone(), operation.path.replace("{id}", &id.to_string()));
        }
        Before::Colleague | Before::AsColleague => {
            let name = format!("rekan-{}", ticket.id());
            add_colleague(hub.hub(), MORNING, &name, &[Role::Petugas], &["umum"]).await;
            let colleague = hub.log_in(&name).await;
            let id = colleague.get("/api/me").await.expect(200).body["user"]["id"].to_string();
            let asks = if before == Before::Colleague { hub.admin.clone() } else { colleague };
            return (asks, operation.path.replace("{id}", &id));
        }
        Before::OtherSession => {
            hub.log_in("admin").await;
            let sessions = hub.admin.get("/api/sessions").await.expect(200).body["sessions"].clone();
            let other = sessions.as_array().unwrap().iter().find(|session| session["ini"] == false).unwrap();
            return (hub.admin.clone(), operation.path.replace("{id}", other["id"].as_str().unwrap()));
        }
        Before::Spare => {
            let (id, letter) = (ticket.id(), |n: i64| char::from(b'A' + u8::try_from(n % 25).unwrap()));
            let kode = format!("{}{}", letter(id / 25), letter(id));
            let service = json!({ "kode": kode, "nama": format!("Cadangan {id}") });
            hub.admin.post("/api/admin/services", service).await.expect(201);
            let counter = json!({ "number": id + 200, "nama": "Cadangan", "services": [] });
            hub.admin.post("/api/admin/counters", counter).await.expect(201);
            let way = json!({ "nama": format!("Cadangan {id}"), "poli": ["umum", "gigi"] });
            if operation.path.starts_with("/api/journeys") {
                hub.admin.post("/api/journeys", way).await.expect(201);
            }
            let path = operation.path.replace("{slug}", &format!("cadangan-{id}"));
            return (hub.admin.clone(), path.replace("{n}", &(id + 200).to_string()));
        }
        Before::Reset => {
            hub.admin.post("/api/reset", json!({ "konfirmasi": "RESET" })).await.expect(200);
            return (hub.admin.clone(), operation.path.clone());
        }
        Before::CodeAsked => {
            let phone = json!({ "no_hp": "0812-3456-7890" });
            let taken = json!({ "nama": "Pemilik Telepon", "poli": "umum", "no_hp": phone["no_hp"] });
            hub.admin.post("/api/register", taken).await;
            hub.visitor.post("/api/portal/code", phone).await.expect(200);
            return (hub.admin.clone(), operation.path.clone());
        }
        Before::Key => {
            let key = json!({ "nama": "Bot", "scopes": ["view-dashboard"] });
            let id = hub.admin.post("/api/api-keys", key).await.expect(201).body["id"].to_string();
            return (hub.admin.clone(), operation.path.replace("{id}", &id));
        }
        Before::Tv => {
            let tv = json!({ "machine": "lobi-tv", "nama": "TV lobi", "mode": "tv", "devices": [] });
            hub.visitor.post("/api/devices", tv).await.expect(204);
            return (hub.admin.clone(), operation.address(&ticket));
        }
        Before::Told => {
            for known in hub.admin.get("/api/webhooks").await.body["webhooks"].as_array().unwrap() {
                hub.admin.delete(&format!("/api/webhooks/{}", known["id"])).await.expect(204);
            }
            let id = hub.admin.post("/api/webhooks", webhook(0)).await.expect(201).body["id"].to_string();
            return (hub.admin.clone(), operation.path.replace("{id}", &id));
        }
        Before::Patient | Before::TwoPatients | Before::Merged => {
            let first = 1;
            if hub.admin.get("/api/patients/1").await.status == 404 {
                assert_eq!(a_patient(hub, 0).await, first);
            }
            let patient = a_patient(hub, ticket.id()).await;
            hub.admin.post(&format!("/api/patients/{first}/unmerge"), json!({})).await;
            if before == Before::Merged {
                let path = format!("/api/patients/{first}/merge");
                hub.admin.post(&path, json!({ "dari": patient })).await.expect(200);
            }
            return (hub.admin.clone(), operation.path.replace("{id}", &patient.to_string()));
        }
        Before::Open | Before::SessionToEnd | Before::NotSetUp | Before::Waiting => {}
    }
    let asks = if before == Before::SessionToEnd { hub.log_in("admin").await } else { hub.admin.clone() };
    (asks, operation.address(&ticket))
}

/// Every operation that changes something, cut off at different moments. A new one is tried too, once it has its row.
#[tokio::test]
async fn a_caller_that_hangs_up_leaves_memory_and_disk_the_same_and_may_ask_again() {
    let clinic_with_printer = a_hub().with(clinic()).open().await;
    let printer = FakePrinter::start(Width::Mm80).unwrap();
    let settings = json!({ "printer": { "connection": printer.connection(), "width": "80" } });
    clinic_with_printer.admin.post("/api/settings", settings).await.expect(200);
    for operation in operations().into_iter().filter(Operation::changes_something) {
        let (method, row) = (&operation.method, operation.row());
        for round in 0..7 {
            let own = match row.before {
                Before::NotSetUp => Some(a_hub().open().await),
                Before::DoubtedClock => Some(a_hub().with(clinic()).open().await),
                _ => None,
            };
            let hub = own.as_ref().unwrap_or(&clinic_with_printer);
            let (asks, path) = prepared(hub, &operation).await;
            let (key, body) = (format!("hang-up-{round}-{path}"), operation.body(round));
            cut_off(&asks, method, &path, &key, &body, round).await;
            let body = (!body.is_null()).then_some(body);
            let again = async || asks.send(method.clone(), &path, Some(&key), body.clone()).await;
            let (first, second) = (again().await, again().await);
            let happened =
                first.status.is_success() || matches!(row.again, Again::Over(after) if first.status == after);
            assert!(happened, "{method} {path}: {}", first.text);
            match row.again {
                Again::FirstAnswer => {
                    assert_eq!(first.text, second.text, "{path}: the same key gives the first answer");
                }
                Again::Anew | Again::Present => {
                    assert!(second.status.is_success(), "{method} {path}: {}", second.text);
                }
                Again::Over(after) => assert_eq!(second.status, after, "{method} {path}: {}", second.text),
            }
            memory_is_what_a_restart_rebuilds(hub.hub());
        }
    }
    let name = &clinic_with_printer.visitor.get("/api/site").await.body["name"];
    assert_eq!(name, "Puskesmas 6", "what is on disk is what is shown");
}

/// Review §6.2: a repeated key used to put the facts of its first answer back into memory.
#[tokio::test]
async fn a_key_that_is_repeated_after_a_later_change_brings_nothing_old_back() {
    let hub = a_hub().with(clinic()).open().await;
    let change = async |key: &str, nama: &str| {
        let body = json!({ "nama": nama });
        hub.admin.send(Method::POST, "/api/settings", Some(key), Some(body)).await.expect(200)
    };
    change("kunci-pertama", "Nama Lama").await;
    change("kunci-kedua", "Nama Baru").await;
    change("kunci-pertama", "Nama Lama").await;
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Nama Baru");
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Nama Baru");
}

/// 40 of 40 rounds lost a change when the whole row was written back.
#[tokio::test]
async fn two_admins_who_change_different_things_at_once_both_keep_theirs() {
    let hub = a_hub().with(clinic()).open().await;
    for round in 0..20 {
        let (nama, kota) =
            (json!({ "nama": format!("Nama {round}") }), json!({ "kota": format!("Kota {round}") }));
        let (one, other) =
            tokio::join!(hub.admin.post("/api/settings", nama), hub.admin.post("/api/settings", kota));
        one.expect(200);
        other.expect(200);
        let site = hub.visitor.get("/api/site").await.body;
        assert_eq!(
            (&site["name"], &site["city"]),
            (&json!(format!("Nama {round}")), &json!(format!("Kota {round}")))
        );
    }
}

#[tokio::test]
async fn an_admin_who_looked_at_an_older_version_is_told_and_changes_nothing() {
    let hub = a_hub().with(clinic()).open().await;
    let seen = hub.admin.get("/api/settings").await.expect(200).headers["etag"].clone();
    hub.admin.post("/api/settings", json!({ "kota": "Maros" })).await.expect(200);
    let late = async |tag: HeaderValue| {
        let request = hub.admin.request(Method::POST, "/api/settings").await;
        answer(request.header("If-Match", tag).json(&json!({ "nama": "Terlambat" }))).await
    };
    late(seen).await.refused(412, "CHANGED_MEANWHILE");
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Puskesmas Uji");
    let now = hub.admin.get("/api/settings").await.headers["etag"].clone();
    late(now).await.expect(200);
    assert_eq!(hub.visitor.get("/api/site").await.body["name"], "Terlambat");
}

/// A set-up that was cut off used to leave services without an admin, and a site that nobody could set up again.
#[tokio::test]
async fn a_set_up_that_is_cut_off_happens_whole_or_not_at_all() {
    for millis in [0, 1, 3, 6, 12, 25, 50] {
        let hub = a_hub().open().await;
        let body = json!({ "nama": "Klinik Sehat", "kota": "Maros", "zona": "WITA", "jenis": "klinik",
                           "admin_nama": "Ibu Ani", "admin_username": "ani", "admin_password": "kucing-oren-tujuh" });
        cut_off(&hub.visitor, &Method::POST, "/api/setup", "set-up-cut-off", &body, millis).await;
        let mut other = body.clone();
        other["jenis"] = json!("puskesmas");
        let again = hub.visitor.post("/api/setup", other).await;
        match again.status.as_u16() {
            201 => {}
            _ => drop(again.refused(409, "ALREADY_SET_UP")),
        }
        assert_eq!(hub.visitor.get("/api/setup").await.body["needed"], false);
        assert!(hub.visitor.get("/api/services").await.body["services"].as_array().unwrap().len() > 1);
    }
}
