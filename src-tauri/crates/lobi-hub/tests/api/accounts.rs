//! Colleagues, their passwords and sessions, and keys for other programs.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Actor, PASSWORD, TestHub, a_hub, add_colleague, clinic};
use crate::live::Listener;

async fn a_clinic() -> TestHub {
    a_hub().with(clinic()).open().await
}

async fn sign_in(hub: &TestHub, username: &str, password: &str) -> Actor {
    let login = json!({ "username": username, "password": password });
    let answer = hub.visitor.post("/api/login", login).await.expect(200);
    hub.visitor.with_token(answer.body["token"].as_str().unwrap())
}

async fn id_of(hub: &TestHub, username: &str) -> i64 {
    let found = hub.admin.get(&format!("/api/users?cari={username}")).await.expect(200).body;
    found["users"][0]["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_new_colleague_changes_the_first_password_before_anything_else() {
    let hub = a_clinic().await;
    let sari = json!({ "username": " Sari ", "name": "Sari  Dewi", "roles": ["petugas"], "poli": ["umum"] });
    let added = hub.admin.post("/api/users", sari.clone()).await.expect(201).body;
    let user = &added["user"];
    assert_eq!(
        (&user["username"], &user["name"], &user["poli"][0]["slug"]),
        (&json!("sari"), &json!("Sari Dewi"), &json!("umum"))
    );
    assert_eq!((&user["active"], &user["must_change_password"]), (&json!(true), &json!(true)));
    let taken = hub.admin.post("/api/users", sari).await.refused(409, "USERNAME_TAKEN").body;
    assert!(taken["error"]["fields"]["username"].is_string(), "the field is named: {taken}");
    let first = added["password"].as_str().unwrap();
    let sari = sign_in(&hub, "sari", first).await;
    assert_eq!(sari.get("/api/me").await.expect(200).body["must_change_password"], true);
    for path in ["/api/dashboard/queues", "/api/counters", "/api/queue/call-next"] {
        let answer = if path.ends_with("next") {
            sari.post(path, json!({ "loket": 1 })).await
        } else {
            sari.get(path).await
        };
        answer.refused(403, "PASSWORD_CHANGE_REQUIRED");
    }
    // At an open route they are a visitor: no second number for somebody who has one.
    let ani = json!({ "poli": "umum", "nik": "7371015708900001", "nomor_kedua": true });
    sari.post("/api/register", ani).await.refused(403, "FORBIDDEN");

    let change =
        |lama: &str, baru: &str| sari.put("/api/auth/change-password", json!({ "lama": lama, "baru": baru }));
    for (old, new, field) in [
        ("salah", "kucing-oren-tujuh", "lama"),
        ("", "kucing-oren-tujuh", "lama"),
        (first, "pendek", "baru"),
        (first, "password123", "baru"),
        (first, first, "baru"),
        (first, "sari", "baru"),
    ] {
        let refused = change(old, new).await.refused(422, "VALIDATION_ERROR");
        assert!(refused.body["error"]["fields"][field].is_string(), "{old} {new}: {}", refused.text);
    }
    change(first, "kucing-oren-tujuh").await.expect(204);
    assert_eq!(
        sari.get("/api/me").await.expect(200).body["must_change_password"],
        false,
        "the session goes on"
    );
    sari.get("/api/dashboard/queues").await.expect(200);
    sign_in(&hub, "sari", "kucing-oren-tujuh").await;
    hub.visitor
        .post("/api/login", json!({ "username": "sari", "password": first }))
        .await
        .refused(401, "INVALID_CREDENTIALS");
}

#[tokio::test]
async fn an_added_colleague_is_told_once_and_a_repeated_key_tells_no_password() {
    let hub = a_clinic().await;
    let body = json!({ "username": "sari", "name": "Sari", "roles": ["dokter"] });
    let add = || hub.admin.send(Method::POST, "/api/users", Some("tambah-sari-1"), Some(body.clone()));
    let (first, again) = (add().await.expect(201).body, add().await.expect(201).body);
    assert!(first["password"].is_string() && again["password"].is_null());
    assert_eq!(first["user"], again["user"], "one Sari");
}

#[tokio::test]
async fn a_colleague_whose_rights_change_or_who_is_switched_off_is_out_at_once() {
    let hub = a_clinic().await;
    let id = id_of(&hub, "rina").await;
    let mut live = Listener::open(&hub, "/ws").await;
    live.say(json!({ "subscribe": ["devices"], "token": hub.rina.token().await })).await;
    assert_eq!(live.next().await["type"], "Snapshot");
    hub.rina.get("/api/dashboard/queues").await.expect(200);
    let path = format!("/api/users/{id}");
    // A name alone signs nobody out.
    hub.admin.put(&path, json!({ "name": "Rina Sari" })).await.expect(200);
    hub.rina.get("/api/me").await.expect(200);
    let changed =
        hub.admin.put(&path, json!({ "roles": ["petugas", "dokter"], "poli": ["gigi"] })).await.expect(200);
    assert_eq!(changed.body["user"]["poli"][0]["slug"], "gigi");
    hub.rina.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    assert_eq!(live.next().await["error"]["code"], "UNAUTHENTICATED", "live connections hear it too");
    let rina = sign_in(&hub, "rina", PASSWORD).await;
    hub.admin.delete(&path).await.expect(200);
    rina.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    let login = json!({ "username": "rina", "password": PASSWORD });
    hub.visitor.post("/api/login", login.clone()).await.refused(401, "INVALID_CREDENTIALS");
    let listed = hub.admin.get("/api/users?active=false").await.body;
    assert_eq!(
        (listed["total"].clone(), listed["users"][0]["username"].clone()),
        (json!(1), json!("rina")),
        "history stays"
    );
    hub.admin
        .post("/api/users", json!({ "username": "rina", "name": "R", "roles": [] }))
        .await
        .refused(409, "USERNAME_TAKEN");
    hub.admin.put(&path, json!({ "active": true })).await.expect(200);
    hub.visitor.post("/api/login", login).await.expect(200);
}

#[tokio::test]
async fn there_is_always_an_admin_who_may_sign_in() {
    let hub = a_clinic().await;
    let path = format!("/api/users/{}", id_of(&hub, "admin").await);
    hub.admin.delete(&path).await.refused(409, "LAST_ADMIN");
    hub.admin.put(&path, json!({ "roles": ["petugas"] })).await.refused(409, "LAST_ADMIN");
    hub.admin.get("/api/me").await.expect(200);
    hub.admin
        .put(&format!("/api/users/{}", id_of(&hub, "dewi").await), json!({ "roles": ["admin"] }))
        .await
        .expect(200);
    hub.admin.delete(&path).await.expect(200);
    hub.admin.get("/api/me").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn what_is_wrong_about_a_colleague_is_said_field_by_field() {
    let hub = a_clinic().await;
    let wrong = json!({ "username": "ibu ani", "name": " ", "roles": ["petugas"], "poli": ["tidak-ada"], "password": "12345678" });
    let refused = hub.admin.post("/api/users", wrong).await.refused(422, "VALIDATION_ERROR");
    let fields = refused.body["error"]["fields"].as_object().unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["name", "password", "poli", "username"]);
    let unknown_role = json!({ "username": "ani", "name": "Ani", "roles": ["kepala"] });
    hub.admin.post("/api/users", unknown_role).await.expect(422);
    hub.admin.put("/api/users/999", json!({ "name": "Ani" })).await.refused(404, "USER_NOT_FOUND");
    hub.admin.post("/api/users/999/password", Value::Null).await.refused(404, "USER_NOT_FOUND");
}

#[tokio::test]
async fn an_admin_gives_a_forgotten_password_anew() {
    let hub = a_clinic().await;
    let path = format!("/api/users/{}/password", id_of(&hub, "dewi").await);
    hub.dewi.get("/api/me").await.expect(200);
    let given =
        hub.admin.post(&path, Value::Null).await.expect(200).body["password"].as_str().unwrap().to_owned();
    hub.dewi.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    hub.visitor
        .post("/api/login", json!({ "username": "dewi", "password": PASSWORD }))
        .await
        .refused(401, "INVALID_CREDENTIALS");
    let dewi = sign_in(&hub, "dewi", &given).await;
    dewi.get("/api/counters").await.refused(403, "PASSWORD_CHANGE_REQUIRED");
}

#[tokio::test]
async fn everybody_sees_and_ends_the_own_sessions_and_nobody_elses() {
    let hub = a_clinic().await;
    let (here, there) = (hub.log_in("rina").await, hub.log_in("rina").await);
    let sessions = here.get("/api/sessions").await.expect(200).body["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.iter().filter(|session| session["ini"] == true).count(), 1);
    let ids = there.get("/api/sessions").await.body["sessions"].as_array().unwrap().clone();
    let there_id =
        ids.iter().find(|session| session["ini"] == true).unwrap()["id"].as_str().unwrap().to_owned();
    hub.dewi.delete(&format!("/api/sessions/{there_id}")).await.refused(404, "SESSION_NOT_FOUND");
    here.delete(&format!("/api/sessions/{there_id}")).await.expect(204);
    there.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    here.get("/api/me").await.expect(200);
    // A changed password ends the others.
    let third = hub.log_in("rina").await;
    here.put("/api/auth/change-password", json!({ "lama": PASSWORD, "baru": "kucing-oren-tujuh" }))
        .await
        .expect(204);
    third.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    here.get("/api/me").await.expect(200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_lives_while_it_is() {
    let hub = a_clinic().await;
    let (used, left) = (hub.log_in("rina").await, hub.log_in("dewi").await);
    for _ in 0..3 {
        hub.later(2 * 60);
        used.get("/api/me").await.expect(200);
        hub.housekeeping().await;
    }
    left.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    used.get("/api/me").await.expect(200);
    hub.later(11 * 60);
    used.get("/api/me").await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn another_program_may_what_its_key_says_until_it_is_taken_back() {
    let hub = a_clinic().await;
    let give =
        json!({ "nama": "Bot WhatsApp", "scopes": ["view-dashboard", "view-own-poli-queue"], "hari": 30 });
    let given = hub.admin.post("/api/api-keys", give).await.expect(201).body;
    let secret = given["key"].as_str().unwrap().to_owned();
    let with_key = async |method: Method, path: &str| {
        let request = hub.visitor.request(method, path).await.header("X-API-KEY", &secret);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap_or_default())
    };
    hub.visitor.take("umum").await;
    hub.visitor.take("gigi").await;
    let (status, listed) = with_key(Method::GET, "/api/dashboard/queues").await;
    assert_eq!((status, &listed["total"]), (200, &json!(2)), "every service");
    for path in ["/api/users", "/api/me", "/api/settings", "/api/api-keys"] {
        assert_eq!(with_key(Method::GET, path).await.0, 403, "{path}");
    }
    assert_eq!(with_key(Method::POST, "/api/queue/1/skip").await.0, 403);
    hub.housekeeping().await;
    let listed = hub.admin.get("/api/api-keys").await.expect(200);
    assert!(!listed.text.contains(&secret), "shown once");
    assert!(listed.body["keys"][0]["terakhir"].is_string());
    hub.later(31 * 24 * 60);
    assert_eq!(with_key(Method::GET, "/api/dashboard/queues").await.0, 401, "it ends");

    let admin = hub.log_in("admin").await;
    let forever = admin
        .post("/api/api-keys", json!({ "nama": "N8N", "scopes": ["view-reports"] }))
        .await
        .expect(201)
        .body;
    admin.delete(&format!("/api/api-keys/{}", forever["id"])).await.expect(204);
    admin.delete(&format!("/api/api-keys/{}", forever["id"])).await.refused(404, "KEY_NOT_FOUND");
    for (wrong, field) in [
        (json!({ "nama": "", "scopes": ["view-reports"] }), "nama"),
        (json!({ "nama": "N8N", "scopes": [] }), "scopes"),
        (json!({ "nama": "N8N", "scopes": ["manage-staff"] }), "scopes"),
        (json!({ "nama": "N8N", "scopes": ["view-reports"], "hari": 0 }), "hari"),
    ] {
        let refused = admin.post("/api/api-keys", wrong).await.refused(422, "VALIDATION_ERROR");
        assert!(refused.body["error"]["fields"][field].is_string(), "{}", refused.text);
    }
}

/// What belongs together is asked for by one name.
#[tokio::test]
async fn a_key_may_be_given_rights_that_belong_together() {
    let hub = a_clinic().await;
    hub.visitor.take("umum").await;
    let attempts = [
        (Method::GET, "/api/dashboard/queues", Value::Null),
        (Method::GET, "/api/stats", Value::Null),
        (Method::POST, "/api/queue/call-next", json!({ "loket": 1 })),
        (Method::GET, "/api/patients", Value::Null),
    ];
    for (scopes, may) in [
        (json!(["queue:read"]), [true, true, false, false]),
        (json!(["queue:write", "view-dashboard"]), [true, true, true, false]),
        (json!(["patients:read", "view-patients"]), [false, false, false, true]),
    ] {
        let give = json!({ "nama": "Bot", "scopes": scopes });
        let secret = hub.admin.post("/api/api-keys", give).await.expect(201).body["key"].clone();
        for ((method, path, body), may) in attempts.iter().zip(may) {
            let request = hub.visitor.request(method.clone(), path).await;
            let request = request.header("X-API-KEY", secret.as_str().unwrap());
            let request = if body.is_null() { request } else { request.json(body) };
            let status = request.send().await.unwrap().status().as_u16();
            assert_eq!(status != 403, may, "{path} with {scopes}: {status}");
        }
    }
    let listed = hub.admin.get("/api/api-keys").await.expect(200).body;
    assert_eq!(listed["keys"][0]["scopes"], json!(["view-patients"]), "each right once");
    let unknown = json!({ "nama": "Bot", "scopes": ["queue:rule"] });
    hub.admin.post("/api/api-keys", unknown).await.refused(422, "VALIDATION_ERROR");
}

/// Seeds 0, 2 and 4 each have their own name for signing in.
#[tokio::test]
async fn signing_in_and_out_has_the_names_of_every_source_document() {
    let hub = a_clinic().await;
    for path in ["/api/login", "/api/auth/login", "/auth/login", "/auth/login?x=1"] {
        let login = json!({ "username": "rina", "password": PASSWORD });
        let token =
            hub.visitor.post(path, login).await.expect(200).body["token"].as_str().unwrap().to_owned();
        let rina = hub.visitor.with_token(&token);
        rina.get("/api/me").await.expect(200);
        rina.post("/api/auth/logout", Value::Null).await.expect(204);
        rina.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn the_front_desk_serves_every_service_and_calls_nobody() {
    let hub = a_clinic().await;
    add_colleague(hub.hub(), crate::harness::MORNING, "tuti", &[lobi_core::access::Role::PenerimaTamu], &[])
        .await;
    let tuti = hub.log_in("tuti").await;
    let ticket = hub.visitor.take("gigi").await;
    assert_eq!(tuti.get("/api/dashboard/queues").await.expect(200).body["total"], 1);
    tuti.call_next(1).await.refused(403, "FORBIDDEN");
    tuti.act(ticket.id(), "cancel").await.expect(200);
    let ani = json!({ "poli": "umum", "nik": "7371015708900001" });
    hub.visitor.post("/api/register", ani).await.expect(201);
    let second = json!({ "poli": "umum", "nik": "7371015708900001", "nomor_kedua": true });
    hub.visitor.post("/api/register", second.clone()).await.refused(403, "FORBIDDEN");
    tuti.post("/api/register", second).await.expect(201);
}
