//! The live feed as an AsyncAPI 3 document: its channels, who may follow them, and every kind of event.

use axum::Json;
use serde_json::{Map, Value, json};

use crate::house::{self, Follow};

/// The document. The payloads' schemas are those of the OpenAPI document.
pub fn document() -> Value {
    let document = serde_json::to_value(super::openapi::base()).unwrap_or_default();
    let mut schemas = Map::new();
    let mut messages = Map::new();
    for event in house::events() {
        for (name, _) in event.schemas {
            if let Some(schema) = document["components"]["schemas"].get(&name) {
                schemas.insert(name, schema.clone());
            }
        }
        let payload = json!({ "$ref": format!("#/components/schemas/{}", event.payload) });
        messages.insert(
            event.kind.into(),
            json!({ "name": event.kind, "summary": event.summary, "payload": frame(event.kind, event.kept, &payload) }),
        );
    }
    let channels = house::CHANNELS.iter().map(|channel| {
        let who = match channel.follow {
            Follow::Everybody => "everybody".to_owned(),
            Follow::May(permission) => permission.name().to_owned(),
            Follow::Own => "the person themselves".to_owned(),
        };
        let told: Map<String, Value> = channel
            .events
            .iter()
            .map(|kind| ((*kind).to_owned(), json!({ "$ref": format!("#/components/messages/{kind}") })))
            .collect();
        let value = json!({
            "address": channel.pattern, "description": channel.about, "x-permission": who, "messages": told,
        });
        (channel.pattern.to_owned(), value)
    });
    let channels: Map<String, Value> = channels.collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lobi live feed", "version": env!("CARGO_PKG_VERSION"),
            "description": "GET /ws (WebSocket). Send {\"subscribe\":[\"queue.umum\",\"display\"],\"since\":4711}; staff send {\"token\":\"…\"} first. Each message is one frame; `seq` rises, what was missed is replayed, or one Snapshot of the channel comes first.",
        },
        "channels": channels,
        "components": { "messages": messages, "schemas": schemas },
    })
}

/// A message as it goes over the wire.
fn frame(kind: &str, kept: bool, payload: &Value) -> Value {
    let mut required = vec!["at", "channel", "type", "data"];
    let mut properties = json!({
        "at": { "type": "string", "format": "date-time" },
        "channel": { "type": "string" },
        "type": { "const": kind },
        "data": payload,
    });
    if kept {
        required.insert(0, "seq");
        properties["seq"] = json!({ "type": "integer", "format": "int64" });
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

/// The live feed described.
#[utoipa::path(get, path = "/api/asyncapi.json", tag = "site", responses((status = 200, description = "AsyncAPI 3.0")))]
pub async fn asyncapi_document() -> Json<serde_json::Value> {
    Json(document())
}
