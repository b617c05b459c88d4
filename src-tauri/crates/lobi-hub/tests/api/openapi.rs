//! The description of the API, the router and the committed document say the same.

use std::collections::BTreeSet;
use std::path::Path;

use lobi_hub::router::document;

use crate::harness::{a_hub, clinic};
use crate::operations::operations;

/// Where the TypeScript client is generated from.
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/api/openapi.json");

#[test]
fn the_committed_openapi_document_is_current() {
    let current = document().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(COMMITTED, &current).unwrap();
    }
    let committed = std::fs::read_to_string(Path::new(COMMITTED)).unwrap_or_default();
    assert!(
        committed == current,
        "run `UPDATE=1 cargo test -p lobi-hub openapi`, then `npm run generate:api` in ui/"
    );
}

#[tokio::test]
async fn every_documented_operation_exists() {
    let hub = a_hub().with(clinic()).open().await;
    for operation in operations() {
        let ticket = hub.visitor.take("umum").await;
        let (method, address) = (operation.method.clone(), operation.address(&ticket));
        let answer = hub.visitor.send(method, &address, None, None).await;
        let missing = answer.body["error"]["code"] == "NOT_FOUND" || answer.status == 405;
        assert!(!missing, "{} {address}: {}", operation.method, answer.text);
    }
}

#[tokio::test]
async fn the_hub_serves_its_own_description() {
    let hub = a_hub().with(clinic()).open().await;
    let answer = hub.visitor.get("/api/openapi.json").await.expect(200);
    assert!(answer.body["openapi"].as_str().unwrap().starts_with("3.1"));
    let schemas = answer.body["components"]["schemas"].as_object().unwrap();
    for name in ["TicketView", "LiveTicket", "ErrorBody", "Display", "Dashboard"] {
        assert!(schemas.contains_key(name), "{name}");
    }
}

/// What the live feed tells, for the screens' types.
const LIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/api/asyncapi.json");

#[test]
fn the_committed_asyncapi_document_is_current() {
    let current = serde_json::to_string_pretty(&lobi_hub::router::asyncapi::document()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(LIVE, &current).unwrap();
    }
    let committed = std::fs::read_to_string(LIVE).unwrap_or_default();
    assert!(
        committed == current,
        "run `UPDATE=1 cargo test -p lobi-hub openapi`, then `npm run generate:api` in ui/"
    );
}

#[test]
fn every_event_is_told_on_a_channel_and_every_channel_tells_known_events() {
    let kinds: BTreeSet<&str> = lobi_hub::house::events().iter().map(|event| event.kind).collect();
    let told: BTreeSet<&str> =
        lobi_hub::house::CHANNELS.iter().flat_map(|channel| channel.events.iter().copied()).collect();
    assert_eq!(kinds, told);
}
