//! Who may do what, asked at every operation of the document: nobody, a stranger to the service, a colleague of it, an admin.
//! What they should be answered comes from `lobi_core::access`; the whole matrix is a file to be reviewed.

use std::collections::BTreeMap;
use std::fmt::Write;

use lobi_core::access::{Permission, Reach, Role, allows};
use lobi_core::queue::ServiceId;
use serde_json::Value;

use crate::harness::{MORNING, a_hub, add_colleague, clinic};
use crate::operations::{Operation, operations};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/rights.txt");

const NOBODY: &str = "nobody";

/// Everybody who asks: name, roles, own services (by slug).
const PEOPLE: [(&str, &[Role], &[&str]); 6] = [
    (NOBODY, &[], &[]),
    ("petugas, own poli", &[Role::Petugas], &["umum", "lansia"]),
    ("petugas, foreign poli", &[Role::Petugas], &["gigi"]),
    ("penerima tamu", &[Role::PenerimaTamu], &[]),
    ("guru", &[Role::Guru], &["umum"]),
    ("admin", &[Role::Admin], &[]),
];

/// Whether an operation is about one ticket or counter, so that it matters whose service that is.
fn is_about_a_service(method: &str, path: &str) -> bool {
    let starts = ["/api/queue/", "/api/counters/"].iter().any(|start| path.starts_with(start));
    ["POST", "PUT"].contains(&method) && starts
}

/// What `person` should be answered.
fn expected(
    method: &str,
    path: &str,
    permission: Option<Permission>,
    person: usize,
    umum: ServiceId,
) -> &'static str {
    let Some(permission) = permission else { return "yes" };
    let (name, roles, serves) = PEOPLE[person];
    if name == NOBODY {
        return "401";
    }
    let own: &[ServiceId] = if serves.contains(&"umum") { &[umum] } else { &[] };
    let reach = if is_about_a_service(method, path) { Reach::Service(umum) } else { Reach::Site };
    if allows(roles, own, permission, Reach::Site) && allows(roles, own, permission, reach) {
        "yes"
    } else {
        "403"
    }
}

#[tokio::test]
async fn every_operation_answers_each_person_as_the_rights_say() {
    let hub = a_hub().with(clinic()).open().await;
    let umum = hub.hub().memory().queue.service_by_slug("umum").unwrap().id;
    // The people of PEOPLE, by their sign-in names.
    add_colleague(hub.hub(), MORNING, "tuti", PEOPLE[3].1, PEOPLE[3].2).await;
    add_colleague(hub.hub(), MORNING, "budi", PEOPLE[4].1, PEOPLE[4].2).await;
    let (tuti, budi) = (hub.log_in("tuti").await, hub.log_in("budi").await);
    let people = [
        (NOBODY, &hub.visitor),
        ("rina", &hub.rina),
        ("dewi", &hub.dewi),
        ("tuti", &tuti),
        ("budi", &budi),
        ("admin", &hub.admin),
    ];
    let mut matrix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in operations() {
        let Operation { method, path, permission, .. } = &operation;
        for (person, (username, known)) in people.iter().enumerate() {
            let ticket = hub.visitor.take("umum").await;
            let asks = if *username != NOBODY && operation.ends_the_session() {
                &hub.log_in(username).await
            } else {
                known
            };
            let body = operation.changes_something().then(|| operation.body(0));
            let answer = asks.send(method.clone(), &operation.address(&ticket), None, body).await;
            let said = match answer.status.as_u16() {
                401 if permission.is_some() => "401",
                403 => "403",
                _ => "yes",
            };
            let should = expected(method.as_str(), path, *permission, person, umum);
            assert_eq!(said, should, "{method} {path} as {:?}: {}", PEOPLE[person].0, answer.text);
            let right = permission.map_or("open", Permission::name);
            matrix.entry(format!("{method:<7}{path:<34} {right}")).or_default().push(said.to_owned());
        }
    }
    let mut page = format!("{:<62}", "operation, right");
    for (name, ..) in PEOPLE {
        write!(page, " | {name}").unwrap();
    }
    for (operation, answers) in matrix {
        write!(page, "\n{operation:<62} | {}", answers.join(" | ")).unwrap();
    }
    page.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(COMMITTED, &page).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert_eq!(
        committed, page,
        "run `UPDATE=1 cargo test -p lobi-hub rights`, then review tests/api/rights.txt"
    );
}

#[tokio::test]
async fn an_account_without_a_role_may_see_and_end_its_session_and_nothing_else() {
    let hub = a_hub().with(clinic()).open().await;
    add_colleague(hub.hub(), MORNING, "baru", &[], &["umum"]).await;
    let baru = hub.log_in("baru").await;
    baru.get("/api/me").await.expect(200);
    baru.get("/api/dashboard/queues").await.refused(403, "FORBIDDEN");
    baru.call_next(1).await.refused(403, "FORBIDDEN");
    baru.post("/api/logout", Value::Null).await.expect(204);
    baru.get("/api/me").await.refused(401, "UNAUTHENTICATED");
}
